"""Exports of other systems: which of their columns is the text, the number, the date, and what their values mean."""

from ydan.mapping.load import NAMES, load_mapping
from ydan.mapping.model import Mapping, key_of
from ydan.mapping.read import read_rows
from ydan.mapping.rows import opinions_of

__all__ = ["NAMES", "Mapping", "key_of", "load_mapping", "opinions_of", "read_rows"]

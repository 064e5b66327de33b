"""Files to text with places: a module per format, each ends in an extract or a :class:`~ydan.errors.ReadError`."""

from ydan.minutes.readers.limits import Limits
from ydan.minutes.readers.reading import READABLE, read_bytes, read_file

__all__ = ["READABLE", "Limits", "read_bytes", "read_file"]

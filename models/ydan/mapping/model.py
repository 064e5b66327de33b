"""A mapping in memory."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field

from ydan.text import fold

COLUMNS = ("id", "text", "title", "date", "place", "host_level", "province")
"""What a column may hold; ``text`` must be among them."""
FINAL = ("topic", "type", "level")
"""What people may have decided."""
_SIGNS = re.compile(r"[^a-z0-9]+")


def key_of(words: str) -> str:
    """A heading or a value as it is compared: no diacritics, capitals, spaces or signs.

    >>> key_of("Mã phản ánh, kiến nghị"), key_of("ma_phan_anh_kien_nghi")
    ('maphananhkiennghi', 'maphananhkiennghi')
    """
    return _SIGNS.sub("", fold(unicodedata.normalize("NFC", words)))


@dataclass(frozen=True, slots=True)
class Mapping:
    """Where an export has what. ``columns`` and ``final`` are headings in order of preference, as :func:`key_of` has
    them; ``values`` are the ids for a column's values, likewise.

    ``defaults`` are the session's host level and province, where nobody says otherwise.
    ``assumed`` says that nobody has compared it with a true export yet.
    """

    name: str
    label: str
    columns: MappingOf[str, tuple[str, ...]]
    final: MappingOf[str, tuple[str, ...]] = field(default_factory=dict)
    values: MappingOf[str, MappingOf[str, str]] = field(default_factory=dict)
    defaults: MappingOf[str, str] = field(default_factory=dict)
    encoding: str = "auto"
    delimiter: str = "auto"
    dates: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    assumed: bool = False

"""Reads what an official types in a cell: accents optional, Vietnamese or English, Excel's dates.

The people who keep a province's table work in a spreadsheet, not in an editor: “Cấp tỉnh”, “cap tinh” and
“province” are the same word to them, and Excel turns 2025-07-01 into 1/7/2025 without asking.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache
from unicodedata import combining, normalize

from ydan.taxonomy import Taxonomy

# The key "last_day" is the inclusive twin of "until": “đến ngày 30/06/2025” is until 2025-07-01.
HEADERS: Mapping[str, str] = {
    "province": "province, tinh, tinh thanh, tinh thanh pho, ma tinh",
    "matter": "matter, viec, loai viec, ma viec",
    "from": "from, tu, tu ngay",
    "until": "until, truoc ngay, truoc",
    "last_day": "last day, den, den ngay, den het ngay",
    "level": "level, cap, cap tham quyen",
    "body": "body, co quan, ma co quan",
    "source": "source, nguon, can cu, van ban",
    "note": "note, ghi chu",
}
LEVELS: Mapping[str, str] = {
    "commune": "xa, phuong",
    "district": "huyen",
    "province": "tinh, thanh pho",
    "central": "cap trung uong",
    "external": "ngoai he thong, nganh doc, doanh nghiep",
    "unclear": "chua ro",
}


def fold(text: str) -> str:
    """Lower case, no accents, single spaces: one spelling for all the ways people type a name.

    >>> fold("  Đắk_Lắk "), fold("Thừa Thiên – Huế")
    ('dak lak', 'thua thien hue')
    """
    bare = "".join(c for c in normalize("NFD", text.lower().replace("đ", "d")) if not combining(c))
    return " ".join(re.findall(r"[^\W_]+", bare))


@cache
def header_names() -> Mapping[str, str]:
    """Every accepted column heading, folded, to the English one."""
    return {name: key for key, names in HEADERS.items() for name in names.split(", ")}


class Vocabulary:
    """From folded names to ids, for the levels, matters and bodies of a taxonomy."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._levels = {fold(x.id): x.id for x in taxonomy.levels.values()}
        self._levels |= {fold(x.label): x.id for x in taxonomy.levels.values()}
        self._levels |= {name: key for key, names in LEVELS.items() for name in names.split(", ")}
        self._matters = {fold(x.label): x.id for x in taxonomy.matters.values()}
        self._bodies = _unambiguous_bodies(taxonomy)

    def level(self, cell: str) -> str:
        """The id of a level, or the cell as typed: `validate` then names the near ids."""
        return self._levels.get(fold(cell), cell)

    def matter(self, cell: str) -> str:
        """The id of a matter, from the id itself or its label."""
        return self._matters.get(fold(cell), cell)

    def body(self, cell: str) -> str:
        """The id of a body, from the id, its field, or a name that belongs to it alone (“Sở Xây dựng”)."""
        return self._bodies.get(fold(cell), cell)


def _unambiguous_bodies(taxonomy: Taxonomy) -> dict[str, str]:
    owners: dict[str, set[str]] = defaultdict(set)
    for body in taxonomy.bodies.values():
        for name in body.names:
            owners[fold(name.label)].add(body.id)
    found = {name: next(iter(ids)) for name, ids in owners.items() if len(ids) == 1}
    found |= {fold(body.label): body.id for body in taxonomy.bodies.values()}
    found |= {f"{people} {place}": "ubnd" for people in ("ubnd", "uy ban nhan dan") for place in _PLACES}
    return found


_PLACES = ("xa", "phuong", "cap xa", "huyen", "cap huyen", "tinh", "cap tinh", "thanh pho")


def parse_day(cell: str) -> date | None:
    """A day as ISO or as Vietnamese spreadsheets show it; None when empty; ValueError when neither.

    >>> parse_day("1/7/2025") == parse_day("2025-07-01")
    True
    """
    if not cell:
        return None
    if match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", cell):
        day, month, year = (int(part) for part in match.groups())
        return date(year, month, day)
    return date.fromisoformat(cell)


def show_day(day: date) -> str:
    """A day as officials write it.

    >>> show_day(date(2026, 1, 31))
    '31/01/2026'
    """
    return day.strftime("%d/%m/%Y")

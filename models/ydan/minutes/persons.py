"""Persons in a stretch of the head: a name after a title ("đ/c"), or after an office with its unit."""

from __future__ import annotations

import re
from typing import NamedTuple

from ydan.minutes.names import name_at
from ydan.minutes.words import folded
from ydan.text import fold

_LONGEST = 60
_TITLES = folded("people_head", "titles")
_UNITS = folded("people_head", "units")
_TITLED = re.compile(rf"(?<![\w/])(?:{_TITLES}\.?:?|toi,)\s+(?=\S)")
_OFFICE = re.compile(
    rf"(?<![\w/])(?:pho )?{folded('people_head', 'offices')}(?P<unit> {_UNITS}\.?)?(?:\s+[-–]|:)?\s+(?=[^\W\d_])"
)
_JOINED = re.compile(r"(?:\s+va|;)\s+(?=[^\W\d_])")
_UNIT = re.compile(rf"(?<!\w){_UNITS}\s+(?=[^\W\d_])")
_ANOTHER = re.compile(rf"\s*,\s*{_TITLES}\s")
_STATE = re.compile(r"\s*(?:cong hoa|dang cong|doc lap|so \d)")


class Person(NamedTuple):
    """A name with the half-open stretch ``start:end`` that holds it and its title; ``by_office``: no title but that."""

    name: str
    start: int
    end: int
    by_office: bool = False


def find_persons(text: str, units: frozenset[str] = frozenset()) -> list[Person]:
    """Everybody named with a title or after an office, in order; ``units`` are folded names of communes and the like.

    >>> [person.name for person in find_persons("Chủ tịch UBND xã Y Bhem Kbuôr đến, cùng đi có ông Lê An.")]
    ['Y Bhem Kbuôr', 'Lê An']
    """
    low = fold(text)
    found: dict[int, Person] = {}
    for hit in _TITLED.finditer(low):
        _add(found, text, hit.start(), hit.end())
    for hit in _OFFICE.finditer(low):
        begin = _past_unit(text, low, hit.end(), units) if hit["unit"] else hit.end()
        if begin is not None:
            _add(found, text, hit.start(), begin, by_office=True)
    if found:
        first = min(found)
        for hit in _JOINED.finditer(low, first):
            _add(found, text, hit.end(), hit.end())
    return sorted(found.values(), key=lambda person: person.start)


def unit_names(head: str) -> frozenset[str]:
    """Folded names of the units that the head names elsewhere than after an office.

    >>> sorted(unit_names("UBND XÃ HÀ AN\\nHôm nay Chủ tịch UBND xã Lê Văn Tám đến thôn 4 xã Vân Đình."))
    ['ha an', 'van dinh']
    """
    low = fold(head)
    taken = {hit.end() for hit in _OFFICE.finditer(low)}
    names = set()
    for hit in _UNIT.finditer(low):
        name = None if hit.end() in taken else name_at(head[hit.end() : hit.end() + _LONGEST])
        if name is not None:
            words = fold(name).split()
            stop = next((n for n in range(len(words)) if _STATE.match(" ".join(words[n:]))), len(words))
            names.add(" ".join(words[:stop]))
    return frozenset(names - {""})


def _add(found: dict[int, Person], text: str, start: int, begin: int, by_office: bool = False) -> None:
    name = name_at(text[begin : begin + _LONGEST])
    if name is not None and begin not in found and all(name != person.name for person in found.values()):
        found[begin] = Person(name, start, begin + len(name), by_office)


def _past_unit(text: str, low: str, begin: int, units: frozenset[str]) -> int | None:
    """Where a person's name may begin after "xã": at once, or past the unit's own name; ``None`` where only that is."""
    for unit in sorted(units, key=len, reverse=True):
        if low.startswith(unit, begin) and not low[begin + len(unit) : begin + len(unit) + 1].isalpha():
            after = re.compile(r"[\s,–-]*").match(low, begin + len(unit))
            return begin + len(unit) if after is None else after.end()
    name = name_at(text[begin : begin + _LONGEST])
    if name is not None and _ANOTHER.match(low, begin + len(name)):
        return None
    return begin

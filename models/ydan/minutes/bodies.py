"""Offices and officials in an answer's words, by their whole names."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from ydan.minutes.phrases import UPPER, choice, phrase
from ydan.minutes.words import Line
from ydan.text import lower

_PROPER = rf"[{UPPER}][\w']*"
_NUMBER = r"\d{1,3}(?![\d/.]\d)"


class Body(NamedTuple):
    """Half-open offsets of a name. ``loose`` ones are whole communes or villages, ``person`` ones people by name."""

    start: int
    end: int
    loose: bool
    person: bool


def find_bodies(line: Line) -> Iterator[Body]:
    """Every office, official or person that a line names, the longest name at each place.

    >>> line = Line.of("Giao Phòng Kinh tế, Hạ tầng và Đô thị lập dự toán, Công an xã phối hợp.")
    >>> [line.text[body.start : body.end] for body in find_bodies(line)]
    ['Phòng Kinh tế, Hạ tầng và Đô thị', 'Công an xã']
    """
    cased = "".join(
        low.upper() if text.isupper() and len(low.upper()) == 1 else low
        for low, text in zip(line.low, line.text, strict=True)
    )
    office, never = _patterns(line.plain)
    loose = phrase("bodies", "loose", line.plain)
    for hit in office.finditer(cased):
        if never.match(line.low, hit.start()) is None:
            head = hit["head"]
            vague = hit["short"] is not None or (head is not None and loose.fullmatch(lower(head)) is not None)
            yield Body(hit.start(), hit.end(), vague, hit["person"] is not None)


@functools.cache
def _patterns(plain: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The name of an office or person, in text that kept its capitals; and what only begins like one."""
    names = ("heads", "persons", "tails", "works", "groups", "levels")
    heads, persons, tails, works, groups, levels = (choice("bodies", name, plain) for name in names)
    field = rf"(?i:{tails}|(?-i:(?=[{UPPER}])){works})(?!\w)"
    joined = rf"(?:\s*[,–-]\s*|\s+(?i:va|và)\s+)(?=[{UPPER}]){field}"
    tail = rf"(?:{joined}|\s*[–-]\s*{field}|\s+{field}|\s+(?i:{levels})(?!\w)|\s+{_PROPER}|\s+{_NUMBER})"
    group = rf"(?i:{groups}\s+{works})(?!\w)"
    office = (
        rf"(?:{group}|(?P<head>(?i:{heads}))(?!\w)(?:\.\s*{_PROPER})?|(?P<short>[{UPPER}]{{3,8}})(?!\w)){tail}{{0,12}}"
    )
    person = rf"(?P<person>(?i:{persons}))\.?(?!\w)(?:\s*{_PROPER}){{1,4}}"
    return re.compile(rf"(?<!\w)(?:{office}|{person})"), phrase("bodies", "never", plain)

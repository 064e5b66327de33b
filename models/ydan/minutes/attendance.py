"""How many people came, and how many were asked to."""

from __future__ import annotations

import re
from typing import NamedTuple

from ydan.minutes.words import folded
from ydan.text import fold, lower


def _of(*names: str) -> str:
    return folded("attendance", *names)


_N = r"(\d{1,2}\.\d{3}|\d{1,5})(?![\d/]|[.,]\d)"
_WHO = rf"{_of('who')}(?!\w)"
_ABOUT = rf"(?:{_of('about')}\s+)*"
_IS = rf"\s*[:–-]?\s*{_ABOUT}{_N}"
_ASKED = rf"(?<!\w){_of('asked')}(?:\s+{_of('asked_for')})?\s*[:–-]?\s*{_ABOUT}"
_PRESENT = tuple(
    (worth, re.compile(pattern))
    for worth, pattern in (
        (9, rf"{_of('total')}[^\n.;]{{0,60}}?{_of('total_of')}[^\n.;\d]{{0,25}}{_N}"),
        (9, rf"(?<!\w){_of('came')}\s*[:–-]?\s*(?:{_of('came_to')}\s*[:–-]?\s*)?{_ABOUT}{_N}"),
        (9, rf"{_ASKED}\d{{1,5}}(?:\s+{_WHO})?[,;]\s*(?:so\s+)?{_of('attend')}{_IS}"),
        (8, rf"(?<!\w)so {_of('counted')}(?:\s+{_of('attend')})?\s*(?:la|co)?{_IS}"),
        (8, rf"(?<!\w){_of('total')}(?:\s+(?:so\s+)?{_of('counted')}[^\n.;\d]{{0,40}})?{_IS}"),
        (7, rf"(?<!moi )(?<!cung )(?<!\w){_of('attended')}(?:\s+{_of('attended_by')})?{_IS}\s*{_WHO}"),
        (7, rf"(?<!moi )(?<!cung )(?<!\w)(?:tham )?du\s*:\s*{_ABOUT}{_N}"),
        (6, rf"(?<!\w){_N}\s*{_WHO}[^\n.;]{{0,60}}(?<!\w){_of('after')}(?!\w)"),
    )
)
_CROWD = re.compile(
    rf"(?:dai dien\s+)?{_of('people')}[^\n.;:\d]{{0,70}}{_IS}\s*{_WHO}|{_ABOUT}(?<!\w){_N}\s*{_of('crowds')}(?!\w)"
)
_GUESTS = re.compile(rf"{_of('guests')}[^\n.;\d]{{0,40}}\d+\s*{_WHO}|(?<!\d)\d+\s*{_of('guest_units')}(?!\w)")
_INVITED = re.compile(rf"{_ASKED}{_N}(?!\s*(?:dong chi|d/c|khach|vi)(?!\w))")
_SHARE = re.compile(rf"(?<![\d/])(\d{{1,5}})\s*(?:/|tren(?: tong so)?)\s*{_N}\s*{_WHO}")
_SPEAKS_OF = re.compile(rf"(?<!\w){_of('speaks_of')}(?!\w)")
_NOT_PRESENT = re.compile(_of("not_present"))
_NOT_PEOPLE = re.compile(rf"\s*(?:h\d|/\d|%|{_of('not_people')}(?!\w))")
_VISITS = re.compile(r"(?<!\w)luot(?!\w)")
_ALTOGETHER = re.compile(r"(?<!\w)la\s+$")
_ABSENT = re.compile(r"vang(?: mat)?\s*$")
_FEWEST_OF = 10
"""A share such as 3/4 counts members of a committee, not the people in the room."""


class Attendance(NamedTuple):
    """``None`` where the head gives no number that can be trusted."""

    present: int | None
    invited: int | None


def read_attendance(head: str) -> Attendance:
    """People present and invited, where the head gives them in numbers; guests and citizens counted apart give none.

    >>> read_attendance("Đại biểu Nhân dân: triệu tập 120, có mặt 113, vắng 7.")
    Attendance(present=113, invited=120)
    >>> read_attendance("Khách mời 12 đồng chí; cử tri các thôn: 118 người.").present is None
    True
    """
    low = fold(head)
    both = zip(low.split("\n"), head.split("\n"), strict=True)
    lines = [(line, text) for line, text in both if _SPEAKS_OF.search(line)]
    best: tuple[int, int] | None = None
    invited: int | None = None
    for line, text in lines:
        share = _SHARE.search(line)
        if share is not None and _FEWEST_OF < _number(share[1]) <= _number(share[2]):
            best, invited = max(best or (0, 0), (10, _number(share[1]))), _number(share[2])
        for worth, pattern in _PRESENT:
            for hit in pattern.finditer(line):
                if not _absent(line, hit) and (best is None or worth > best[0]):
                    best = (worth, _number(hit[1]))
        if invited is None:
            invited = next((_number(hit[1]) for hit in _INVITED.finditer(line) if not _new(text, line, hit)), None)
    if best is None and not _GUESTS.search(low):
        crowds = [hit for line, _ in lines for hit in _CROWD.finditer(line) if not _counts_visits(line, hit)]
        if len(crowds) == 1:
            best = (1, _number(crowds[0][1] or crowds[0][2]))
    return Attendance(None if best is None else best[1], invited)


def _absent(line: str, hit: re.Match[str]) -> bool:
    """Whether the number counts the invited, the absent, visits, or no people at all."""
    at = hit.start(1)
    return (
        _NOT_PRESENT.search(line, max(hit.start(), at - 40), at) is not None
        or _ABSENT.search(line[:at]) is not None
        or _NOT_PEOPLE.match(line, hit.end(1)) is not None
    )


def _new(text: str, line: str, hit: re.Match[str]) -> bool:
    """Whether *mời* is in truth *mới* ("trồng mới 210 ha")."""
    return "mới" in lower(text[slice(*hit.span())]) or _NOT_PEOPLE.match(line, hit.end(1)) is not None


def _counts_visits(line: str, hit: re.Match[str]) -> bool:
    """A book of receptions counts visits; people beside them only where it says so ("tất cả là 21 người")."""
    at = max(hit.start(1), hit.start(2))
    return _VISITS.search(line) is not None and _ALTOGETHER.search(line[:at]) is None


def _number(words: str) -> int:
    return int(words.replace(".", ""))

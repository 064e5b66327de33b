"""By when: the words of a deadline and the day that they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from ydan.minutes.dates import find_deadline
from ydan.text import fold

_BEFORE = (
    r"(?:(?:xong|hoan thanh|hoan tat|bao cao|tra loi|tra ket qua|dut diem|cham nhat|muon nhat)\s+)?"
    r"(?:(?:truoc|den het|het|den|cham nhat(?: la)?|trong vong|trong thoi han|ngay trong|ngay|trong|cuoi|thoi han|han|"
    r"vao|tu nay den|bat dau tu|ke tu|tu)\s+)*"
)
_NUMBER = r"(?:\d{1,3}|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|muoi lam|hai muoi)"
_WEEKDAY = r"(?:thu\s+(?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)"
_WHEN = "|".join(
    (
        r"(?:(?:sang|chieu|toi|trua)\s+)?(?:thu\s+\w+\s+|chu nhat\s+)?(?:ngay\s+)?(?:\d{1,2}\s*(?:va|,|-)\s*)?"
        r"\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d{4})?(?![\d/])",
        r"(?:ngay\s+)?\d{1,2}\s+thang\s+\d{1,2}(?:\s+nam\s+\d{4})?",
        r"(?:\w+\s+)?(?:ngay\s+)?(?<!\w)thang\s+(?:\d{1,2}(?:\s*[/-]\s*\d{4}|\s+nam\s+\d{4})?|nay|toi|sau)(?!\w)",
        r"quy\s+(?:iv|i{1,3}|[1-4])(?:\s*[/-]?\s*(?:nam\s*)?\d{4})?(?!\w)",
        rf"{_NUMBER}\s+(?:ngay(?!\s+(?:ngay|\d))|tuan|thang)(?:\s+lam viec)?(?:\s+(?:toi|nua|sau))?(?!\w)",
        rf"(?:(?:sang|chieu|toi)\s+)?{_WEEKDAY}(?:\s+tuan)?(?:\s+(?:nay|toi|sau))?(?!\w)(?!\s+hang)",
        r"(?:(?:ngay|trong)\s+)?(?:sang|chieu|toi|trua|dem)\s+(?:nay|mai)(?!\w)",
        r"(?:trong\s+)?(?:hom nay|ngay mai|buoi sang|buoi chieu)(?!\w)",
        r"tuan\s+(?:nay|toi|sau|le)(?!\w)",
        r"(?:mua mua|mua kho|tet|vu\s+(?:xuan|mua|dong|he|chiem|nay|toi|sau)|khai giang|ky hop)(?!\w)[^,.;\d\n]{0,25}",
        r"nam hoc(?!\w)[^,.;\d\n]{0,5}(?:\d{4}\s*-\s*\d{4})?",
        r"nam\s+\d{4}",
    )
)
_WANTS = re.compile(r"(?:truoc|trong|cuoi|het|den|ngay|han|vao|tu)\s")
"""A vague time (a month, a season, a year) is a deadline only with one of these before it."""
_VAGUE = re.compile(r"(?:mua|tet|vu|khai giang|nam hoc|ky hop|nam\s+\d{4}|thang\s+\d{1,2}$)")
_DEADLINE = re.compile(
    rf"(?<!\w)(?<!dau )(?P<before>{_BEFORE})(?P<when>{_WHEN})"
    r"|(?<!\w)(?:ngay\s+)?trong\s+(?:tuan|thang|ngay|buoi sang|sang nay)(?!\w)(?:\s+nay)?"
)
_FIRM = re.compile(r"xong|hoan thanh|hoan tat|dut diem|truoc|cham nhat|tra ket qua|thoi han|han\s|den het")
_COUNTED = re.compile(rf"({_NUMBER})\s+(ngay|tuan)(?!\s+lam viec)")
_DIGITS = ("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi")
_SPELLED = {word: number for number, word in enumerate(_DIGITS, 1)} | {"muoi lam": 15, "hai muoi": 20}
_TODAY = re.compile(r"(?:chieu|sang|trua|toi|dem) nay|hom nay|trong ngay$|buoi (?:sang|chieu)$")
_TOMORROW = re.compile(r"(?:sang|chieu|toi|ngay) mai")
_ON_WEEKDAY = re.compile(r"thu\s+(hai|ba|tu|nam|sau|bay|[2-7])(?:\s+(tuan))?(?:\s+(nay|toi|sau))?|(chu nhat)")
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5} | {str(n): n - 2 for n in range(2, 8)}
_FAR = timedelta(days=200)
"""A day without a year that would lie further ahead than this was meant of the past."""


class Deadline(NamedTuple):
    """The words with their half-open offsets, and the day where one can be told.

    ``firm`` ones say when it is to be done ("xong trước"), ``written`` ones name a day of the calendar.
    """

    words: str
    start: int
    end: int
    day: date | None
    firm: bool
    written: bool


def find_deadlines(text: str, meeting: date | None) -> Iterator[Deadline]:
    """Every deadline in a sentence; days that lie before the meeting are none.

    >>> found = find_deadlines("Lập biên bản ngày 2/3/2026, xong trước 15/4.", date(2026, 4, 1))
    >>> [(one.words, one.day.isoformat()) for one in found]
    [('xong trước 15/4', '2026-04-15')]
    """
    for hit in _DEADLINE.finditer(fold(text)):
        words = hit[0].strip()
        when = (hit["when"] or "").strip()
        if _VAGUE.match(when) and not _WANTS.match(hit["before"] or ""):
            continue
        day = day_of(words, meeting)
        if day is not None and meeting is not None:
            written = re.search(r"(?:19|20)\d{2}|ngay\s*$|tuan|nay|mai|quy", words) is not None
            if day < meeting or (day - meeting > _FAR and not written and not _COUNTED.search(words)):
                continue
        start = hit.start() + len(hit[0]) - len(hit[0].lstrip())
        end = start + len(words)
        named = re.search(r"\d\s*[/.-]\s*\d", words) is not None
        yield Deadline(text[start:end], start, end, day, _FIRM.search(words) is not None, named)


def day_of(words: str, meeting: date | None) -> date | None:
    """The day that a deadline's folded words mean.

    Weeks without a number, seasons, and days counted in working days stay words. A weekday is the next one.

    >>> day_of("trong 15 ngay", date(2026, 4, 1)), day_of("thu sau tuan nay", date(2026, 4, 1))
    (datetime.date(2026, 4, 16), datetime.date(2026, 4, 3))
    """
    found = find_deadline(words, meeting)
    if found is not None or meeting is None:
        return None if found is None else found.day
    if on := _ON_WEEKDAY.search(words):
        weekday = 6 if on[4] else _WEEKDAYS[on[1]]
        monday = meeting - timedelta(days=meeting.weekday())
        if on[2] and on[3] in ("toi", "sau"):
            return monday + timedelta(days=7 + weekday)
        day = monday + timedelta(days=weekday)
        return day if day > meeting else day + timedelta(days=7)
    if counted := _COUNTED.search(words):
        number = _SPELLED.get(counted[1]) or int(counted[1] if counted[1].isdecimal() else 0)
        return meeting + timedelta(days=number * (7 if counted[2] == "tuan" else 1)) if number else None
    if _TODAY.search(words):
        return meeting
    if _TOMORROW.search(words):
        return meeting + timedelta(days=1)
    return None

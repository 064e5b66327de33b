"""Dates as minutes write them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

_WRITTEN = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})\s*(?:thang|[/.-])\s*(?P<m>\d{1,2})\s*(?:,?\s*nam\s*|[/.-]\s*)"
    r"(?:(?P<y>(?:19|20)\d{2})(?!\d)|(?P<yy>[12]\d)(?!\d|[/.]\d))"
)
_SHORT = re.compile(r"(?<![\d/.,-])(?P<d>\d{1,2})\s*(?:/|-|\s+thang\s+)\s*(?P<m>\d{1,2})(?![\d/-]|[.,]\d)")
_MONTH = re.compile(r"thang\s*(?P<m>\d{1,2})(?:\s*[/-]\s*|\s*,?\s*nam\s*)(?P<y>(?:19|20)\d{2})(?!\d)")
_QUARTER = re.compile(r"quy\s*(?P<q>iv|i{1,3}|[1-4])(?!\w)\s*(?:[/-]\s*|nam\s*)?(?P<y>(?:19|20)\d{2})?")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


class Dated(NamedTuple):
    """A day and the half-open stretch of text that names it."""

    day: date
    start: int
    end: int


def find_dates(folded: str) -> Iterator[Dated]:
    """Whole dates in folded text: ``16/10/2025``, ``ngay 16 thang 10 nam 2025``, ``5.3.2024``.

    >>> [found.day.isoformat() for found in find_dates("sang ngay 16 thang 10 nam 2025, den 5.3.2026; 31/2/2020")]
    ['2025-10-16', '2026-03-05']
    """
    for found in _WRITTEN.finditer(folded):
        year = int(found["y"] or 0) or 2000 + int(found["yy"])
        day = _day(year, int(found["m"]), int(found["d"]))
        if day is not None:
            yield Dated(day, found.start("d"), found.end())


def find_short_dates(folded: str, year: int) -> Iterator[Dated]:
    """Days written without a year, taken to be in ``year``: ``15/7``, ``15 thang 7``.

    >>> [found.day.isoformat() for found in find_short_dates("sang 15/7, hop lai 31/2", 2026)]
    ['2026-07-15']
    """
    for found in _SHORT.finditer(folded):
        day = _day(year, int(found["m"]), int(found["d"]))
        if day is not None:
            yield Dated(day, found.start(), found.end())


def find_deadline(folded: str, meeting: date | None) -> Dated | None:
    """The first day, month end or quarter end in ``folded``; a year that is not written is the meeting's or the next.

    >>> find_deadline("xong truoc ngay 15/1", date(2025, 11, 20)).day
    datetime.date(2026, 1, 15)
    >>> find_deadline("trong quy ii/2026", None).day
    datetime.date(2026, 6, 30)
    """
    whole = next(find_dates(folded), None)
    if whole is not None:
        return whole
    if month := _MONTH.search(folded):
        end = _month_end(int(month["y"]), int(month["m"]))
        return None if end is None else Dated(end, month.start(), month.end())
    if quarter := _QUARTER.search(folded):
        year = int(quarter["y"]) if quarter["y"] else (meeting.year if meeting else None)
        end = None if year is None else _month_end(year, 3 * _QUARTERS[quarter["q"]])
        if end is not None:
            return Dated(_after(end, meeting), quarter.start(), quarter.end())
    if meeting is None:
        return None
    for short in find_short_dates(folded, meeting.year):
        return short._replace(day=_after(short.day, meeting))
    bare = re.search(r"(?:trong|cuoi|het|truoc|den)\s+thang\s+(\d{1,2})(?![\d/])", folded)
    if bare and (end := _month_end(meeting.year, int(bare[1]))):
        return Dated(_after(end, meeting), bare.start(), bare.end())
    return None


def _after(day: date, meeting: date | None) -> date:
    """A deadline lies after the meeting: an unwritten year may be the next."""
    if meeting is None or day >= meeting:
        return day
    return _day(day.year + 1, day.month, day.day) or day


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date | None:
    return date(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 else None

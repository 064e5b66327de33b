"""The stretch of time that the dashboard shows, and the part of a query string that it reads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from ydan_service.office.leading.narrowing import Narrowing, read_narrowing

PERIODS = ("session", "quarter", "year", "last_year", "all")
"""Stretches with a name; any other is told by its first and last day."""
READS = ("from", "to", "commune", "meeting", "reviewed", "undated")
"""What of a :class:`Narrowing` the dashboard itself narrows by; the rest is for the lists behind the figures."""
EVERYTHING = "all"


def read_period(given: Mapping[str, str], today: date) -> Narrowing:
    """The sessions that a query string means: one, those between two days, or (when it says neither) this year's.

    :raises Invalid: a day or number that cannot be.

    >>> read_period({"commune": "3"}, date(2026, 11, 20)).query()
    'from=2026-01-01&to=2026-12-31&commune=3'
    >>> read_period({"period": "all"}, date(2026, 11, 20)).query()
    ''
    """
    found = read_narrowing({name: given[name] for name in READS if name in given})
    if found.meeting is not None:
        return found.but(start=None, end=None, undated=False)
    if found.start is None and found.end is None and not found.undated and given.get("period") != EVERYTHING:
        start, end = days_of("year", today)
        return found.but(start=start, end=end)
    return found


def days_of(period: str, today: date) -> tuple[date | None, date | None]:
    """The first and last day of a ``quarter``, ``year`` or ``last_year``; nothing for ``all``.

    >>> days_of("quarter", date(2026, 11, 20))
    (datetime.date(2026, 10, 1), datetime.date(2026, 12, 31))
    """
    if period == "quarter":
        first = today.month - (today.month - 1) % 3
        after = date(today.year + first // 10, (first + 3) % 12 or 12, 1)
        return date(today.year, first, 1), after - timedelta(days=1)
    if period in ("year", "last_year"):
        year = today.year - (period == "last_year")
        return date(year, 1, 1), date(year, 12, 31)
    return None, None


def name_of_period(narrowing: Narrowing, today: date) -> str:
    """Which of :data:`PERIODS` is meant; empty when it is none of them."""
    if narrowing.meeting is not None:
        return "session"
    if narrowing.undated:
        return ""
    shown = narrowing.start, narrowing.end
    return next((each for each in PERIODS[1:] if days_of(each, today) == shown), "")

"""Working days: Monday to Friday, without the holidays that have a fixed day in the calendar.

The days of Tết and of the Hùng kings follow the moon and are set by the government each year; they are not taken out,
so a term that runs over them is told as late by some days too early. The page says so.
"""

from __future__ import annotations

from datetime import date, timedelta

_HOLIDAYS = frozenset({(1, 1), (4, 30), (5, 1), (9, 2)})


def is_workday(day: date) -> bool:
    """Whether offices are open.

    >>> is_workday(date(2026, 9, 2)), is_workday(date(2026, 9, 3)), is_workday(date(2026, 9, 5))
    (False, True, False)
    """
    return day.weekday() < 5 and (day.month, day.day) not in _HOLIDAYS


def after_workdays(start: date, count: int) -> date:
    """The last day of a term of ``count`` working days that begins the day after ``start``.

    >>> after_workdays(date(2026, 3, 5), 10)
    datetime.date(2026, 3, 19)
    """
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day

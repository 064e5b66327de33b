"""Dates of the invented sessions: counted back from the day on which the demo is opened, never on a weekend."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

_MARK = re.compile(r"\{(?P<what>[a-z]+)(?::(?P<of>[a-z-]+\d+))?(?P<shift>[+-]\d+)?\}")


def weekday(day: date) -> date:
    """The same day, or the Friday before a weekend.

    >>> weekday(date(2026, 11, 22))
    datetime.date(2026, 11, 20)
    """
    return day - timedelta(days=max(0, day.weekday() - 4))


def fill_days(text: str, held: date, others: Mapping[str, date]) -> str:
    """Minutes with real dates in the place of their marks.

    ``{ngay}`` is the day of the session in words, ``{d}`` in figures, ``{thang}`` its month, ``{nam}`` its year;
    ``{d+20}`` counts days, ``{thang+1}`` months, ``{nam-3}`` years; ``{d:an-dien-1}`` is of another session.

    >>> fill_days("{ngay}; xong trước {d+9}, quyết toán {thang+2}, hỏng từ {nam-3}", date(2026, 11, 20), {})
    'ngày 20 tháng 11 năm 2026; xong trước 27/11/2026, quyết toán tháng 1/2027, hỏng từ 2023'

    :raises KeyError: a mark or a session that does not exist.
    """

    def fill(match: re.Match[str]) -> str:
        day = others[match["of"]] if match["of"] else held
        return _WAYS[match["what"]](day, int(match["shift"] or 0))

    return _MARK.sub(fill, text)


def _in_words(day: date, shift: int) -> str:
    moved = weekday(day + timedelta(days=shift))
    return f"ngày {moved.day:02d} tháng {_two(moved)} năm {moved.year}"


def _in_figures(day: date, shift: int) -> str:
    moved = weekday(day + timedelta(days=shift))
    return f"{moved.day:02d}/{_two(moved)}/{moved.year}"


def _two(day: date) -> str:
    """January and February with a zero, as offices write them (NĐ 30/2020)."""
    return f"{day.month:02d}" if day.month < 3 else str(day.month)


def _month(day: date, shift: int) -> str:
    months = day.year * 12 + day.month - 1 + shift
    return f"tháng {months % 12 + 1}/{months // 12}"


def _year(day: date, shift: int) -> str:
    return str(day.year + shift)


_WAYS = {"ngay": _in_words, "d": _in_figures, "thang": _month, "nam": _year}

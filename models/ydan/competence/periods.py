"""The six periods: competence moved on five dates, so “before and after the reform” is not enough."""

from __future__ import annotations

import csv
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files

from ydan.competence.names import show_day
from ydan.errors import CompetenceError


@dataclass(frozen=True, slots=True)
class Period:
    """A span in which no rule of the base table changes; it ends where the next one starts."""

    id: str
    start: date
    changed: str
    source: str

    @property
    def begins(self) -> str:
        """The first day as ISO text: the ``period`` of an assessment."""
        return self.start.isoformat()


@cache
def load_periods() -> tuple[Period, ...]:
    """The periods in order of time."""
    text = files("ydan.competence").joinpath("periods.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(Period(r["id"], date.fromisoformat(r["from"]), r["changed"], r["source"]) for r in rows)


@cache
def _starts() -> tuple[date, ...]:
    return tuple(period.start for period in load_periods())


def as_day(value: object) -> date:
    """The meeting date, or a `CompetenceError`: without a date no level can be named."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if value is None:
        raise CompetenceError("Chưa có ngày họp nên không xác định được thẩm quyền. Hãy cho ngày, ví dụ 2026-03-01.")
    raise CompetenceError(f"Ngày họp “{value}” không phải ngày. Hãy dùng datetime.date, ví dụ date(2026, 3, 1).")


def too_early(day: date) -> CompetenceError:
    """The error for a day that the table knows nothing about."""
    first = _starts()[0]
    return CompetenceError(
        f"Ngày {show_day(day)} trước {show_day(first)}, bảng thẩm quyền bắt đầu từ ngày đó. "
        "Hãy kiểm tra lại năm của cuộc họp."
    )


def period_of(day: date | None) -> Period:
    """The period of a day.

    >>> period_of(date(2025, 6, 30)).id, period_of(date(2025, 7, 1)).id
    ('P1', 'P2')
    """
    checked = as_day(day)
    index = bisect_right(_starts(), checked)
    if index == 0:
        raise too_early(checked)
    return load_periods()[index - 1]

"""The six periods begin where the law moved."""

from __future__ import annotations

from datetime import date

import pytest

from ydan.competence import load_periods, period_of
from ydan.errors import CompetenceError


@pytest.mark.parametrize(
    ("last_day", "first_day", "before", "after"),
    [
        (date(2025, 2, 28), date(2025, 3, 1), "P0", "P1"),
        (date(2025, 6, 30), date(2025, 7, 1), "P1", "P2"),
        (date(2025, 12, 31), date(2026, 1, 1), "P2", "P3"),
        (date(2026, 1, 30), date(2026, 1, 31), "P3", "P4"),
        (date(2026, 6, 30), date(2026, 7, 1), "P4", "P5"),
    ],
)
def test_a_period_ends_the_day_before_the_next(last_day: date, first_day: date, before: str, after: str) -> None:
    """Five dates, six periods."""
    assert (period_of(last_day).id, period_of(first_day).id) == (before, after)


def test_the_periods_are_in_order_of_time() -> None:
    """The bisection relies on it."""
    starts = [period.start for period in load_periods()]
    assert starts == sorted(set(starts))
    assert [period.id for period in load_periods()] == ["P0", "P1", "P2", "P3", "P4", "P5"]


def test_a_meeting_without_a_date_has_no_period() -> None:
    """The error shows how a date is written."""
    with pytest.raises(CompetenceError, match="Chưa có ngày họp"):
        period_of(None)


def test_a_far_future_day_is_in_the_last_period() -> None:
    """The last period is open until somebody adds the next."""
    assert period_of(date(2999, 1, 1)).id == "P5"

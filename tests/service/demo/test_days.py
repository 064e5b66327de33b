"""Dates of the invented sessions follow the day on which the demo is opened."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ydan_service.demo.days import fill_days, weekday

HELD = date(2026, 1, 30)


@pytest.mark.parametrize("shift", range(14))
def test_nothing_happens_on_a_weekend(shift: int) -> None:
    """Offices are closed then; the Friday before takes its place."""
    day = date(2026, 11, 16) + timedelta(days=shift)
    assert weekday(day).weekday() < 5
    assert 0 <= (day - weekday(day)).days <= 2


@pytest.mark.parametrize(
    ("mark", "says"),
    [
        ("{ngay}", "ngày 30 tháng 01 năm 2026"),
        ("{ngay+60}", "ngày 31 tháng 3 năm 2026"),
        ("{d}", "30/01/2026"),
        ("{d+3}", "02/02/2026"),
        ("{d-1}", "29/01/2026"),
        ("{thang+0}", "tháng 1/2026"),
        ("{thang+11}", "tháng 12/2026"),
        ("{thang-1}", "tháng 12/2025"),
        ("{nam-3}", "2023"),
        ("{d:an-dien-1}", "05/6/2025"),
    ],
)
def test_a_mark_becomes_a_date(mark: str, says: str) -> None:
    """As offices write it: January and February with a zero."""
    assert fill_days(mark, HELD, {"an-dien-1": date(2025, 6, 5)}) == says


@pytest.mark.parametrize("mark", ["{hom}", "{d:khong-co-1}"])
def test_a_mark_that_nobody_knows_is_an_error(mark: str) -> None:
    """Not left in the minutes for a leader to read."""
    with pytest.raises(KeyError):
        fill_days(mark, HELD, {})

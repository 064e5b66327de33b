"""Dates as minutes write them."""

from __future__ import annotations

from datetime import date

import pytest

from ydan.minutes.dates import find_dates, find_deadline, find_short_dates


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ngay 16 thang 10 nam 2025", "2025-10-16"),
        ("16/10/2025", "2025-10-16"),
        ("5.3.2026", "2026-03-05"),
        ("28-10-2025", "2025-10-28"),
        ("19/8/25", "2025-08-19"),
        ("ngay 2 thang 3, nam 2026", "2026-03-02"),
    ],
)
def test_whole_dates(text: str, day: str) -> None:
    (found,) = find_dates(text)
    assert found.day.isoformat() == day
    assert text[found.start].isdigit()
    assert text[found.end - 1].isdigit()


@pytest.mark.parametrize("text", ["31/2/2026", "0/1/2020", "1738/2015", "so 12/40/2020", "1.234.567", ""])
def test_numbers_that_are_no_dates(text: str) -> None:
    assert list(find_dates(text)) == []


def test_a_day_without_a_year_takes_the_given_one() -> None:
    assert [found.day for found in find_short_dates("ngay 15/7, 9 thang 8; 31/2", 2026)] == [
        date(2026, 7, 15),
        date(2026, 8, 9),
    ]


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("truoc ngay 15/1", date(2026, 1, 15)),
        ("trong thang 12/2025", date(2025, 12, 31)),
        ("quy i", date(2026, 3, 31)),
        ("trong thang 12", date(2025, 12, 31)),
        ("xong truoc 30/11/2025", date(2025, 11, 30)),
        ("som nhat co the", None),
    ],
)
def test_a_deadline_lies_after_the_meeting(text: str, deadline: date | None) -> None:
    found = find_deadline(text, date(2025, 11, 20))
    assert (None if found is None else found.day) == deadline


def test_without_a_meeting_only_whole_dates_are_deadlines() -> None:
    assert find_deadline("truoc ngay 15/1", None) is None
    assert find_deadline("quy ii/2026", None) == (date(2026, 6, 30), 0, 11)

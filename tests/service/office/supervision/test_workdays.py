"""Working days."""

from __future__ import annotations

from datetime import date

import pytest

from ydan_service.office.supervision.workdays import after_workdays


@pytest.mark.parametrize(
    ("start", "count", "last"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # Friday → Monday
        (date(2026, 11, 16), 5, date(2026, 11, 23)),
        (date(2026, 4, 29), 1, date(2026, 5, 4)),  # 30/4, 1/5 and a weekend between
        (date(2026, 9, 1), 2, date(2026, 9, 4)),
        (date(2026, 3, 5), 0, date(2026, 3, 5)),
    ],
)
def test_weekends_and_fixed_holidays_do_not_count(start: date, count: int, last: date) -> None:
    """Counted on a calendar by hand."""
    assert after_workdays(start, count) == last

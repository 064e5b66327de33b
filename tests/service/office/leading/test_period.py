"""The stretch of time that the dashboard shows."""

from __future__ import annotations

from datetime import date

import pytest

from ydan_service.errors import Invalid
from ydan_service.office.leading.narrowing import Narrowing
from ydan_service.office.leading.period import PERIODS, days_of, name_of_period, read_period

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("given", "query"),
    [
        ({}, "from=2026-01-01&to=2026-12-31"),
        ({"commune": "3", "reviewed": "1"}, "from=2026-01-01&to=2026-12-31&commune=3&reviewed=1"),
        ({"from": "2026-05-01"}, "from=2026-05-01"),
        ({"meeting": "7", "from": "2026-05-01", "to": "2026-06-01"}, "meeting=7"),
        ({"meeting": "", "from": "", "to": ""}, "from=2026-01-01&to=2026-12-31"),
        ({"period": "all", "commune": "3"}, "commune=3"),
        ({"undated": "1"}, "undated=1"),
        ({"topic": "education", "q": "x", "period": "all"}, ""),
    ],
)
def test_a_query_string_means_a_session_or_days_or_else_this_year(given: dict[str, str], query: str) -> None:
    """What belongs to the list of opinions alone is not read."""
    assert read_period(given, TODAY).query() == query


@pytest.mark.parametrize("given", [{"from": "x"}, {"from": "2026-05-02", "to": "2026-05-01"}, {"meeting": "-1"}])
def test_what_cannot_be_is_refused(given: dict[str, str]) -> None:
    """With words for the person."""
    with pytest.raises(Invalid, match="Hãy"):
        read_period(given, TODAY)


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2024, 3, 31), date(2024, 1, 1), date(2024, 3, 31)),
        (date(2026, 6, 30), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 8, 9), date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_quarter_has_three_months(day: date, start: date, end: date) -> None:
    """At the ends of a year as well."""
    assert days_of("quarter", day) == (start, end)


def test_every_named_stretch_is_known_by_its_days_again() -> None:
    """So that the page can tell which tab is meant."""
    for period in PERIODS[1:]:
        start, end = days_of(period, TODAY)
        assert name_of_period(Narrowing(start=start, end=end), TODAY) == period
    assert name_of_period(Narrowing(meeting=3), TODAY) == "session"
    assert name_of_period(Narrowing(start=date(2026, 2, 3)), TODAY) == ""
    assert name_of_period(Narrowing(undated=True), TODAY) == ""

"""What stands after an address's question mark, whoever wrote it."""

from __future__ import annotations

from datetime import date

import pytest

from ydan_service.web.queries import day_of, id_of, page_of, year_of

TODAY = date(2026, 5, 20)


@pytest.mark.parametrize("raw", ["", "x", "-1", "1.5", " 2", "²", "٣", "9" * 12, "1e3"])
def test_what_is_no_number_asks_for_nothing(raw: str) -> None:
    """The first page, no id, this year, no day."""
    assert (page_of(raw), id_of(raw), year_of(raw, TODAY), day_of(raw)) == (1, None, 2026, None)


def test_numbers_and_days_are_read() -> None:
    """As the pages write them."""
    assert (page_of("17"), id_of("123456789"), year_of("2025", TODAY)) == (17, 123_456_789, 2025)
    assert day_of("2026-03-12") == date(2026, 3, 12)


@pytest.mark.parametrize("raw", ["1974", "2201", "02026", "202699", "0"])
def test_a_year_that_no_meeting_can_be_of_is_this_year(raw: str) -> None:
    """Four digits, since the country is one."""
    assert year_of(raw, TODAY) == TODAY.year

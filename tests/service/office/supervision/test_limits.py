"""Limits: the law of the day, or what the office set."""

from __future__ import annotations

from datetime import date

import pytest

from ydan_service.office import settings as office_settings
from ydan_service.office.supervision.limits import LAWS, OWN, Limit, limits_for

DEFAULTS = {setting.name: setting.default for setting in office_settings.ALL}


@pytest.mark.parametrize(
    ("day", "meetings", "notice", "conclusion"),
    [
        (date(2015, 12, 31), None, None, None),
        (date(2016, 1, 1), 1, 7, None),
        (date(2025, 2, 28), 1, 7, None),
        (date(2025, 3, 1), 1, 7, 10),
        (date(2026, 11, 20), 1, 7, 10),
    ],
)
def test_a_session_is_judged_by_the_law_of_its_day(
    day: date, meetings: int | None, notice: int | None, conclusion: int | None
) -> None:
    """Publishing the result within ten days is a duty only since 2025."""
    found = limits_for(DEFAULTS, day)
    assert (found.meetings.value, found.notice.value, found.conclusion.value) == (meetings, notice, conclusion)


def test_the_basis_names_the_law_in_force() -> None:
    """On the day before Luật 72/2025 it is still Luật 65/2025."""
    assert limits_for(DEFAULTS, date(2025, 6, 15)).notice.basis == "Luật số 65/2025/QH15, Điều 24"
    assert limits_for(DEFAULTS, date(2025, 6, 16)).notice.basis == "Luật số 72/2025/QH15, Điều 43"
    assert [law.since for law in LAWS] == sorted(law.since for law in LAWS)


def test_the_law_says_nothing_of_a_host_above_the_commune() -> None:
    """A district's or province's session has no number, until the office sets one."""
    assert limits_for(DEFAULTS, date(2026, 5, 1), "province").notice == Limit(None)
    own = {**DEFAULTS, "notice_days": 5}
    assert limits_for(own, date(2026, 5, 1), "province").notice == Limit(5, OWN)


def test_an_offices_own_number_counts_from_the_year_it_says() -> None:
    """A regulation of 2026 does not make a session of 2025 late."""
    own = {**DEFAULTS, "conclusion_days": 7, "own_limits_from": 2026}
    assert limits_for(own, date(2026, 1, 1)).conclusion == Limit(7, OWN)
    assert limits_for(own, date(2025, 12, 31)).conclusion.value == 10


def test_answers_are_due_since_the_partys_rule() -> None:
    """Quy định 11 is of 18 February 2019."""
    assert limits_for(DEFAULTS, date(2019, 2, 17)).answers.value is None
    assert limits_for(DEFAULTS, date(2019, 2, 18)).answers.value == 10


def test_no_share_of_attendance_is_asked_for_where_the_office_set_none() -> None:
    """0 is off."""
    assert limits_for({**DEFAULTS, "attendance_share": 0}, date(2026, 5, 1)).attendance.value is None


def test_the_defaults_are_those_of_the_law_in_force() -> None:
    """What the settings page shows as the default is the newest law's number."""
    newest = LAWS[-1]
    shown = [DEFAULTS[name] for name in ("meetings_per_year", "notice_days", "conclusion_days")]
    assert shown == [newest.meetings, newest.notice, newest.conclusion]

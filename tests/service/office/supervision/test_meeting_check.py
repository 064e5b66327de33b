"""One session against its limits: what is a fault, what is unknown, what is not due yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ydan_service.office import settings as office_settings
from ydan_service.office.supervision.checks import EXEMPT, FAULT, NAMES, OK, UNKNOWN, WAITING
from ydan_service.office.supervision.faults import FAULTS, SEVERITIES
from ydan_service.office.supervision.limits import limits_for
from ydan_service.office.supervision.meeting_check import Checked, Facts, check_meeting

HELD = date(2026, 3, 5)
SETTINGS = {setting.name: setting.default for setting in office_settings.ALL}
GOOD = Facts(
    id=1, commune_id=1, held_on=HELD, invited=100, attendance=90, notice_on=date(2026, 2, 26),
    conclusion_on=date(2026, 3, 15), planned_on=HELD, plan_id=3, opinions=10, reviewed=10, working=2,
    lists_on=date(2026, 3, 14), letters=1,
)  # fmt: skip


def check(today: date = date(2026, 4, 30), **changes: object) -> Checked:
    facts = replace(GOOD, **changes)  # type: ignore[arg-type]
    return check_meeting(facts, limits_for(SETTINGS, facts.held_on, facts.host_level), today)


def test_a_session_that_kept_every_rule_has_no_fault() -> None:
    """And nothing is unknown; the checks come in the order of the names."""
    found = check()
    assert {each.state for each in found.checks} == {OK}
    assert [each.name for each in found.checks] == list(NAMES)


def test_a_session_of_which_nothing_is_known_has_no_fault_but_the_missing_conclusion() -> None:
    """What nobody entered is told as unknown."""
    empty = Facts(id=1, commune_id=1, held_on=HELD)
    found = check_meeting(empty, limits_for(SETTINGS, HELD), date(2026, 4, 30))
    assert [each.fault_id for each in found.faults] == ["conclusion_missing"]
    assert {each.name for each in found.unknown} == {"notice", "attendance", "lists", "charges", "told", "answers",
                                                    "review"}  # fmt: skip


def test_on_the_day_itself_nothing_is_a_fault() -> None:
    """The terms still run."""
    found = check(HELD, conclusion_on=None, lists_on=None, reviewed=0, unanswered=4, uncharged=2)
    assert found.faults == []
    states = {each.name: each.state for each in found.checks}
    assert (states["conclusion"], states["lists"], states["charges"], states["review"]) == (WAITING,) * 4


@pytest.mark.parametrize(
    ("notice_on", "state", "sentence"),
    [
        (date(2026, 2, 26), OK, "Thông báo trước 7 ngày (26/02/2026)."),
        (date(2026, 2, 27), FAULT, "Thông báo trước 6 ngày (27/02/2026), ít hơn 7 ngày theo quy định."),
        (HELD, FAULT, "Không thông báo trước: ngày thông báo là 05/03/2026."),
        (None, UNKNOWN, "Chưa ghi ngày thông báo họp."),
    ],
)
def test_notice_is_given_seven_days_before(notice_on: date | None, state: str, sentence: str) -> None:
    """The seventh day before is in time."""
    found = check(notice_on=notice_on).of("notice")
    assert (found.state, found.told()) == (state, sentence)
    assert found.basis == "Luật số 72/2025/QH15, Điều 43"
    assert found.fault_id == ("notice_late" if state == FAULT else "")


@pytest.mark.parametrize(
    ("published", "today", "state", "fault", "late"),
    [
        (date(2026, 3, 15), date(2026, 4, 1), OK, "", None),
        (date(2026, 3, 16), date(2026, 4, 1), FAULT, "conclusion_late", 1),
        (None, date(2026, 3, 15), WAITING, "", None),
        (None, date(2026, 3, 16), FAULT, "conclusion_missing", 1),
        (None, date(2026, 4, 14), FAULT, "conclusion_missing", 30),
    ],
)
def test_the_conclusion_is_published_within_ten_days(
    published: date | None, today: date, state: str, fault: str, late: int | None
) -> None:
    """The tenth day is in time; a missing one is late by the days since."""
    found = check(today, conclusion_on=published).of("conclusion")
    assert (found.state, found.fault_id, found.values.get("late")) == (state, fault, late)


def test_before_the_law_said_so_a_missing_conclusion_is_unknown() -> None:
    """In 2024 no law gave a term."""
    found = check(held_on=date(2024, 5, 5), conclusion_on=None).of("conclusion")
    assert (found.state, found.basis) == (UNKNOWN, "")
    assert check(held_on=date(2024, 5, 5), conclusion_on=date(2024, 8, 1)).of("conclusion").state == EXEMPT


@pytest.mark.parametrize(
    ("present", "invited", "state"),
    [(50, 100, OK), (49, 100, FAULT), (120, 100, OK), (None, 100, UNKNOWN), (90, None, UNKNOWN), (90, 0, UNKNOWN)],
)
def test_attendance_is_measured_against_the_invited(present: int | None, invited: int | None, state: str) -> None:
    """Half of them is enough by default; one number alone says nothing."""
    assert check(attendance=present, invited=invited).of("attendance").state == state


def test_three_lists_are_there_by_the_document_or_by_the_opinions() -> None:
    """A conclusion that was published elsewhere leaves it unknown."""
    assert check(lists_on=None).of("lists").state == OK
    assert check(lists_on=None, unanswered=1, unsaid=1).of("lists").state == UNKNOWN
    assert check(lists_on=None, reviewed=9, conclusion_on=None).of("lists").fault_id == "lists_missing"
    assert check(reviewed=0, unanswered=5).of("lists").state == OK


def test_work_without_a_body_or_a_deadline_is_named_with_its_count() -> None:
    """Of those in work."""
    found = check(uncharged=1).of("charges")
    assert found.told() == "1/2 việc đang giải quyết chưa ghi cơ quan được giao hoặc thời hạn."
    assert check(working=0).of("charges").state == EXEMPT


def test_people_are_answered_within_ten_working_days() -> None:
    """5 March 2026 is a Thursday: the term ends on 19 March."""
    assert check(date(2026, 3, 19), unanswered=3, unsaid=3).of("told").state == WAITING
    late = check(date(2026, 3, 20), unanswered=3, unsaid=3).of("told")
    assert (late.state, late.told()) == (FAULT, "3 ý kiến chưa được trả lời sau 10 ngày làm việc.")


def test_what_only_the_model_calls_unanswered_is_unknown() -> None:
    """Nobody has looked at those opinions."""
    assert check(unanswered=3, unsaid=0).of("told").state == UNKNOWN


def test_opinions_past_their_day_are_counted() -> None:
    """Whatever the session's age."""
    found = check(HELD + timedelta(days=1), late=4).of("answers")
    assert (found.fault_id, found.values["count"]) == ("answers_overdue", 4)


@pytest.mark.parametrize(
    ("kind", "signs", "state", "fault"),
    [
        ("txdt", (), OK, ""),
        ("txdt", ("voter_meeting",), OK, ""),
        ("unclear", (), UNKNOWN, ""),
        ("mixed", ("voter_meeting",), FAULT, "voter_meeting"),
        ("mixed", ("no_date", "citizen_reception"), FAULT, "other_meeting"),
        ("mixed", (), FAULT, "voter_meeting"),
        ("txct", (), FAULT, "voter_meeting"),
        ("tcd", (), FAULT, "other_meeting"),
        ("complaint_dialogue", (), FAULT, "other_meeting"),
    ],
)
def test_a_voter_meeting_under_the_name_of_a_dialogue_is_a_fault(
    kind: str, signs: tuple[str, ...], state: str, fault: str
) -> None:
    """A person who called it a dialogue in spite of the warning has decided that it is one."""
    found = check(meeting_type=kind, signs=signs).of("kind")
    assert (found.state, found.fault_id) == (state, fault)


def test_a_session_held_later_than_planned_needs_a_reason() -> None:
    """Put off with a reason it is in order; held before the day too."""
    assert check(planned_on=HELD - timedelta(days=3)).of("plan").fault_id == "held_late"
    moved = check(moved_from=HELD - timedelta(days=9), moved_because="Mưa bão").of("plan")
    assert (moved.state, moved.told()) == (OK, "Kế hoạch dời từ 24/02/2026 sang 05/03/2026: Mưa bão")
    assert check(planned_on=HELD + timedelta(days=3)).of("plan").state == OK
    assert check(planned_on=None, plan_id=None).of("plan").state == EXEMPT


def test_letters_without_a_reply_are_the_receivers_fault_not_the_communes() -> None:
    """They weigh as a note."""
    found = check(letters=3, letters_late=2).of("replies")
    assert found.fault is not None
    assert (found.state, found.fault.severity) == (FAULT, "note")


def test_every_fault_has_a_weight_and_an_advice() -> None:
    """Reports end with them."""
    assert all(fault.severity in SEVERITIES and fault.advice.endswith(".") for fault in FAULTS.values())

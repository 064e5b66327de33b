"""Before the conclusion is published somebody looks; then it has its number and day."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from tests.service.office.papers.conftest import Desk, TextOf
from tests.service.office.papers.test_making import NOTICE, made, shelves
from ydan_service.errors import Conflict, Forbidden, Invalid
from ydan_service.office.papers.checking import Check, look_over
from ydan_service.office.papers.publishing import publish
from ydan_service.person import Person
from ydan_service.store.tables import AuditEvent, Meeting

TODAY = date(2026, 3, 18)


def checks(desk: Desk, person: Person, today: date = TODAY) -> dict[str, Check]:
    with desk.opened(person) as (_session, opened):
        return {check.code: check for check in look_over(opened, today, 10)}


def go(desk: Desk, person: Person, number: str = "12", day: date | None = TODAY, *, anyway: bool = False) -> Meeting:
    store = desk.office.store
    with store.begin() as session:
        return publish(
            session, store.keys, desk.office.predictor, person, desk.meeting, number, day, TODAY, anyway=anyway
        )


def settle_all(desk: Desk, person: Person) -> None:
    """Everything that a person can do before."""
    desk.office.do(person, desk.meeting, "accept", keys=list(desk.office.opinions(desk.meeting)))
    for line in desk.see(person).lines:
        if line.list == "forwarded":
            desk.rule(person, line.key, addressee="Sở Y tế", confirm=True)
        else:
            desk.rule(person, line.key, charged="Phòng Kinh tế", deadline="30/4/2026", confirm=True)


def test_the_checks_say_what_is_left_and_of_which_lines(desk: Desk, lan: Person) -> None:
    """With their numbers in the summary."""
    found = checks(desk, lan)
    assert found["unreviewed"].message == "Còn 5 ý kiến chưa soát nhãn."
    assert "STT 1, 2, 3, 4" in found["undecided"].message
    assert len(found["unreviewed"].keys) == 4
    assert found["no_addressee"].message == "Chưa rõ nơi nhận: STT 4."
    assert found["confidential"].grade == found["empty"].grade == found["due"].grade == "info"
    assert "đã giải quyết" in found["empty"].message
    assert "22/03/2026" in found["due"].message


def test_a_finished_conclusion_leaves_nothing_but_notes(desk: Desk, lan: Person) -> None:
    """And is published without more ado."""
    settle_all(desk, lan)
    assert {check.grade for check in checks(desk, lan).values()} == {"info"}
    meeting = go(desk, lan)
    assert (meeting.stage, meeting.conclusion_number, meeting.conclusion_published_on) == ("concluded", "12", TODAY)


def test_what_is_left_stops_until_a_person_says_anyway(desk: Desk, lan: Person) -> None:
    """And the audit log says what was left."""
    with pytest.raises(Conflict, match="Vẫn công bố"):
        go(desk, lan)
    go(desk, lan, anyway=True)
    with desk.office.store.read() as session:
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == "meeting.publish")).one()
        assert {"unreviewed", "undecided"} <= set(event.detail["left"])


@pytest.mark.parametrize(
    ("number", "day"),
    [
        ("", TODAY),
        ("không số", TODAY),
        ("1" * 51, TODAY),
        ("12", None),
        ("12", date(2026, 3, 19)),
        ("12", date(2026, 3, 1)),
    ],
)
def test_a_number_or_day_that_cannot_be_is_refused(desk: Desk, lan: Person, number: str, day: date | None) -> None:
    """Nothing is written."""
    with pytest.raises(Invalid):
        go(desk, lan, number, day, anyway=True)
    with desk.office.store.read() as session:
        assert session.get_one(Meeting, desk.meeting).stage == "review"


def test_a_meeting_without_a_day_is_not_concluded(desk: Desk, lan: Person) -> None:
    """Not even anyway."""
    with desk.office.store.begin() as session:
        session.get_one(Meeting, desk.meeting).held_on = None
    assert checks(desk, lan)["no_date"].grade == "block"
    with pytest.raises(Conflict, match="chưa có ngày họp"):
        go(desk, lan, anyway=True)


def test_voters_meetings_and_lateness_are_told(desk: Desk, lan: Person) -> None:
    """They stop nobody who looked."""
    with desk.office.store.begin() as session:
        session.get_one(Meeting, desk.meeting).meeting_type = "txct"
    found = checks(desk, lan, date(2026, 3, 25))
    assert found["voters"].grade == found["late"].grade == "warn"
    assert "quá hạn công bố 3 ngày" in found["late"].message


def test_the_notice_carries_number_and_day_and_the_others_stay_good(desk: Desk, lan: Person, text_of: TextOf) -> None:
    """Only the notice that was made before is left behind."""
    made(desk, lan)
    go(desk, lan, "12/TB-UBND", anyway=True)
    left = {s.kind for shelf in shelves(desk, lan).shelves for s in shelf.sheets if s.latest and s.latest.changed}
    assert left == {"thong-bao-ket-luan"}
    (notice,) = made(desk, lan, NOTICE)
    text = text_of(notice)
    assert "Số: 12/TB-UBND" in text
    assert "ngày 18 tháng 3 năm 2026" in text


def test_a_leader_publishes_nothing(desk: Desk, leader: Person) -> None:
    """Nor does anybody once the meeting is closed."""
    with pytest.raises(Forbidden):
        go(desk, leader)

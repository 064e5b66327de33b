"""The year by commune, against figures counted by hand; on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from tests.service.conftest import APerson
from tests.service.office.supervision.holding import TODAY, Year, hold
from ydan_service.office.supervision.checks import FAULT, UNKNOWN, WAITING
from ydan_service.office.supervision.communes import CommuneYear
from ydan_service.office.supervision.year import supervise
from ydan_service.store.store import Store
from ydan_service.store.tables import Document as DocumentRow
from ydan_service.store.tables import KeptFile, Meeting


@pytest.fixture
def held(store: Store) -> Year:
    return hold(store)


def look(store: Store, a_person: APerson, year: int = 2026, today: date = TODAY) -> dict[str, CommuneYear]:
    person = a_person("auditor", everywhere=True)
    with store.read() as session:
        return {each.commune.name: each for each in supervise(session, person, year, today).communes}


def test_a_commune_that_kept_the_rules_has_no_fault(store: Store, held: Year, a_person: APerson) -> None:
    """The notice is known from its plan alone."""
    found = look(store, a_person)["An"]
    assert (found.planned, len(found.held), found.unplanned, found.faults, found.unknown) == (1, 1, 0, [], 0)
    assert [found.kept(name) for name in ("notice", "conclusion", "lists")] == [(1, 1, 0)] * 3
    assert found.share == 0.8


def test_every_fault_of_a_commune_is_named_and_counted(store: Store, held: Year, a_person: APerson) -> None:
    """Counted by hand in ``holding.py``: the secret, the removed and the unreviewed opinions are in no count."""
    found = look(store, a_person)["Bình"]
    assert found.fault_counts == {
        "plan_missed": 1, "voter_meeting": 2, "notice_late": 1, "attendance_low": 1,
        "conclusion_late": 1, "charges_missing": 1, "unanswered": 1, "answers_overdue": 1, "not_reviewed": 1,
        "replies_overdue": 1,
    }  # fmt: skip
    faulty = next(each for each in found.meetings if each.facts.id == held.faulty)
    facts = faulty.facts
    assert (facts.opinions, facts.reviewed, facts.working, facts.uncharged) == (6, 5, 3, 1)
    assert (facts.unanswered, facts.unsaid, facts.late, facts.letters, facts.letters_late) == (2, 1, 2, 3, 1)
    assert found.late == 3
    assert faulty.of("conclusion").values["late"] == 14
    assert faulty.of("attendance").told().startswith("Có 60/200 người được mời đến dự (30%)")


def test_plans_are_counted_by_what_became_of_them(store: Store, held: Year, a_person: APerson) -> None:
    """A voter meeting in a plan's place is no session; what is to come is no fault."""
    found = look(store, a_person)["Bình"]
    assert [each.state for each in found.plans] == ["held", "missed", "cancelled", "coming"]
    assert (found.planned, len(found.held), found.unplanned, len(found.cancelled)) == (4, 1, 1, 1)
    assert [each.facts.id for each in found.meetings if not each.facts.is_dialogue] == [held.voters]


def test_a_voter_meeting_that_no_plan_promised_is_not_supervised(store: Store, held: Year, a_person: APerson) -> None:
    """It is another kind of meeting, rightly named."""
    with store.begin() as session:
        session.get_one(Meeting, held.voters).plan_id = None
    found = look(store, a_person)["Bình"]
    assert [each.facts.id for each in found.meetings] == [held.faulty]


def test_a_commune_without_a_word_is_unknown_not_at_fault(store: Store, held: Year, a_person: APerson) -> None:
    """Until the year is over it waits; afterwards nobody knows, since nothing of it was ever entered."""
    assert [check.state for check in look(store, a_person)["Cam"].checks] == [WAITING]
    after = look(store, a_person, today=date(2027, 1, 1))["Cam"]
    assert [check.state for check in after.checks] == [UNKNOWN]
    assert after.faults == []


def test_a_year_without_a_session_is_a_fault_once_it_is_over(store: Store, held: Year, a_person: APerson) -> None:
    """Of a commune whose earlier year is here."""
    running = look(store, a_person, year=2027, today=date(2027, 12, 31))["An"]
    assert [check.state for check in running.checks] == [WAITING]
    over = look(store, a_person, year=2027, today=date(2028, 1, 1))["An"]
    assert [(check.state, check.fault_id) for check in over.checks] == [(FAULT, "too_few")]
    assert over.checks[0].told() == "Tổ chức 0 cuộc trong năm, ít hơn 1 cuộc theo quy định."


def test_a_session_without_a_date_leaves_the_number_unknown(store: Store, held: Year, a_person: APerson) -> None:
    """It may belong to the year."""
    with store.begin() as session:
        session.add(Meeting(commune_id=held.good, meeting_type="txdt", stage="review"))
    over = look(store, a_person, year=2027, today=date(2028, 1, 1))["An"]
    assert (over.undated, [check.state for check in over.checks]) == (1, [UNKNOWN])


def test_a_notice_of_conclusion_made_here_shows_the_lists(store: Store, held: Year, a_person: APerson) -> None:
    """Its day is the day it was made."""
    with store.begin() as session:
        file = KeptFile(meeting_id=held.faulty, kind="document", name="x", media_type="x", size=1, sha256="x",
                        key_id="x", sealed=b"x")  # fmt: skip
        session.add(file)
        session.flush()
        session.add(
            DocumentRow(meeting_id=held.faulty, file_id=file.id, kind="thong-bao-ket-luan", name="x", revision=1)
        )
    found = look(store, a_person)["Bình"]
    faulty = next(each for each in found.meetings if each.facts.id == held.faulty)
    assert faulty.of("lists").state == "ok"


def test_a_person_sees_the_own_communes_only(store: Store, held: Year, a_person: APerson) -> None:
    """Also in the years to choose from."""
    local = a_person("leader", communes=[held.silent])
    with store.read() as session:
        found = supervise(session, local, 2026, TODAY)
    assert [each.commune.name for each in found.communes] == ["Cam"]
    assert found.years == (2026,)


def test_a_plan_of_another_commune_is_not_taken_for_the_own(store: Store, held: Year, a_person: APerson) -> None:
    """However the meeting came to point there."""
    with store.begin() as session:
        kept, faulty = session.get_one(Meeting, held.kept), session.get_one(Meeting, held.faulty)
        faulty.plan_id = kept.plan_id
    assert look(store, a_person)["Bình"].unplanned == 1

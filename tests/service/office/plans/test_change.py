"""Plans: added, put off, given up, joined to meetings; who may."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from tests.service.conftest import ACommune, APerson
from ydan_service.errors import Conflict, Forbidden, Invalid, NotFound
from ydan_service.office.plans import change
from ydan_service.person import Person
from ydan_service.store.store import Store
from ydan_service.store.tables import AuditEvent, Commune, Meeting, Plan

TODAY = date(2026, 1, 10)
FORM = {"planned_on": "2026-05-06", "title": "Đối thoại quý II", "note": ""}


@pytest.fixture
def plan(sqlite_store: Store, lan: Person, commune: Commune) -> int:
    with sqlite_store.begin() as session:
        return change.add(session, lan, commune.id, FORM, TODAY).id


def kept(store: Store, plan: int) -> Plan:
    with store.read() as session:
        return session.get_one(Plan, plan)


def test_a_session_is_planned_and_the_log_says_who(sqlite_store: Store, lan: Person, plan: int) -> None:
    """With its day, no words."""
    with sqlite_store.read() as session:
        line = session.scalars(select(AuditEvent).where(AuditEvent.action == "plan.add")).one()
    assert (line.account_id, line.subject_id, line.detail["day"]) == (lan.id, str(plan), "2026-05-06")


@pytest.mark.parametrize("day", ["", "06/05/2026", "1900-01-01", "2099-01-01", "2026-13-01"])
def test_a_day_that_cannot_be_is_refused_at_its_field(
    sqlite_store: Store, lan: Person, commune: Commune, day: str
) -> None:
    """The form is shown again with the reason."""
    with pytest.raises(Invalid) as told, sqlite_store.begin() as session:
        change.add(session, lan, commune.id, {**FORM, "planned_on": day}, TODAY)
    assert told.value.field == "planned_on"


def test_the_same_session_is_not_planned_twice(sqlite_store: Store, lan: Person, commune: Commune, plan: int) -> None:
    """By clusters of villages there may be two on a day, with other names."""
    with pytest.raises(Conflict), sqlite_store.begin() as session:
        change.add(session, lan, commune.id, FORM, TODAY)
    with sqlite_store.begin() as session:
        change.add(session, lan, commune.id, {**FORM, "title": "Cụm thôn Đông"}, TODAY)


def test_another_day_wants_a_reason_and_keeps_the_first_day(sqlite_store: Store, lan: Person, plan: int) -> None:
    """Put off twice, the first day is what the plan promised; back on it, nothing was put off."""
    with pytest.raises(Invalid) as told, sqlite_store.begin() as session:
        change.change(session, lan, plan, {**FORM, "planned_on": "2026-05-20"}, TODAY)
    assert told.value.field == "moved_because"
    for day in ("2026-05-20", "2026-06-01"):
        with sqlite_store.begin() as session:
            change.change(session, lan, plan, {**FORM, "planned_on": day, "moved_because": "Mưa bão"}, TODAY)
    found = kept(sqlite_store, plan)
    assert (found.planned_on, found.moved_from, found.moved_because) == (date(2026, 6, 1), date(2026, 5, 6), "Mưa bão")
    with sqlite_store.begin() as session:
        change.change(session, lan, plan, {**FORM, "moved_because": "Hết bão"}, TODAY)
    assert kept(sqlite_store, plan).moved_from is None


def test_notice_is_noted_once_it_was_given(sqlite_store: Store, lan: Person, plan: int) -> None:
    """Not ahead of time."""
    with pytest.raises(Invalid), sqlite_store.begin() as session:
        change.change(session, lan, plan, {**FORM, "notice_given_on": "2026-01-11"}, TODAY)
    with sqlite_store.begin() as session:
        changed = change.change(session, lan, plan, {**FORM, "notice_given_on": "2026-01-10"}, TODAY)
    assert changed == ["notice_given_on"]


def test_a_session_is_given_up_only_with_a_reason(sqlite_store: Store, lan: Person, plan: int) -> None:
    """And comes back; while it is given up it cannot be changed."""
    with pytest.raises(Invalid), sqlite_store.begin() as session:
        change.cancel(session, lan, plan, "  ")
    with sqlite_store.begin() as session:
        change.cancel(session, lan, plan, "Trùng bầu cử")
    with pytest.raises(Conflict), sqlite_store.begin() as session:
        change.change(session, lan, plan, FORM, TODAY)
    with sqlite_store.begin() as session:
        change.restore(session, lan, plan)
    assert kept(sqlite_store, plan).cancelled_because is None


def test_a_held_session_can_be_neither_given_up_nor_removed(
    sqlite_store: Store, lan: Person, commune: Commune, plan: int
) -> None:
    """Unless the meeting is taken off again."""
    with sqlite_store.begin() as session:
        meeting = Meeting(commune_id=commune.id, held_on=date(2026, 5, 6))
        session.add(meeting)
        session.flush()
        change.link(session, lan, plan, meeting.id)
    for refused in (
        lambda session: change.cancel(session, lan, plan, "x"),
        lambda session: change.remove(session, lan, plan),
    ):
        with pytest.raises(Conflict), sqlite_store.begin() as session:
            refused(session)
    with sqlite_store.begin() as session:
        change.unlink(session, lan, plan, meeting.id)
        change.remove(session, lan, plan)
    with sqlite_store.read() as session:
        assert session.get(Plan, plan) is None


def test_a_meeting_of_another_commune_is_not_joined(
    sqlite_store: Store, a_person: APerson, a_commune: ACommune, plan: int
) -> None:
    """Even by somebody who sees both."""
    other = a_commune("Tân Phú")
    boss = a_person("secretary", everywhere=True)
    with sqlite_store.begin() as session:
        meeting = Meeting(commune_id=other.id, held_on=date(2026, 5, 6))
        session.add(meeting)
        session.flush()
    with pytest.raises(Invalid), sqlite_store.begin() as session:
        change.link(session, boss, plan, meeting.id)


def test_only_a_secretary_of_the_commune_writes(
    sqlite_store: Store, a_person: APerson, a_commune: ACommune, commune: Commune, plan: int
) -> None:
    """A leader looks; another commune's plan does not exist."""
    leader = a_person("leader", communes=[commune.id])
    stranger = a_person("secretary", communes=[a_commune("Tân Phú").id])
    with pytest.raises(Forbidden), sqlite_store.begin() as session:
        change.change(session, leader, plan, FORM, TODAY)
    with pytest.raises(NotFound), sqlite_store.begin() as session:
        change.change(session, stranger, plan, FORM, TODAY)
    with pytest.raises(NotFound), sqlite_store.begin() as session:
        change.add(session, stranger, commune.id, FORM, TODAY)

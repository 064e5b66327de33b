"""A file comes in."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from tests.service.conftest import ACommune, APerson
from tests.service.office.reading import TEXT, Office
from ydan.errors import ReadError
from ydan_service.errors import Conflict, Forbidden, NotFound
from ydan_service.office.intake.receive import receive, retry, visible_job
from ydan_service.person import Person
from ydan_service.store import files
from ydan_service.store.tables import AuditEvent, Commune, Job, KeptFile, Meeting, Plan


def test_the_file_is_kept_sealed_before_anything_is_read(office: Office, lan: Person, commune: Commune) -> None:
    received = office.hand_in(lan, commune.id, name="../../Biên bản tháng 3.txt")
    with office.store.read() as session:
        file = session.scalars(select(KeptFile)).one()
        assert (file.name, file.kind, file.size) == ("Biên bản tháng 3.txt", "source", len(TEXT.encode()))
        assert "Mão".encode() not in file.sealed
        assert files.read(office.store.keys, file) == TEXT.encode()
        assert session.get_one(Meeting, received.meeting_id).stage == "reading"
        assert session.get_one(Job, received.job_id).state == "queued"
        assert "meeting.upload" in session.scalars(select(AuditEvent.action)).all()


def test_the_same_file_again_is_a_warning(office: Office, lan: Person, commune: Commune) -> None:
    first = office.read(lan, commune.id)
    second = office.read(lan, commune.id)
    with office.store.read() as session:
        codes = {one["code"]: one["meeting_id"] for one in session.get_one(Meeting, second).warnings}
        assert codes == {"duplicate_file": first, "duplicate_day": first}
        assert session.get_one(Meeting, second).stage == "review"


def test_who_may_not_hand_in_and_where(office: Office, lan: Person, leader: Person, a_commune: ACommune) -> None:
    other = a_commune("Xã Khác").id
    with pytest.raises(NotFound):
        office.hand_in(lan, other)
    with pytest.raises(Forbidden):
        office.hand_in(leader, min(leader.communes))
    with pytest.raises(ReadError, match="rỗng"):
        office.hand_in(lan, min(lan.communes), b"")


def test_a_plan_must_be_the_communes(office: Office, lan: Person, commune: Commune, a_commune: ACommune) -> None:
    other = a_commune("Xã Khác").id
    with office.store.begin() as session:
        plans = [Plan(commune_id=id_, planned_on=date(2026, 3, 12)) for id_ in (commune.id, other)]
        session.add_all(plans)
        session.flush()
        ours, theirs = (plan.id for plan in plans)

        def hand_in(plan: int) -> int:
            return receive(session, office.store.keys, lan, commune.id, b"1. A", "a.txt", plan_id=plan).meeting_id

        assert session.get_one(Meeting, hand_in(ours)).plan_id == ours
        for wrong in (theirs, 999):
            with pytest.raises(NotFound, match="kế hoạch"):
                hand_in(wrong)


def test_a_job_is_seen_in_its_scope_and_retried_only_after_a_failure(
    office: Office, lan: Person, commune: Commune, a_person: APerson
) -> None:
    received = office.hand_in(lan, commune.id, b"%PDF-1.4 hong", "hong.pdf")
    office.work()
    stranger = a_person("secretary")
    with office.store.begin() as session:
        with pytest.raises(NotFound):
            visible_job(session, stranger, received.job_id)
        assert session.get_one(Meeting, received.meeting_id).stage == "failed"
        job = retry(session, lan, received.job_id)
        assert (job.state, list(job.detail)) == ("queued", ["file"])
        assert session.get_one(Meeting, received.meeting_id).stage == "reading"
        with pytest.raises(Conflict):
            retry(session, lan, received.job_id)

"""A meeting whose every opinion is answered may be closed."""

from __future__ import annotations

from sqlalchemy import update

from tests.service.conftest import ACommune, APerson
from tests.service.office.reading import Office
from ydan_service.office.following.closing import closable
from ydan_service.office.following.wanted import Wanted
from ydan_service.person import Person
from ydan_service.store.tables import Meeting, Opinion, now


def found(office: Office, person: Person) -> list[int]:
    with office.store.read() as session:
        return [one.id for one in closable(session, person, Wanted())]


def test_a_meeting_is_offered_once_all_its_opinions_are_answered_and_reviewed(
    office: Office, meeting: int, lan: Person, a_person: APerson, a_commune: ACommune
) -> None:
    """Confidential ones count; not in another commune, not once it is closed."""
    assert found(office, lan) == []
    with office.store.begin() as session:
        session.execute(update(Opinion).where(~Opinion.confidential).values(status="da_giai_quyet", reviewed_at=now()))
        session.execute(update(Opinion).where(Opinion.confidential).values(status="chua_tra_loi", reviewed_at=now()))
    assert found(office, lan) == []
    with office.store.begin() as session:
        session.execute(update(Opinion).where(Opinion.confidential).values(status="huong_dan_kn_tc"))
    assert found(office, lan) == [meeting]
    assert found(office, a_person("secretary", communes=[a_commune("Xã khác").id])) == []
    with office.store.begin() as session:
        session.execute(update(Opinion).where(Opinion.key == "1").values(reviewed_at=None))
    assert found(office, lan) == []
    with office.store.begin() as session:
        session.execute(update(Opinion).values(reviewed_at=now()))
        session.get_one(Meeting, meeting).stage = "closed"
    assert found(office, lan) == []

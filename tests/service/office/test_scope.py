"""What lies outside of a person's communes does not exist."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.service.conftest import ACommune, APerson
from tests.service.office.reading import Office
from ydan_service.errors import NotFound
from ydan_service.office.scope import meetings_in_scope, opinions_open_to, visible_commune, visible_meeting
from ydan_service.person import Person
from ydan_service.store.tables import Meeting, Opinion


def test_a_meeting_of_another_commune_is_not_found(
    office: Office, meeting: int, lan: Person, a_person: APerson, a_commune: ACommune
) -> None:
    stranger = a_person("secretary", communes=[a_commune("Xã Khác").id])
    with office.store.read() as session:
        assert visible_meeting(session, lan, meeting).commune.name == "Xã Tân Lập"
        with pytest.raises(NotFound):
            visible_meeting(session, stranger, meeting)
        with pytest.raises(NotFound):
            visible_commune(session, stranger, lan.communes.__iter__().__next__())
        assert session.scalars(select(Meeting.id).where(meetings_in_scope(stranger))).all() == []
        everywhere = a_person("leader", everywhere=True)
        assert session.scalars(select(Meeting.id).where(meetings_in_scope(everywhere))).all() == [meeting]


def test_a_confidential_opinion_is_open_to_its_readers_alone(
    office: Office, meeting: int, lan: Person, hoa: Person
) -> None:
    with office.store.read() as session:
        live = select(Opinion.key).where(Opinion.meeting_id == meeting)
        assert "4" in session.scalars(live.where(opinions_open_to(lan))).all()
        assert "4" not in session.scalars(live.where(opinions_open_to(hoa))).all()

"""What a person may see at all: what lies outside is answered as if it did not exist."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session, joinedload

from ydan_service.errors import NotFound
from ydan_service.person import Person
from ydan_service.store.tables import Commune, ConfidentialReader, Meeting, Opinion


def meetings_in_scope(person: Person) -> ColumnElement[bool]:
    """A condition on :class:`Meeting`: those of the person's communes."""
    return true() if person.everywhere else Meeting.commune_id.in_(person.communes)


def communes_in_scope(person: Person) -> ColumnElement[bool]:
    """A condition on :class:`Commune`: those of the person."""
    return true() if person.everywhere else Commune.id.in_(person.communes)


def opinions_open_to(person: Person) -> ColumnElement[bool]:
    """A condition on :class:`Opinion`: not confidential, or confidential and this person is one of its readers."""
    mine = select(ConfidentialReader.opinion_id).where(ConfidentialReader.account_id == person.id)
    return ~Opinion.confidential | Opinion.id.in_(mine)


def visible_meeting(session: Session, person: Person, meeting_id: int) -> Meeting:
    """The meeting with its commune.

    :raises NotFound: there is none, or it is another commune's; the two are not told apart.
    """
    found = session.scalar(
        select(Meeting).options(joinedload(Meeting.commune)).where(Meeting.id == meeting_id, meetings_in_scope(person))
    )
    if found is None:
        raise NotFound("Không có cuộc họp này, hoặc không thuộc địa bàn của anh/chị. Hãy mở lại từ danh sách cuộc họp.")
    return found


def visible_commune(session: Session, person: Person, commune_id: int) -> Commune:
    """The commune.

    :raises NotFound: there is none, or the person does not work for it.
    """
    found = session.scalar(select(Commune).where(Commune.id == commune_id, communes_in_scope(person)))
    if found is None:
        raise NotFound("Không có xã, phường này trong địa bàn của anh/chị. Hãy chọn lại trong danh sách.")
    return found

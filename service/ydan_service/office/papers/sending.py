"""Letters up and slips sideways as drafts for the follow-up: made with the document, sent by a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ydan.documents.letters import SIDE, UP
from ydan_service.person import Person
from ydan_service.store.tables import Dispatch, Dispatched, Document, Reply, now

DIRECTIONS: Mapping[str, str] = {UP: "up", SIDE: "sideways"}
"""The way of a letter → :data:`~ydan_service.store.tables.DIRECTIONS`."""


class Written(NamedTuple):
    """A letter that was made: its document, where it goes, the ids of the opinions in it."""

    document: Document
    way: str
    addressee: str
    opinions: tuple[int, ...]


def draft_letters(session: Session, person: Person, meeting_id: int, written: Iterable[Written]) -> None:
    """Keep one :class:`Dispatch` for each addressee and direction, however often letters are made.

    One that was sent stays as it was sent; its new document says which opinions it did not hold.
    """
    there = _there(session, meeting_id)
    for letter in written:
        direction = DIRECTIONS[letter.way]
        found = there.get((direction, letter.addressee))
        if found is None:
            found = Dispatch(
                meeting_id=meeting_id, direction=direction, addressee=letter.addressee, by=person.id, at=now()
            )
            session.add(found)
            session.flush()
            there[direction, letter.addressee] = found
        if found.sent_on is None:
            found.document_id = letter.document.id
            _set_opinions(session, found, letter.opinions)
        else:
            _say_what_is_new(session, found, letter)


def drop_drafts(session: Session, meeting_id: int, way: str, addressees: Iterable[str]) -> int:
    """Take out drafts of a direction whose addressee is written to no more; how many. What has a number stays."""
    kept = set(addressees)
    gone = [
        one
        for (direction, addressee), one in _there(session, meeting_id).items()
        if direction == DIRECTIONS[way] and addressee not in kept and one.sent_on is None and not one.number
    ]
    replied = set(session.scalars(select(Reply.dispatch_id).where(Reply.dispatch_id.in_([one.id for one in gone]))))
    for one in gone:
        if one.id not in replied:
            session.delete(one)
    session.flush()
    return len(gone) - len(replied)


def _there(session: Session, meeting_id: int) -> dict[tuple[str, str], Dispatch]:
    """The letters of a meeting; of several to one office the first that was not sent, else the last."""
    found: dict[tuple[str, str], Dispatch] = {}
    for one in session.scalars(select(Dispatch).where(Dispatch.meeting_id == meeting_id).order_by(Dispatch.id)):
        before = found.get((one.direction, one.addressee))
        if before is None or before.sent_on is not None:
            found[one.direction, one.addressee] = one
    return found


def _set_opinions(session: Session, dispatch: Dispatch, opinions: tuple[int, ...]) -> None:
    rows = {row.opinion_id: row for row in session.scalars(_in(dispatch))}
    for id_, row in rows.items():
        if id_ not in opinions:
            session.delete(row)
    for id_ in opinions:
        if id_ not in rows:
            session.add(Dispatched(dispatch_id=dispatch.id, opinion_id=id_))
    session.flush()


def _say_what_is_new(session: Session, dispatch: Dispatch, letter: Written) -> None:
    sent = {row.opinion_id for row in session.scalars(_in(dispatch))}
    new = [id_ for id_ in letter.opinions if id_ not in sent]
    said = f"Văn bản này đã gửi ngày {dispatch.sent_on:%d/%m/%Y}"
    more = f"; bản mới có thêm {len(new)} ý kiến chưa gửi" if new else ""
    letter.document.checks = [f"{said}{more}", *letter.document.checks]


def _in(dispatch: Dispatch) -> Select[Dispatched]:
    return select(Dispatched).where(Dispatched.dispatch_id == dispatch.id)

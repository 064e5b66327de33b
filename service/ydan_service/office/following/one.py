"""One opinion's follow-up: its words, what was decided and answered since, in the order of the days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from ydan_service.errors import NotFound
from ydan_service.office.following.assigning import words_of
from ydan_service.office.following.rows import Row, rows_of
from ydan_service.office.following.statuses import because_kind
from ydan_service.office.scope import meetings_in_scope, opinions_open_to
from ydan_service.person import Person
from ydan_service.store import personal
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import (
    Account,
    Answer,
    AnswerTo,
    Assignment,
    Meeting,
    Opinion,
    Reply,
    StatusChange,
)


class Event(NamedTuple):
    """Something that happened to the opinion: ``raised``, ``status``, ``charged``, ``done``, ``answer``, ``told``,
    ``sent`` or ``reply``; ``what`` the words, ``who`` the office, ``by`` who wrote it down (nobody: minutes)."""

    day: date | None
    kind: str
    what: str = ""
    who: str = ""
    by: str = ""
    link: int | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """An assignment with its words, also those of a confidential opinion."""

    row: Assignment
    body: str
    what: str


@dataclass(frozen=True, slots=True)
class Followed:
    """One opinion; ``text`` is covered, of a confidential one in full for its reader (``secret``)."""

    row: Row
    text: str
    tasks: Sequence[Task]
    events: Sequence[Event]
    secret: bool


def look_at_one(session: Session, keys: KeyRing, person: Person, opinion_id: int, today: date) -> Followed:
    """The opinion.

    :raises NotFound: none, not live, out of scope, or confidential to others.
    """
    opinion = session.scalar(
        select(Opinion)
        .join(Meeting, Meeting.id == Opinion.meeting_id)
        .options(joinedload(Opinion.meeting).joinedload(Meeting.commune))
        .where(Opinion.id == opinion_id, Opinion.state == "live", opinions_open_to(person), meetings_in_scope(person))
    )
    if opinion is None:
        raise NotFound("Không có ý kiến này, hoặc không thuộc địa bàn của anh/chị. Hãy mở lại từ trang theo dõi.")
    (row,) = rows_of(session, [opinion], today)
    secret = opinion.confidential
    text = personal.read(session, keys, "opinion", [opinion.id], "text").get(opinion.id, "") if secret else opinion.text
    rows = session.scalars(select(Assignment).where(Assignment.opinion_id == opinion.id).order_by(Assignment.id)).all()
    sealed = words_of(session, keys, [one.id for one in rows]) if secret else {}
    tasks = [Task(one, *sealed.get(one.id, (one.body, one.what))) for one in rows]
    return Followed(row, text, tasks, _events(session, keys, opinion, row, tasks), secret)


def _events(session: Session, keys: KeyRing, opinion: Opinion, row: Row, tasks: Sequence[Task]) -> list[Event]:
    names = {account.id: account.display_name for account in session.scalars(select(Account))}
    held = opinion.meeting.held_on
    found = [Event(held, "raised")]
    for change in session.scalars(
        select(StatusChange).where(StatusChange.opinion_id == opinion.id).order_by(StatusChange.id)
    ):
        why = change.because
        if opinion.confidential and change.by is not None:
            why = personal.read(session, keys, "opinion", [opinion.id], because_kind(change.id)).get(opinion.id, "")
        day = change.on or (held if change.by is None else change.at.date())
        found.append(Event(day, "status", why, change.status, names.get(change.by or 0, "")))
    for task in tasks:
        at = held if task.row.from_minutes else task.row.at.date()
        found.append(Event(at, "charged", task.what, task.body, names.get(task.row.by or 0, "")))
        if task.row.done_on is not None:
            found.append(Event(task.row.done_on, "done", task.what, task.body))
    found += _answers(session, keys, opinion, names)
    ids = [letter.id for letter in row.sent]
    for letter in row.sent:
        if letter.sent_on is not None:
            found.append(Event(letter.sent_on, "sent", letter.number or "", letter.addressee, link=letter.id))
    for reply in session.scalars(select(Reply).where(Reply.dispatch_id.in_(ids))):
        to = next(letter.addressee for letter in row.sent if letter.id == reply.dispatch_id)
        found.append(
            Event(reply.received_on, "reply", reply.number or "", to, names.get(reply.by or 0, ""), reply.dispatch_id)
        )
    return sorted(found, key=lambda event: (event.kind != "raised", event.day or date.min))


def _answers(session: Session, keys: KeyRing, opinion: Opinion, names: dict[int, str]) -> list[Event]:
    rows = session.execute(
        select(Answer, AnswerTo.told_on)
        .join(AnswerTo, AnswerTo.answer_id == Answer.id)
        .where(AnswerTo.opinion_id == opinion.id)
        .order_by(Answer.id)
    ).all()
    full = (
        personal.read(session, keys, "answer", [one.id for one, _told in rows], "text") if opinion.confidential else {}
    )
    found = []
    for one, told in rows:
        day = one.given_on or opinion.meeting.held_on
        text = full.get(one.id, "") if opinion.confidential else one.text
        found.append(Event(day, "answer", text, one.speaker or "", names.get(one.by or 0, "")))
        if told is not None:
            found.append(Event(told, "told"))
    return found

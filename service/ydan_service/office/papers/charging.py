"""Who is to do what by when, as the conclusion says it: the opinion's assignments follow."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ydan_service.office.following.bodies import key_of
from ydan_service.person import Person
from ydan_service.store.tables import Assignment, Opinion, now

Deadline = tuple[date | None, str | None]


def open_tasks(session: Session, opinion: Opinion) -> list[Assignment]:
    """The opinion's assignments that are not done."""
    rows = select(Assignment).where(Assignment.opinion_id == opinion.id, Assignment.done_on.is_(None))
    return list(session.scalars(rows.order_by(Assignment.id)))


def charge(session: Session, person: Person, opinion: Opinion, said: str) -> None:
    """Charge the offices of ``said`` (one, or several with semicolons) and no others; what is done stays.

    An office that is charged already keeps its task and deadline; a new one takes the deadline of all, if it is one.
    """
    rows = open_tasks(session, opinion)
    there = {key_of(row.body): row for row in rows}
    wanted = {key_of(body): body for body in (part.strip() for part in said.split(";")) if body}
    common = {(row.deadline, row.deadline_text) for row in rows}
    deadline: Deadline = common.pop() if len(common) == 1 else (None, None)
    for key, body in (wanted or ({"": ""} if any(deadline) else {})).items():
        if key in there:
            there[key].body = body
        else:
            session.add(_task(person, opinion, body, deadline))
    for row in rows:
        if key_of(row.body) not in wanted and (wanted or row.body):
            session.delete(row)


def set_deadline(session: Session, person: Person, opinion: Opinion, deadline: Deadline) -> None:
    """One deadline for everybody who is charged; without anybody it waits for somebody."""
    rows = open_tasks(session, opinion)
    for row in rows:
        row.deadline, row.deadline_text = deadline
        row.from_minutes, row.by, row.at = False, person.id, now()
        if not row.body and not any(deadline):
            session.delete(row)
    if not rows and any(deadline):
        session.add(_task(person, opinion, "", deadline))


def forget(session: Session, opinion: Opinion) -> None:
    """Take out what is not done, to be written anew from the minutes."""
    session.execute(delete(Assignment).where(Assignment.opinion_id == opinion.id, Assignment.done_on.is_(None)))


def _task(person: Person, opinion: Opinion, body: str, deadline: Deadline) -> Assignment:
    return Assignment(
        opinion_id=opinion.id, body=body, deadline=deadline[0], deadline_text=deadline[1], from_minutes=False,
        by=person.id,
    )  # fmt: skip

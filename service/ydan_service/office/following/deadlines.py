"""When an opinion's next answer is due: the earliest day of what is charged and what was sent and not answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from ydan_service.office import settings
from ydan_service.office.leading.narrowing import OPEN
from ydan_service.store.tables import Assignment, Dispatch, Dispatched, Opinion, Reply

WAITING = ("kien_nghi_cap_tren", "chuyen_co_quan_khac")
"""Statuses in which a higher level or another body owes the answer."""


def awaited() -> ColumnElement[bool]:
    """A condition on a :class:`Dispatch` joined with an :class:`Opinion` in it: its answer is still to come.

    A reply that leaves the opinion waiting was one in between.
    """
    replied = select(Reply.dispatch_id)
    return and_(
        Dispatch.sent_on.is_not(None),
        Opinion.status.in_(OPEN),
        or_(Dispatch.id.not_in(replied), Opinion.status.in_(WAITING)),
    )


def due_of(sent_on: date | None, due_on: date | None, reply_days: int) -> date | None:
    """When the answer to a letter is due; one that was not sent waits for nobody.

    >>> due_of(date(2026, 3, 1), None, 15), due_of(None, date(2026, 3, 1), 15)
    (datetime.date(2026, 3, 16), None)
    """
    if sent_on is None:
        return None
    return due_on or sent_on + timedelta(days=reply_days)


def settle_deadlines(session: Session, opinions: Iterable[Opinion]) -> None:
    """Set ``deadline`` of opinions after tasks or letters of theirs changed; ``reply_days`` is the office's setting."""
    rows, reply_days = list(opinions), settings.number(session, "reply_days")
    session.flush()
    found: dict[int, date] = {}
    for id_, day in _days(session, [row.id for row in rows], reply_days):
        found[id_] = min(day, found.get(id_, day))
    for row in rows:
        row.deadline = found.get(row.id)


def _days(session: Session, ids: list[int], reply_days: int) -> list[tuple[int, date]]:
    charged = select(Assignment.opinion_id, Assignment.deadline).where(
        Assignment.opinion_id.in_(ids), Assignment.done_on.is_(None)
    )
    sent = (
        select(Opinion.id, Dispatch.sent_on, Dispatch.due_on)
        .join(Dispatched, Dispatched.opinion_id == Opinion.id)
        .join(Dispatch, Dispatch.id == Dispatched.dispatch_id)
        .where(Opinion.id.in_(ids), awaited())
    )
    pairs: list[tuple[int, date | None]] = [(id_, day) for id_, day in session.execute(charged)]
    pairs += [(id_, due_of(sent_on, due_on, reply_days)) for id_, sent_on, due_on in session.execute(sent)]
    return [(id_, day) for id_, day in pairs if day is not None]

"""Meetings whose every opinion is answered: they may be closed."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from ydan_service.office.following.conditions import ANSWERED, of_meetings
from ydan_service.office.following.wanted import Wanted
from ydan_service.person import Person
from ydan_service.store.tables import Commune, Meeting, Opinion

_MOST = 5


class Closable(NamedTuple):
    """A meeting that may be closed, with the number of its opinions."""

    id: int
    title: str
    held_on: date | None
    commune: str
    opinions: int


def closable(session: Session, person: Person, wanted: Wanted) -> list[Closable]:
    """Open meetings in scope without an opinion that waits for an answer or a look, the oldest first; a few of them."""
    meant = select(Meeting.id).where(Meeting.stage.in_(("review", "concluded")), of_meetings(person, wanted))
    left = case((or_(Opinion.status.not_in(ANSWERED), Opinion.reviewed_at.is_(None)), 1), else_=0)
    done = (
        select(Opinion.meeting_id, func.count().label("opinions"))
        .where(Opinion.state == "live", Opinion.meeting_id.in_(meant))
        .group_by(Opinion.meeting_id)
        .having(func.sum(left) == 0)
        .subquery()
    )
    rows = session.execute(
        select(Meeting.id, Meeting.title, Meeting.held_on, Commune.name, done.c.opinions)
        .join(done, done.c.meeting_id == Meeting.id)
        .join(Commune, Commune.id == Meeting.commune_id)
        .order_by(Meeting.held_on, Meeting.id)
        .limit(_MOST)
    )
    return [Closable(*row) for row in rows]

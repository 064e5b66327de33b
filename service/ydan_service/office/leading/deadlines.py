"""What is late and what is due soon: by how many days, and who is charged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ydan_service.office.leading.conditions import opinions_meant
from ydan_service.office.leading.excerpt import Piece, excerpt
from ydan_service.office.leading.narrowing import Narrowing
from ydan_service.person import Person
from ydan_service.store.tables import Assignment, Commune, Meeting, Opinion

SHOWN_LATE = 6
SHOWN_SOON = 4
_LONGEST = 150


@dataclass(frozen=True, slots=True)
class Due:
    """An opinion with its deadline; ``left`` are the days to it, negative when it is late.

    ``charged``: those who are to do something and have not, the last one charged first.
    """

    id: int
    words: tuple[Piece, ...]
    commune: str
    meeting_id: int
    held_on: date | None
    topic: str | None
    status: str
    deadline: date
    left: int
    charged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The longest late first, then the soonest due; ``ever``: late ones of all the commune's sessions."""

    late: tuple[Due, ...]
    soon: tuple[Due, ...]
    ever: int


def find_deadlines(
    session: Session, person: Person, narrowing: Narrowing, today: date, late: int, soon: int
) -> Deadlines:
    """``late`` and ``soon`` are the counts already known: nothing is asked where there is nothing."""
    reads = person.may("meetings.read")
    behind = _first(session, person, narrowing.but(late=True), SHOWN_LATE, today) if late and reads else []
    near = _first(session, person, narrowing.but(soon=True), SHOWN_SOON, today) if soon and reads else []
    lines = _lines(session, [*behind, *near], today)
    return Deadlines(
        tuple(lines[id_] for id_ in behind),
        tuple(lines[id_] for id_ in near),
        _count(session, person, everywhere(narrowing), today),
    )


def everywhere(narrowing: Narrowing) -> Narrowing:
    """Late ones of every session of the commune, whatever the period: what is owed does not end with the year."""
    return Narrowing(commune=narrowing.commune, late=True)


def _count(session: Session, person: Person, narrowing: Narrowing, today: date) -> int:
    where = opinions_meant(narrowing, person, today)
    return session.scalar(select(func.count()).select_from(Opinion).where(where)) or 0


def _first(session: Session, person: Person, narrowing: Narrowing, most: int, today: date) -> list[int]:
    where = opinions_meant(narrowing, person, today)
    return list(session.scalars(select(Opinion.id).where(where).order_by(Opinion.deadline, Opinion.id).limit(most)))


def _lines(session: Session, ids: Sequence[int], today: date) -> dict[int, Due]:
    if not ids:
        return {}
    rows = session.execute(
        select(
            Opinion.id, Opinion.text, Opinion.topic, Opinion.status, Opinion.deadline, Opinion.meeting_id,
            Meeting.held_on, Commune.name,
        )
        .join(Meeting, Meeting.id == Opinion.meeting_id)
        .join(Commune, Commune.id == Meeting.commune_id)
        .where(Opinion.id.in_(ids))
    )  # fmt: skip
    charged = _charged(session, ids)
    return {
        one.id: Due(
            one.id, excerpt(one.text, most=_LONGEST), one.name, one.meeting_id, one.held_on, one.topic, one.status,
            one.deadline, (one.deadline - today).days, charged.get(one.id, ()),
        )
        for one in rows
    }  # fmt: skip


def _charged(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    asked = select(Assignment.opinion_id, Assignment.body).where(
        Assignment.opinion_id.in_(ids), Assignment.done_on.is_(None)
    )
    for opinion_id, body in session.execute(asked.order_by(Assignment.id.desc())):
        before = found.get(opinion_id, ())
        if body and body not in before:
            found[opinion_id] = (*before, body)
    return found

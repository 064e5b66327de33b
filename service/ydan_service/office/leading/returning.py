"""Matters that come back: an earlier session heard them, then they were promised or called settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from ydan_service.office.leading.conditions import PROMISED, opinions_meant
from ydan_service.office.leading.excerpt import Piece, excerpt
from ydan_service.office.leading.held import Sessions
from ydan_service.office.leading.narrowing import Narrowing
from ydan_service.person import Person
from ydan_service.store.tables import Assignment, Commune, Meeting, Opinion, RaisedBefore

SHOWN = 5
_LONGEST = 150


class Pair(NamedTuple):
    """An opinion beside one earlier one; ``promised``: that was in work, called settled or charged to somebody."""

    id: int
    meeting: int
    promised: bool


@dataclass(frozen=True, slots=True)
class Again:
    """An opinion that comes back; of the ``times`` it was heard before, the last promise is told.

    ``promised_on`` is the day of that session, ``said`` its status, ``charged`` who was to see to it, ``due`` by when.
    ``confirmed``: a person said that it is the same matter; otherwise the model found it.
    """

    id: int
    words: tuple[Piece, ...]
    commune: str
    meeting_id: int
    held_on: date | None
    topic: str | None
    times: int
    earlier_id: int
    promised_on: date | None
    said: str
    charged: str
    due: date | None
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Returning:
    """``heard``: raised before at all; ``promised``: and then promised or called settled; ``lines`` are of those."""

    heard: int
    promised: int
    lines: tuple[Again, ...]


def find_returning(
    session: Session, person: Person, narrowing: Narrowing, sessions: Sessions, today: date
) -> Returning:
    """Those raised most often first, then the latest; the counts are those of the list behind ``returning``."""
    pairs = _pairs(session, person, narrowing, today)
    days = {each.id: each.order for each in sessions.now}
    times = Counter(pair.id for pair in pairs)
    promised = {pair.id: days.get(pair.meeting, (date.min, 0)) for pair in pairs if pair.promised}
    order = sorted(promised, key=lambda id_: (times[id_], promised[id_], id_), reverse=True)[:SHOWN]
    lines = _lines(session, order, times) if order and person.may("meetings.read") else ()
    return Returning(len(times), len(promised), lines)


def _pairs(session: Session, person: Person, narrowing: Narrowing, today: date) -> list[Pair]:
    """Each opinion meant beside each earlier one that may be told of.

    What may be told is sorted out here: as a condition it leads SQLite to walk all live opinions for each pair.
    """
    earlier = aliased(Opinion)
    meant = select(Opinion.id).where(opinions_meant(narrowing, person, today))
    charged = select(Assignment.id).where(Assignment.opinion_id == earlier.id).exists()
    rows = session.connection().execute(
        select(
            RaisedBefore.opinion_id, Opinion.meeting_id, earlier.status, charged, earlier.state, earlier.confidential
        )
        .join(earlier, earlier.id == RaisedBefore.earlier_id)
        .join(Opinion, Opinion.id == RaisedBefore.opinion_id)
        .where(RaisedBefore.opinion_id.in_(meant))
    )
    return [
        Pair(opinion, meeting, status in PROMISED or bool(given))
        for opinion, meeting, status, given, state, secret in rows
        if state == "live" and not secret
    ]


def _lines(session: Session, ids: Sequence[int], times: Mapping[int, int]) -> tuple[Again, ...]:
    rows = session.execute(
        select(Opinion.id, Opinion.text, Opinion.topic, Opinion.meeting_id, Meeting.held_on, Commune.name)
        .join(Meeting, Meeting.id == Opinion.meeting_id)
        .join(Commune, Commune.id == Meeting.commune_id)
        .where(Opinion.id.in_(ids))
    )
    earlier = _promises(session, ids)
    found = {
        row.id: Again(
            row.id, excerpt(row.text, most=_LONGEST), row.name, row.meeting_id, row.held_on, row.topic, times[row.id],
            *earlier[row.id],
        )
        for row in rows
    }  # fmt: skip
    return tuple(found[id_] for id_ in ids)


_Promise = tuple[int, date | None, str, str, date | None, bool]


def _promises(session: Session, ids: Sequence[int]) -> dict[int, _Promise]:
    """Opinion → the latest promise before it."""
    rows = session.execute(
        select(
            RaisedBefore.opinion_id, RaisedBefore.confirmed_by, Opinion.id, Opinion.status, Opinion.deadline,
            Opinion.state, Opinion.confidential, Meeting.held_on, Assignment.body, Assignment.deadline.label("set_to"),
        )
        .join(Opinion, Opinion.id == RaisedBefore.earlier_id)
        .join(Meeting, Meeting.id == Opinion.meeting_id)
        .outerjoin(Assignment, Assignment.opinion_id == Opinion.id)
        .where(RaisedBefore.opinion_id.in_(ids))
        .order_by(Meeting.held_on, Opinion.id, Assignment.id)
    )  # fmt: skip
    found: dict[int, _Promise] = {}
    for row in rows:
        told = row.state == "live" and not row.confidential
        if told and (row.status in PROMISED or row.body is not None):
            due = row.set_to or row.deadline
            found[row.opinion_id] = (row.id, row.held_on, row.status, row.body or "", due, row.confirmed_by is not None)
    return found

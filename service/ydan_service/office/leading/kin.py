"""Opinions that belong to one: what it came of, its heirs, where it was raised before and again, who says the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, Text, cast, or_, select
from sqlalchemy.orm import Session

from ydan_service.office.scope import meetings_in_scope, opinions_open_to
from ydan_service.person import Person
from ydan_service.store.tables import AlikeGroup, AlikeMember, Meeting, Opinion, RaisedBefore

MOST = 40
"""Opinions in one list, at most; a matter raised more often than that has a page of its own."""


@dataclass(frozen=True, slots=True)
class Relative:
    """Another opinion, its words covered; ``probability`` that it is the same matter, where a model said so."""

    id: int
    key: str
    state: str
    text: str
    status: str
    deadline: date | None
    meeting_id: int
    meeting_title: str
    held_on: date | None
    probability: float | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Alike:
    """The group of one answer within the meeting; ``others`` without the opinion itself."""

    people: int
    places: int
    confirmed: bool
    others: tuple[Relative, ...]


@dataclass(frozen=True, slots=True)
class Kin:
    """Each in order; ``before`` and ``again`` by the day of the meeting. Only what the person may read is here."""

    parents: tuple[Relative, ...]
    heirs: tuple[Relative, ...]
    before: tuple[Relative, ...]
    again: tuple[Relative, ...]
    alike: Alike | None

    @property
    def times(self) -> int:
        """At how many meetings it was raised, this one among them."""
        return 1 + len({one.meeting_id for one in (*self.before, *self.again)})


def find_kin(session: Session, person: Person, opinion: Opinion) -> Kin:
    """Everything of one opinion; a confidential one has only what it came of."""
    same = Opinion.meeting_id == opinion.meeting_id
    parents = _relatives(session, person, same, Opinion.key.in_(opinion.lineage)) if opinion.lineage else ()
    # JSON is text in both databases, and a key stands there in quotes; the list itself then decides
    quoted = cast(Opinion.lineage, Text).contains(f'"{opinion.key}"', autoescape=True)
    heirs = _relatives(session, person, same, quoted, key=opinion.key)
    if opinion.confidential:
        return Kin(parents, heirs, (), (), None)
    live = Opinion.state == "live", Opinion.confidential.is_(False)
    direct = _direct(session, opinion.id)
    earlier, later = _ids(session, _back(opinion.id)), _ids(session, _forth(opinion.id))
    return Kin(
        parents,
        heirs,
        _relatives(session, person, Opinion.id.in_(earlier - {opinion.id}), *live, direct=direct) if earlier else (),
        _relatives(session, person, Opinion.id.in_(later - earlier - {opinion.id}), *live, direct=direct)
        if later
        else (),
        _alike(session, person, opinion),
    )


def _back(opinion_id: int) -> CTE:
    """What it repeats, and what that repeats, and so on."""
    chain = select(RaisedBefore.earlier_id.label("id")).where(RaisedBefore.opinion_id == opinion_id)
    found = chain.cte("back", recursive=True)
    return found.union(select(RaisedBefore.earlier_id).join(found, RaisedBefore.opinion_id == found.c.id))


def _forth(opinion_id: int) -> CTE:
    """What repeats it, and what repeats that, and so on."""
    chain = select(RaisedBefore.opinion_id.label("id")).where(RaisedBefore.earlier_id == opinion_id)
    found = chain.cte("forth", recursive=True)
    return found.union(select(RaisedBefore.opinion_id).join(found, RaisedBefore.earlier_id == found.c.id))


def _ids(session: Session, chain: CTE) -> set[int]:
    return set(session.scalars(select(chain.c.id)))


def _direct(session: Session, opinion_id: int) -> dict[int, RaisedBefore]:
    """The pairs that the opinion itself is in, by the other one."""
    mine = or_(RaisedBefore.opinion_id == opinion_id, RaisedBefore.earlier_id == opinion_id)
    rows = session.scalars(select(RaisedBefore).where(mine))
    return {row.earlier_id if row.opinion_id == opinion_id else row.opinion_id: row for row in rows}


def _alike(session: Session, person: Person, opinion: Opinion) -> Alike | None:
    member = AlikeMember.group_id == AlikeGroup.id
    group = session.scalars(
        select(AlikeGroup)
        .join(AlikeMember, member)
        .where(AlikeMember.opinion_id == opinion.id)
        .order_by(AlikeGroup.id)
        .limit(1)
    ).first()
    if group is None:
        return None
    members = set(session.scalars(select(AlikeMember.opinion_id).where(AlikeMember.group_id == group.id)))
    live = Opinion.state == "live", Opinion.confidential.is_(False)
    others = _relatives(session, person, Opinion.id.in_(members - {opinion.id}), *live)
    return Alike(group.people, group.places, group.confirmed_by is not None, others) if others else None


def _relatives(
    session: Session,
    person: Person,
    *where: ColumnElement[bool],
    key: str = "",
    direct: dict[int, RaisedBefore] | None = None,
) -> tuple[Relative, ...]:
    found = []
    for row in session.execute(_asked(person, where).limit(MOST)):
        if key and key not in row.lineage:
            continue
        pair = (direct or {}).get(row.id)
        chance = None if pair is None else pair.probability
        values = {name: value for name, value in row._mapping.items() if name != "lineage"}
        found.append(
            Relative(**values, probability=chance, confirmed=pair is not None and pair.confirmed_by is not None)
        )
    return tuple(found)


def _asked(person: Person, where: Iterable[ColumnElement[bool]]) -> Select[Any]:
    return (
        select(
            Opinion.id, Opinion.key, Opinion.state, Opinion.text, Opinion.status, Opinion.deadline, Opinion.lineage,
            Opinion.meeting_id, Meeting.title.label("meeting_title"), Meeting.held_on,
        )
        .join(Meeting)
        .where(*where, opinions_open_to(person), meetings_in_scope(person))
        .order_by(Meeting.held_on.is_(None), Meeting.held_on, Opinion.meeting_id, Opinion.position, Opinion.id)
    )  # fmt: skip

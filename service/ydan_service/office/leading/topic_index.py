"""Every topic with its counts, to choose one from: two grouped questions, whatever is in the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import distinct, func, literal_column, select
from sqlalchemy.orm import Session

from ydan.taxonomy import load_taxonomy
from ydan_service.office.leading.conditions import late, opinions_meant
from ydan_service.office.leading.counting import one
from ydan_service.office.leading.listing import count_hidden
from ydan_service.office.leading.narrowing import NONE, OPEN, Narrowing
from ydan_service.office.leading.previous import count_sessions, find_previous
from ydan_service.person import Person
from ydan_service.store.tables import Opinion

_TOPIC = func.coalesce(Opinion.topic, literal_column(f"'{NONE}'"))
"""Not the column itself: SQLite would walk every opinion in its order instead of the index made for the figures."""


@dataclass(frozen=True, slots=True)
class Line:
    """A topic; ``narrowing`` means exactly its ``count`` opinions. ``before`` is None without a time before."""

    topic: str
    narrowing: Narrowing
    count: int
    share: float
    villages: int
    open: int
    late: int
    up: int
    unreviewed: int
    before: int | None

    @property
    def difference(self) -> int | None:
        """How many more than in the time before."""
        return None if self.before is None else self.count - self.before


@dataclass(frozen=True, slots=True)
class Index:
    """The topics that came up, the commonest first; those of no topic last. ``previous`` is what is compared with."""

    lines: tuple[Line, ...]
    count: int
    hidden: int
    sessions: int
    previous: Narrowing | None


def list_topics(session: Session, person: Person, period: Narrowing, today: date) -> Index:
    """The topics in the sessions of ``period``."""
    rows = session.execute(
        select(
            _TOPIC,
            func.count(),
            func.count(distinct(Opinion.village_id)),
            func.sum(one(Opinion.status.in_(OPEN))),
            func.sum(one(late(today))),
            func.sum(one(Opinion.escalate.is_(True))),
            func.sum(one(Opinion.reviewed_at.is_(None))),
        )
        .where(opinions_meant(period, person, today))
        .group_by(_TOPIC)
    ).all()
    total = sum(row[1] for row in rows)
    previous = find_previous(session, person, period, today)
    before = None if previous is None else _counts(session, person, previous, today)
    lines = [
        Line(
            topic=topic,
            narrowing=period.but(topic=topic),
            count=count,
            share=count / total,
            villages=villages,
            open=int(owed),
            late=int(behind),
            up=int(up),
            unreviewed=int(unseen),
            before=None if before is None else before.get(topic, 0),
        )
        for topic, count, villages, owed, behind, up, unseen in rows
    ]
    order = {topic: at for at, topic in enumerate([*load_taxonomy().topics, NONE])}
    lines.sort(key=lambda line: (line.topic == NONE, -line.count, order.get(line.topic, len(order))))
    sessions = count_sessions(session, person, period)
    return Index(tuple(lines), total, count_hidden(session, person, period), sessions, previous)


def _counts(session: Session, person: Person, narrowing: Narrowing, today: date) -> dict[str, int]:
    where = opinions_meant(narrowing, person, today)
    rows = session.execute(select(_TOPIC, func.count()).where(where).group_by(_TOPIC))
    return {row[0]: row[1] for row in rows}

"""The grouped questions behind the figures, answered from the index ``ix_opinion_figures``.

Confidential opinions are in none of these counts: a topic or a village with one of them would tell of it. The questions
go over the session's connection: thousands of plain rows need none of the mapper's work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from sqlalchemy import ColumnElement, case, func, literal_column, select
from sqlalchemy.orm import Session

from ydan_service.office.leading.conditions import late, soon
from ydan_service.store.tables import Meeting, Opinion

AT_ONCE = 900
"""Ids in one question: a database takes only so many values."""


class Cell(NamedTuple):
    """Opinions of one session and topic, reviewed or (``unreviewed`` 1) not."""

    meeting: int
    topic: str | None
    unreviewed: int
    n: int
    up: int
    late: int


class Kind(NamedTuple):
    """Opinions with the same labels beside the topic; ``late``, ``soon`` and ``unreviewed`` are 0 or 1."""

    level: str | None
    status: str
    up: bool
    host: str
    unreviewed: int
    late: int
    soon: int
    n: int


Row = TypeVar("Row", Cell, Kind)
Past = Mapping[tuple[int, str | None], int]
"""Session and topic → opinions."""


def count_cells(session: Session, where: ColumnElement[bool], today: date) -> list[Cell]:
    """By session, topic and whether a person has looked."""
    keys = Opinion.meeting_id, Opinion.topic, one(Opinion.reviewed_at.is_(None))
    asked = select(*keys, func.count(), _sum(Opinion.escalate.is_(True)), _sum(late(today))).where(where)
    return [Cell(*row[:4], int(row[4]), int(row[5])) for row in session.connection().execute(asked.group_by(*keys))]


def count_kinds(session: Session, where: ColumnElement[bool], today: date) -> list[Kind]:
    """By everything else."""
    keys = (
        Opinion.level, Opinion.status, Opinion.escalate, Meeting.host_level, one(Opinion.reviewed_at.is_(None)),
        one(late(today)), one(soon(today)),
    )  # fmt: skip
    asked = select(*keys, func.count()).join(Meeting, Meeting.id == Opinion.meeting_id).where(where)
    return [Kind(*row) for row in session.connection().execute(asked.group_by(*keys))]


def count_past(session: Session, meetings: Iterable[int], reviewed: bool | None) -> dict[tuple[int, str | None], int]:
    """By session and topic, of sessions that the caller knows to be in scope."""
    found: dict[tuple[int, str | None], int] = {}
    ordered = sorted(meetings)
    for start in range(0, len(ordered), AT_ONCE):
        asked = select(Opinion.meeting_id, Opinion.topic, func.count()).where(
            Opinion.state == "live",
            Opinion.confidential.is_(False),
            Opinion.meeting_id.in_(ordered[start : start + AT_ONCE]),
        )
        if reviewed is not None:
            asked = asked.where(Opinion.reviewed_at.is_not(None) if reviewed else Opinion.reviewed_at.is_(None))
        for meeting, topic, n in session.connection().execute(asked.group_by(Opinion.meeting_id, Opinion.topic)):
            found[meeting, topic] = n
    return found


def parts(rows: Sequence[Row], label: Callable[[Row], str | None]) -> dict[str | None, tuple[int, int]]:
    """Label → opinions, and how many of them nobody has reviewed."""
    found: dict[str | None, tuple[int, int]] = {}
    for row in rows:
        n, unreviewed = found.get(label(row), (0, 0))
        found[label(row)] = n + row.n, unreviewed + row.n * row.unreviewed
    return found


def one(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """1 where it holds, else 0; literals, so that PostgreSQL sees the same expression in both places of a grouping."""
    return case((condition, literal_column("1")), else_=literal_column("0"))


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(one(condition)), 0)

"""How long things are kept: months after a meeting was closed, a rule each for files, names and whole meetings.

The rules are office settings (``{"value": months}``, 0: for ever); :data:`RULES` holds where nobody set one. Nothing
is deleted by itself: a person or ``ydan-serve retention --run`` does it, after looking at what is :func:`due`. What is
left of a deleted meeting are numbers in the ledger. Backups made before still hold what was deleted.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Engine, and_, delete, func, not_, or_, select
from sqlalchemy.orm import Session

from ydan_service.errors import Forbidden, Invalid
from ydan_service.person import Person
from ydan_service.store import audit
from ydan_service.store.tables import (
    Answer,
    Commune,
    KeptFile,
    LedgerLine,
    Meeting,
    OfficeSetting,
    Opinion,
    PersonalData,
)
from ydan_service.store.tables.base import VIETNAM

RULES = {"retention_files": 24, "retention_names": 24, "retention_meetings": 120}
"""Rule → months where no setting says otherwise: uploaded files; names, addresses and uncovered words; meetings."""
MOST_MONTHS = 1200
FILES = ("source", "extract")
"""Kinds of files that came with a meeting; documents that were made of it go with the meeting."""


@dataclass(frozen=True, slots=True)
class Due:
    """What a rule of :data:`RULES` gives up of a meeting since ``since``: so many files, sealed entries or opinions."""

    rule: str
    meeting_id: int
    commune_id: int
    commune: str
    title: str
    held_on: date | None
    closed_on: date
    since: date
    count: int


def months(session: Session) -> dict[str, int]:
    """How many months after closing each rule keeps; 0: for ever.

    :raises Invalid: a setting is not a number of months.
    """
    found: dict[str, int] = dict(RULES)
    for row in session.scalars(select(OfficeSetting).where(OfficeSetting.name.in_(RULES))):
        value = row.value.get("value")
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_MONTHS:
            raise Invalid(f"Thời hạn lưu {value!r} không đúng. Hãy đặt số tháng từ 0 đến {MOST_MONTHS}.", row.name)
        found[row.name] = value
    return found


def due(session: Session, today: date) -> list[Due]:
    """What of closed meetings is past its time, the oldest first.

    A meeting that was closed before ``closed_on`` was kept counts from its conclusion, else from the day it was held,
    else from the day it came into the store.
    """
    rules = {rule: count for rule, count in months(session).items() if count}
    counts = {rule: _counted(session, rule) for rule in rules}
    found = []
    for meeting, commune in session.execute(
        select(Meeting, Commune.name).join(Commune).where(Meeting.stage == "closed").order_by(Meeting.id)
    ):
        closed = meeting.closed_on or meeting.conclusion_published_on or meeting.held_on
        closed = closed or meeting.created_at.astimezone(VIETNAM).date()
        for rule, keep in rules.items():
            since, count = later(closed, keep), counts[rule].get(meeting.id, 0)
            if since <= today and (count or rule == "retention_meetings"):
                of = (meeting.id, meeting.commune_id, commune, meeting.title, meeting.held_on, closed)
                found.append(Due(rule, *of, since, count))
    gone = {each.meeting_id for each in found if each.rule == "retention_meetings"}
    kept = [each for each in found if each.rule == "retention_meetings" or each.meeting_id not in gone]
    return sorted(kept, key=lambda each: (each.since, each.meeting_id, each.rule))


def run(session: Session, person: Person | None, today: date, only: Collection[int] | None = None) -> list[Due]:
    """Delete what is :func:`due` in the person's communes (``only`` of these meetings), and say what it was.

    A deleted meeting leaves a :class:`LedgerLine`; everything leaves an audit event. ``person`` is nobody when the
    server's own command does it. Call :func:`settle` after the commit.

    :raises Forbidden: the person may not.
    """
    if person is not None and not person.may("retention.run"):
        raise Forbidden("Chỉ người quản trị được xóa dữ liệu hết thời hạn lưu.")
    done = [
        each
        for each in due(session, today)
        if (person is None or person.sees(each.commune_id)) and (only is None or each.meeting_id in only)
    ]
    for each in done:
        about = {"rule": each.rule, "count": each.count}
        if each.rule == "retention_meetings":
            line = _numbers(session, each)
            line.by = None if person is None else person.id
            session.add(line)
            session.flush()
            about["ledger"] = line.id
            session.execute(delete(Meeting).where(Meeting.id == each.meeting_id))
        elif each.rule == "retention_files":
            session.execute(delete(KeptFile).where(KeptFile.meeting_id == each.meeting_id, KeptFile.kind.in_(FILES)))
        else:
            ids = select(PersonalData.id).where(_may_go()).where(PersonalData.meeting_id == each.meeting_id)
            session.execute(delete(PersonalData).where(PersonalData.id.in_(ids)))
        audit.record(session, person, "meeting.retention", "meeting", each.meeting_id, **about)
    session.expire_all()
    return done


def settle(engine: Engine) -> None:
    """After :func:`run` was committed: leave no deleted page behind in SQLite's journal."""
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()


def later(day: date, count: int) -> date:
    """The day ``count`` months later; a day that the month lacks is its last.

    >>> later(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _may_go() -> ColumnElement[bool]:
    """All sealed entries but the words that are kept nowhere else: those of confidential opinions and their answers."""
    secret_opinion = select(Opinion.id).where(Opinion.confidential)
    secret_answer = select(Answer.id).where(Answer.text == "")
    only_here = or_(
        and_(PersonalData.owner == "opinion", PersonalData.owner_id.in_(secret_opinion)),
        and_(PersonalData.owner == "answer", PersonalData.owner_id.in_(secret_answer)),
    )
    return not_(and_(PersonalData.kind == "text", only_here))


def _counted(session: Session, rule: str) -> dict[int, int]:
    """Meeting → how many rows the rule is about."""
    if rule == "retention_files":
        query = select(KeptFile.meeting_id, func.count()).where(KeptFile.kind.in_(FILES)).group_by(KeptFile.meeting_id)
    elif rule == "retention_names":
        query = select(PersonalData.meeting_id, func.count()).where(_may_go()).group_by(PersonalData.meeting_id)
    else:
        query = select(Opinion.meeting_id, func.count()).where(Opinion.state == "live").group_by(Opinion.meeting_id)
    return {row[0]: row[1] for row in session.execute(query)}


def _numbers(session: Session, each: Due) -> LedgerLine:
    rows = session.execute(
        select(Opinion.topic, Opinion.status, Opinion.level, Opinion.escalate, Opinion.confidential).where(
            Opinion.meeting_id == each.meeting_id, Opinion.state == "live"
        )
    ).all()
    topics: dict[str, dict[str, int]] = {}
    for (topic, status), count in sorted(Counter((row.topic or "", row.status) for row in rows).items()):
        topics.setdefault(topic, {})[status] = count
    files = session.scalar(select(func.count()).select_from(KeptFile).where(KeptFile.meeting_id == each.meeting_id))
    detail: dict[str, Any] = {
        "topics": topics,
        "statuses": dict(sorted(Counter(row.status for row in rows).items())),
        "levels": dict(sorted(Counter(row.level or "" for row in rows).items())),
        "escalated": sum(row.escalate for row in rows),
        "confidential": sum(row.confidential for row in rows),
        "files": files,
        "closed_on": each.closed_on.isoformat(),
    }
    return LedgerLine(
        rule=f"{each.rule}: {months(session)[each.rule]}",
        commune=each.commune,
        meeting_id=each.meeting_id,
        held_on="" if each.held_on is None else each.held_on.isoformat(),
        opinions=len(rows),
        detail=detail,
    )

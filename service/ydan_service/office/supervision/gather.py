"""The facts of sessions, in a handful of questions however many sessions there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from ydan_service.office.leading.conditions import late
from ydan_service.office.settings import Value
from ydan_service.office.supervision.limits import limits_for
from ydan_service.office.supervision.meeting_check import DIALOGUE, Facts
from ydan_service.store.tables import Assignment, Dispatch, Document, Meeting, Opinion, Plan, Reply
from ydan_service.store.tables.base import VIETNAM

CONCLUSION = "thong-bao-ket-luan"
"""The kind of :class:`Document` that holds the three lists (``ydan.documents.KINDS``)."""
Letter = tuple[date, date | None, int]
"""When it was sent, when the answer is due if somebody said so, how many replies came."""


def gather(
    session: Session, settings: Mapping[str, Value], where: Sequence[ColumnElement[bool]], today: date
) -> list[Facts]:
    """Sessions that were held on a known day up to ``today`` and meet ``where``, oldest first.

    A voter meeting or another kind is among them only where it took the place of a planned session.
    """
    mine = [*where, Meeting.held_on <= today, or_(Meeting.meeting_type.in_(DIALOGUE), Plan.id.is_not(None))]
    rows = session.execute(
        select(
            Meeting.id, Meeting.commune_id, Meeting.held_on, Meeting.title, Meeting.host_level, Meeting.meeting_type,
            Meeting.warnings, Meeting.invited, Meeting.attendance, Meeting.conclusion_published_on,
            Meeting.conclusion_number, func.coalesce(Meeting.notice_given_on, Plan.notice_given_on).label("notice_on"),
            Plan.id.label("plan_id"), Plan.planned_on, Plan.moved_from, Plan.moved_because,
        )
        .outerjoin(Plan, and_(Plan.id == Meeting.plan_id, Plan.commune_id == Meeting.commune_id))
        .where(*mine)
        .order_by(Meeting.held_on, Meeting.id)
    ).all()  # fmt: skip
    ids = [row.id for row in rows]
    counts, lists, letters = _counts(session, ids, today), _lists(session, ids), _letters(session, ids)
    return [_facts(row, counts.get(row.id, {}), lists, letters.get(row.id, []), settings, today) for row in rows]


def _facts(
    row: Row[Any], counts: Mapping[str, int], lists: Mapping[int, date], letters: Sequence[Letter],
    settings: Mapping[str, Value], today: date,
) -> Facts:  # fmt: skip
    wait = timedelta(days=limits_for(settings, row.held_on, row.host_level).replies.value or 0)
    behind = sum(1 for sent, due, replies in letters if not replies and (due or sent + wait) < today)
    return Facts(
        id=row.id, commune_id=row.commune_id, held_on=row.held_on, title=row.title, host_level=row.host_level,
        meeting_type=row.meeting_type, signs=tuple(str(each.get("code")) for each in row.warnings), invited=row.invited,
        attendance=row.attendance, notice_on=row.notice_on, conclusion_on=row.conclusion_published_on,
        conclusion_number=row.conclusion_number or "", plan_id=row.plan_id, planned_on=row.planned_on,
        moved_from=row.moved_from, moved_because=row.moved_because or "", lists_on=lists.get(row.id),
        letters=len(letters), letters_late=behind, **counts,
    )  # fmt: skip


def _counts(session: Session, meetings: Sequence[int], today: date) -> dict[int, dict[str, int]]:
    shown = Opinion.confidential.is_(False)
    charged = exists().where(
        Assignment.opinion_id == Opinion.id, Assignment.body != "",
        or_(Assignment.deadline.is_not(None), Opinion.deadline.is_not(None)),
    )  # fmt: skip
    working = and_(shown, Opinion.status == "dang_giai_quyet")
    unanswered = and_(shown, Opinion.status == "chua_tra_loi")
    rows = session.execute(
        select(
            Opinion.meeting_id,
            func.count().label("opinions"),
            _sum(Opinion.reviewed_at.is_not(None)).label("reviewed"),
            _sum(working).label("working"),
            _sum(and_(working, ~charged)).label("uncharged"),
            _sum(unanswered).label("unanswered"),
            _sum(and_(unanswered, Opinion.reviewed_at.is_not(None))).label("unsaid"),
            _sum(and_(shown, late(today))).label("late"),
        )
        .where(Opinion.meeting_id.in_(meetings), Opinion.state == "live")
        .group_by(Opinion.meeting_id)
    )
    return {row.meeting_id: {name: int(row[at]) for at, name in enumerate(_COUNTED, 1)} for row in rows}


_COUNTED = ("opinions", "reviewed", "working", "uncharged", "unanswered", "unsaid", "late")


def _lists(session: Session, meetings: Sequence[int]) -> dict[int, date]:
    rows = session.execute(
        select(Document.meeting_id, func.max(Document.at))
        .where(Document.meeting_id.in_(meetings), Document.kind == CONCLUSION)
        .group_by(Document.meeting_id)
    )
    return {id_: at.astimezone(VIETNAM).date() for id_, at in rows}


def _letters(session: Session, meetings: Sequence[int]) -> dict[int, list[Letter]]:
    replies = select(func.count()).where(Reply.dispatch_id == Dispatch.id).scalar_subquery()
    rows = session.execute(
        select(Dispatch.meeting_id, Dispatch.sent_on, Dispatch.due_on, replies).where(
            Dispatch.meeting_id.in_(meetings), Dispatch.sent_on.is_not(None)
        )
    )
    found: dict[int, list[Letter]] = {}
    for id_, sent, due, count in rows:
        found.setdefault(id_, []).append((sent, due, count))
    return found


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))

"""The times at which it all happened: everything was written a moment ago, and is laid back to its own days.

The audit log is left alone: it says what truly happened, and when.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ydan_service.demo.script import Scene
from ydan_service.store.tables import (
    Answer,
    Assessed,
    Assignment,
    ConfidentialReader,
    Decision,
    Dispatch,
    Job,
    KeptFile,
    Meeting,
    Operation,
    Opinion,
    StatusChange,
)
from ydan_service.store.tables.base import VIETNAM


def lay_back(session: Session, scene: Scene, meeting_id: int, today: date) -> None:
    """Handed in the evening of the session, reviewed over the next days, each letter on its own day."""
    held = scene.held(today)
    came, reviewed = _at(held, today, 0, 17), _at(held, today, 2, 9)
    opinions = select(Opinion.id).where(Opinion.meeting_id == meeting_id)
    set_ = session.execute
    set_(update(Meeting).where(Meeting.id == meeting_id).values(created_at=came))
    set_(update(KeptFile).where(KeptFile.meeting_id == meeting_id).values(created_at=came))
    set_(update(Job).where(Job.meeting_id == meeting_id).values(created_at=came, changed_at=came))
    set_(update(Answer).where(Answer.meeting_id == meeting_id, Answer.key.is_not(None)).values(at=came))
    set_(update(Assessed).where(Assessed.opinion_id.in_(opinions)).values(made_at=came))
    set_(update(Assignment).where(Assignment.opinion_id.in_(opinions)).values(at=came))
    set_(update(StatusChange).where(StatusChange.opinion_id.in_(opinions), StatusChange.by.is_(None)).values(at=came))
    set_(update(ConfidentialReader).where(ConfidentialReader.opinion_id.in_(opinions)).values(granted_at=came))
    set_(update(Operation).where(Operation.meeting_id == meeting_id).values(at=reviewed))
    set_(update(Decision).where(Decision.opinion_id.in_(opinions)).values(at=reviewed))
    set_(
        update(Opinion).where(Opinion.meeting_id == meeting_id, Opinion.reviewed_at.is_not(None))
        .values(reviewed_at=reviewed)
    )  # fmt: skip
    said = select(StatusChange).where(StatusChange.opinion_id.in_(opinions), StatusChange.by.is_not(None))
    for change in session.scalars(said):
        change.at = reviewed if change.on is None else _at(change.on, today, 0, 10)
    given = select(Answer).where(Answer.meeting_id == meeting_id, Answer.key.is_(None))
    for answer in session.scalars(given):
        answer.at = came if answer.given_on is None else _at(answer.given_on, today, 0, 11)
    for letter in session.scalars(select(Dispatch).where(Dispatch.meeting_id == meeting_id)):
        if letter.sent_on is not None:
            letter.at = _at(letter.sent_on, today, 0, 15)
        for reply in letter.replies:
            reply.at = _at(reply.received_on, today, 0, 10)
    session.flush()
    meeting = session.get_one(Meeting, meeting_id)
    if meeting.stage == "closed":
        meeting.closed_on = min(held + timedelta(days=75), today)


def _at(day: date, today: date, days: int, hour: int) -> datetime:
    """So many days later, never after today."""
    return datetime.combine(min(day + timedelta(days=days), today - timedelta(days=1)), time(hour, 12), VIETNAM)

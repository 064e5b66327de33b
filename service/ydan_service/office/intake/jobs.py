"""Jobs as a worker sees them: claimed by one, kept alive, ended once."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import CursorResult, and_, or_, select, update
from sqlalchemy.orm import Session

from ydan_service.store.store import Store
from ydan_service.store.tables import Job, Meeting, now

LEASE = timedelta(seconds=60)
"""A running job of which nothing was heard for so long is nobody's: its server stopped."""
MOST_ATTEMPTS = 3
"""Times that a job may take its server down with it."""


class Claim(NamedTuple):
    """A job that is this worker's until it ends or the lease runs out."""

    job_id: int
    token: str


def claim(store: Store) -> Claim | None:
    """The oldest job that waits or was left behind; of several workers only one gets it."""
    with store.begin() as session:
        left = and_(Job.state == "running", Job.changed_at < now() - LEASE)
        waiting = select(Job).where(or_(Job.state == "queued", left)).order_by(Job.id).limit(8)
        for job in session.scalars(waiting).all():
            token, tries = uuid.uuid4().hex, job.detail.get("attempts", 0) + 1
            if tries > MOST_ATTEMPTS:
                _end_badly(
                    session, job, "Máy chủ đã dừng nhiều lần khi đọc tệp này. Hãy tách tệp rồi nhập lại.", "crashed"
                )
                continue
            seen = Job.id == job.id, Job.state == job.state, Job.changed_at == job.changed_at
            detail = {**job.detail, "claim": token, "attempts": tries}
            taken = session.execute(
                update(Job)
                .where(*seen)
                .values(state="running", changed_at=now(), detail=detail)
                .execution_options(synchronize_session=False)
            )
            if isinstance(taken, CursorResult) and taken.rowcount == 1:
                return Claim(job.id, token)
    return None


def take_up(store: Store) -> int:
    """Put back into the queue what the last run of the only server left running; how many."""
    with store.begin() as session:
        moved = session.execute(update(Job).where(Job.state == "running").values(state="queued", changed_at=now()))
        return moved.rowcount if isinstance(moved, CursorResult) else 0


def holds(session: Session, mine: Claim) -> Job | None:
    """The job, locked for this transaction, while the claim still holds."""
    locked = session.execute(update(Job).where(Job.id == mine.job_id, Job.state == "running").values(changed_at=now()))
    if not isinstance(locked, CursorResult) or locked.rowcount != 1:
        return None
    job = session.get(Job, mine.job_id, populate_existing=True)
    return job if job is not None and job.detail.get("claim") == mine.token else None


def keep_alive(store: Store, mine: Claim, done: int | None = None, message: str | None = None) -> bool:
    """Say that the work goes on, and how far it is; whether it still is ours."""
    with store.begin() as session:
        job = holds(session, mine)
        if job is None:
            return False
        job.done = job.done if done is None else done
        job.message = job.message if message is None else message
        return True


def fail(store: Store, mine: Claim, message: str, code: str) -> None:
    """End a job badly: its file stays, its meeting shows why, and it can be tried again."""
    with store.begin() as session:
        job = holds(session, mine)
        if job is not None:
            _end_badly(session, job, message, code)


def _end_badly(session: Session, job: Job, message: str, code: str) -> None:
    job.state, job.message, job.changed_at = "failed", message, now()
    job.detail = {**job.detail, "error": code}
    meeting = None if job.meeting_id is None else session.get(Meeting, job.meeting_id)
    if meeting is not None and meeting.stage == "reading":
        meeting.stage = "failed"

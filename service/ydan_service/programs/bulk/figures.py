"""How long the queue is: numbers for metrics."""

from __future__ import annotations

from typing import TypedDict

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ydan_service.store.tables import BulkJob, BulkPart, now


class Figures(TypedDict):
    """Parts that wait, parts being assessed, seconds since the oldest unfinished job came in (0: there is none)."""

    queued: int
    running: int
    oldest_seconds: float


def queue_figures(session: Session) -> Figures:
    """The queue of all callers."""
    open_jobs = BulkJob.state.in_(("queued", "running"))
    parts = select(BulkPart.state, func.count()).join(BulkJob).where(open_jobs).group_by(BulkPart.state)
    counts = {row[0]: row[1] for row in session.execute(parts)}
    oldest = session.scalar(select(func.min(BulkJob.created_at)).where(open_jobs))
    age = 0.0 if oldest is None else max(0.0, (now() - oldest).total_seconds())
    return {"queued": counts.get("queued", 0), "running": counts.get("running", 0), "oldest_seconds": age}

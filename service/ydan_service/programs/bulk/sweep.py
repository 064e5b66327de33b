"""What is past its time goes: answers after their days, jobs that never came in whole."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import CursorResult, String, and_, cast, delete, or_, select

from ydan_service.programs.bulk import jobs
from ydan_service.store import retention
from ydan_service.store.store import Store
from ydan_service.store.tables import BulkJob, BulkPart, ProgramData, Webhook, now

_STUCK = timedelta(days=1)
"""After so long nobody is still sending."""


def sweep(store: Store, at: datetime | None = None) -> int:
    """Delete what has expired, a job a transaction; how many jobs."""
    at = at or now()
    expired = and_(BulkJob.state.in_(jobs.ENDED), BulkJob.expires_at < at)
    stuck = and_(BulkJob.state == "receiving", BulkJob.created_at < at - _STUCK)
    with store.read() as session:
        due = list(session.scalars(select(BulkJob.id).where(or_(expired, stuck))))
    removed = 0
    for job_id in due:
        with store.begin() as session:
            removed += jobs.remove(session, [job_id])
    if removed or _forget_ownerless(store):
        retention.settle(store.engine)
    return removed


def _forget_ownerless(store: Store) -> int:
    """What is sealed of jobs and webhooks that went with their caller; how many."""
    gone = 0
    with store.begin() as session:
        for owner, ids in (("bulk_part", select(cast(BulkPart.id, String))), ("webhook", select(Webhook.id))):
            lost = ProgramData.owner == owner, ProgramData.owner_id.not_in(ids)
            done = session.execute(delete(ProgramData).where(*lost).execution_options(synchronize_session=False))
            gone += done.rowcount if isinstance(done, CursorResult) else 0
    return gone

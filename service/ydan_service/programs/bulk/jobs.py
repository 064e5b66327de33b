"""Jobs as their callers see them: handed in, looked at, cancelled, deleted."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from ydan_service.programs.refused import Refused
from ydan_service.programs.webhooks.events import tell
from ydan_service.store import program_data
from ydan_service.store.tables import BulkJob, BulkPart, ProgramData, now

MOST_OPEN = 20
"""Jobs of one caller that may be coming in, waiting or under way at a time."""
OPEN = ("receiving", "queued", "running")
ENDED = ("done", "failed", "cancelled")


def make_room(session: Session, caller_id: int | None, most: int = MOST_OPEN) -> None:
    """Let a caller hand in one more job.

    :raises Refused: 429, too many of its jobs are not yet done.
    """
    mine = select(func.count()).select_from(BulkJob).where(_of(caller_id), BulkJob.state.in_(OPEN))
    count = session.scalar(mine) or 0
    if count >= most:
        raise Refused(
            429,
            "too_many_jobs",
            f"Có {count} việc chưa xong, mỗi bên gọi có tối đa {most}. Hãy chờ một việc xong.",
        )


def new(session: Session, caller_id: int | None, about: dict[str, Any], days: int) -> BulkJob:
    """A job that is coming in: nobody sees it until all of it is here."""
    job = BulkJob(
        id=f"job_{secrets.token_hex(16)}",
        caller_id=caller_id,
        state="receiving",
        session=about,
        expires_at=now() + timedelta(days=days),
    )
    session.add(job)
    session.flush()
    return job


def one(session: Session, caller_id: int | None, job_id: str) -> BulkJob:
    """A job of this caller.

    :raises Refused: 404, there is none.
    """
    job = session.scalar(select(BulkJob).where(_of(caller_id), BulkJob.id == job_id, BulkJob.state != "receiving"))
    if job is None:
        raise Refused(404, "not_found", "Không có việc này. Có thể mã sai, việc của bên khác, hoặc đã hết hạn.")
    return job


def some(
    session: Session, caller_id: int | None, limit: int, after: tuple[datetime, str] | None, state: str | None = None
) -> list[BulkJob]:
    """Jobs of this caller, the newest first, at most ``limit`` of them, those that come ``after`` one."""
    query = select(BulkJob).where(_of(caller_id), BulkJob.state != "receiving")
    if state is not None:
        query = query.where(BulkJob.state == state)
    if after is not None:
        at, id_ = after
        query = query.where(or_(BulkJob.created_at < at, and_(BulkJob.created_at == at, BulkJob.id < id_)))
    return list(session.scalars(query.order_by(BulkJob.created_at.desc(), BulkJob.id.desc()).limit(limit)))


def cancel(session: Session, caller_id: int | None, job_id: str, days: int) -> BulkJob:
    """End a job before its time; the part at hand is thrown away.

    :raises Refused: 404, there is none; 409, it has ended already.
    """
    job = one(session, caller_id, job_id)
    at = now()
    values = {"state": "cancelled", "ended_at": at, "expires_at": at + timedelta(days=days)}
    open_ = BulkJob.id == job.id, BulkJob.state.in_(("queued", "running"))
    moved = session.execute(update(BulkJob).where(*open_).values(**values).execution_options(synchronize_session=False))
    if not isinstance(moved, CursorResult) or moved.rowcount != 1:
        raise Refused(409, "job_ended", "Việc này đã kết thúc nên không dừng được nữa. Muốn bỏ kết quả, hãy xóa việc.")
    left = select(BulkPart.id).where(BulkPart.job_id == job.id, BulkPart.state.in_(("queued", "running")))
    ids = list(session.scalars(left))
    drop_data(session, ids)
    session.execute(
        update(BulkPart)
        .where(BulkPart.job_id == job.id, BulkPart.state.in_(("queued", "running")))
        .values(state="cancelled", claim=None)
        .execution_options(synchronize_session=False)
    )
    session.refresh(job)
    tell(session, job.caller_id, "job.cancelled", counts(job))
    return job


def remove(session: Session, job_ids: Iterable[str]) -> int:
    """Delete jobs with all that is sealed of them, whatever their state; how many."""
    removed = 0
    for job_id in job_ids:
        # first the job: a worker that ends a part of it takes the two in the same order, or finds it gone
        session.execute(select(BulkJob.id).where(BulkJob.id == job_id).with_for_update())
        drop_data(session, list(session.scalars(select(BulkPart.id).where(BulkPart.job_id == job_id))))
        session.execute(delete(BulkPart).where(BulkPart.job_id == job_id))
        gone = session.execute(delete(BulkJob).where(BulkJob.id == job_id))
        removed += gone.rowcount if isinstance(gone, CursorResult) else 0
    return removed


def drop_data(session: Session, part_ids: list[int], kind: str | None = None) -> None:
    """Forget what is sealed of parts: all of it, or only ``input`` or ``output``."""
    if kind is None:
        program_data.drop(session, "bulk_part", [str(id_) for id_ in part_ids])
        return
    for id_ in part_ids:
        session.execute(
            delete(ProgramData).where(
                ProgramData.owner == "bulk_part", ProgramData.owner_id == str(id_), ProgramData.kind == kind
            )
        )


def as_json(job: BulkJob) -> dict[str, Any]:
    """What a caller reads of a job."""
    here = f"/v1/jobs/{job.id}"
    return {
        "id": job.id,
        "state": job.state,
        "total": job.total,
        "done": job.done,
        "failed": job.failed,
        "progress": round(job.done / job.total, 4) if job.total else 1.0,
        "session": job.session,
        "message": job.message or None,
        "created": _time(job.created_at),
        "started": _time(job.started_at),
        "ended": _time(job.ended_at),
        "expires": _time(job.expires_at) if job.ended_at is not None else None,
        "model": job.versions.get("model"),
        "taxonomy": job.versions.get("taxonomy"),
        "competence": job.versions.get("competence"),
        "links": {
            "self": here,
            "result": f"{here}/result",
            "cancel": f"{here}/cancel" if job.state in OPEN else None,
        },
    }


def counts(job: BulkJob) -> dict[str, Any]:
    """What a webhook is told of a job: its id and numbers."""
    return {"job": job.id, "state": job.state, "total": job.total, "done": job.done, "failed": job.failed}


def _of(caller_id: int | None) -> Any:
    return BulkJob.caller_id.is_(None) if caller_id is None else BulkJob.caller_id == caller_id


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()

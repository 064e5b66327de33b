"""Parts as a worker sees them: claimed by one, kept alive, done whole or not at all, never twice.

A part's answers are kept in the transaction that marks it done, and only by whoever holds its claim. A worker that was
thought dead and comes back finds the claim gone and throws its answers away.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Collection
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import CursorResult, Result, and_, func, or_, select, update
from sqlalchemy.orm import Session

from ydan.errors import YDanError
from ydan_service.programs.assessing.crew import Crew, Stopped
from ydan_service.programs.assessing.lines import PART, Answered, Asked, failure_line, pack, unanswered
from ydan_service.programs.bulk import jobs
from ydan_service.programs.webhooks.events import tell
from ydan_service.store import program_data
from ydan_service.store.store import Store
from ydan_service.store.tables import BulkJob, BulkPart, now

_LOG = logging.getLogger(__name__)
LEASE = timedelta(seconds=60)
"""A part of which nothing was heard for so long is nobody's: its worker stopped."""
MOST_ATTEMPTS = 5
"""Times that a part may take its worker down with it."""
LONG = 4
"""Parts from which on a job is worth a process a core."""
_GIVEN_UP = "Máy chủ đã dừng nhiều lần khi đọc phần có ý kiến này. Hãy gửi lại riêng ý kiến này."
_SOME_LOST = "Có phần ý kiến không đọc được dù đã thử nhiều lần; các phần khác đều có kết quả."


class Claim(NamedTuple):
    """A part that is this worker's until it ends or somebody else takes it."""

    part_id: int
    token: str
    attempt: int


class Lost(Exception):
    """The claim is another's now, or the job was cancelled: what was done is thrown away."""


def waiting(session: Session) -> bool:
    """Whether there may be a part to claim."""
    return session.scalar(select(BulkPart.id).join(BulkJob).where(*_free()).limit(1)) is not None


def claim(store: Store, part_id: int | None = None) -> Claim | None:
    """A part to do: the given one, whoever had it before, or the next. None when there is none.

    Of several jobs each gets its turn: the parts go by their number, so that a short list does not wait for a long one.
    """
    with store.begin() as session:
        if part_id is None:
            query = select(BulkPart).join(BulkJob).where(*_free()).order_by(BulkPart.number, BulkPart.id).limit(8)
        else:
            states = BulkPart.state.in_(("queued", "running")), BulkJob.state.in_(("queued", "running"))
            query = select(BulkPart).join(BulkJob).where(BulkPart.id == part_id, *states)
        for part in session.scalars(query).all():
            token, attempt = uuid.uuid4().hex, part.attempts + 1
            _begin(session, part.job_id)
            seen = BulkPart.id == part.id, BulkPart.state == part.state, BulkPart.attempts == part.attempts
            values = {"state": "running", "claim": token, "claimed_at": now(), "attempts": attempt}
            taken = update(BulkPart).where(*seen).values(**values).execution_options(synchronize_session=False)
            if _moved(session.execute(taken)):
                return Claim(part.id, token, attempt)
    return None


def do(store: Store, crew: Crew, mine: Claim, days: int) -> None:
    """Do a claimed part to its end; one that cannot be done goes back, or is given up after too many attempts.

    :raises Lost: somebody else has it.
    :raises Stopped: the crew was closed; the part waits again.
    """
    with store.read() as session:
        part = session.get(BulkPart, mine.part_id)
        job = None if part is None else session.get(BulkJob, part.job_id)
        if part is None or job is None or part.claim != mine.token:
            raise Lost
        long = job.total > LONG * PART
    try:
        if mine.attempt > MOST_ATTEMPTS:
            raise RuntimeError("given up")
        with store.read() as session:
            lines = program_data.read(session, store.keys, "bulk_part", str(part.id), "input")
        if lines is None:
            raise Lost
        asked = Asked(part.number * PART + 1, job.session, lines)
        complete(store, mine, crew.assess(asked, long=long), days)
    except Lost:
        raise
    except Stopped:
        release(store, [mine])
        raise
    except Exception:
        if mine.attempt < MOST_ATTEMPTS:
            release(store, [mine], count=True)
            raise
        _LOG.exception("part %d of %s is given up", part.number, job.id)
        _give_up(store, crew, mine, part, job, days)


def complete(store: Store, mine: Claim, done: Answered, days: int, state: str = "done") -> None:
    """Keep a part's answers; the last part ends its job.

    :raises Lost: the claim does not hold any more; nothing was kept.
    """
    with store.begin() as session:
        part = session.get(BulkPart, mine.part_id)
        if part is None:
            raise Lost
        # the job first: whoever cancels it takes the two rows in the same order
        counted = {"done": BulkJob.done + part.count, "failed": BulkJob.failed + done.failed, "versions": done.versions}
        held = BulkPart.id == part.id, BulkPart.state == "running", BulkPart.claim == mine.token
        running = update(BulkJob).where(BulkJob.id == part.job_id, BulkJob.state == "running").values(**counted)
        values = {"state": state, "failed": done.failed, "claim": None}
        if not (
            _moved(session.execute(running.execution_options(synchronize_session=False)))
            and _moved(
                session.execute(
                    update(BulkPart).where(*held).values(**values).execution_options(synchronize_session=False)
                )
            )
        ):
            raise Lost
        program_data.keep(session, store.keys, "bulk_part", str(part.id), "output", done.lines)
        jobs.drop_data(session, [part.id], "input")
        job = session.get_one(BulkJob, part.job_id, populate_existing=True)
        _tell_immediate(session, job, done)
        _end(session, job, days)


def release(store: Store, claims: Collection[Claim], *, count: bool = False) -> None:
    """Give parts back; unless ``count``, as if they had never been taken."""
    with store.begin() as session:
        for mine in claims:
            session.execute(
                update(BulkPart)
                .where(BulkPart.id == mine.part_id, BulkPart.claim == mine.token, BulkPart.state == "running")
                .values(state="queued", claim=None, attempts=mine.attempt if count else mine.attempt - 1)
                .execution_options(synchronize_session=False)
            )


def keep_alive(store: Store, claims: Collection[Claim]) -> None:
    """Say that the work on these goes on."""
    if claims:
        with store.begin() as session:
            for mine in claims:
                session.execute(
                    update(BulkPart)
                    .where(BulkPart.id == mine.part_id, BulkPart.claim == mine.token)
                    .values(claimed_at=now())
                    .execution_options(synchronize_session=False)
                )


def take_up(store: Store) -> None:
    """Put back into the queue what the last run of the only server left behind; forget what it half took in."""
    with store.begin() as session:
        jobs.remove(session, list(session.scalars(select(BulkJob.id).where(BulkJob.state == "receiving"))))
        session.execute(
            update(BulkPart)
            .where(BulkPart.state == "running")
            .values(state="queued", claim=None)
            .execution_options(synchronize_session=False)
        )


def _free() -> tuple[Any, ...]:
    # a claim of the future is left over from before the clock was put back
    old = or_(BulkPart.claimed_at < now() - LEASE, BulkPart.claimed_at > now() + LEASE)
    left = and_(BulkPart.state == "running", old)
    return or_(BulkPart.state == "queued", left), BulkJob.state.in_(("queued", "running"))


def _begin(session: Session, job_id: str) -> None:
    session.execute(
        update(BulkJob)
        .where(BulkJob.id == job_id, BulkJob.state == "queued")
        .values(state="running", started_at=func.coalesce(BulkJob.started_at, now()))
        .execution_options(synchronize_session=False)
    )


def _end(session: Session, job: BulkJob, days: int) -> None:
    unfinished = BulkPart.job_id == job.id, BulkPart.state.in_(("queued", "running"))
    if session.scalar(select(BulkPart.id).where(*unfinished).limit(1)) is not None:
        return
    lost = session.scalar(select(BulkPart.id).where(BulkPart.job_id == job.id, BulkPart.state == "failed").limit(1))
    job.state, job.message = ("done", "") if lost is None else ("failed", _SOME_LOST)
    job.ended_at = now()
    job.expires_at = job.ended_at + timedelta(days=days)
    tell(session, job.caller_id, f"job.{job.state}", jobs.counts(job))


def _tell_immediate(session: Session, job: BulkJob, done: Answered) -> None:
    if done.immediate:
        found = [{"number": number, "id": id_ if len(id_) <= 64 else None} for number, id_ in done.immediate]
        tell(session, job.caller_id, "escalation.immediate", {"job": job.id, "count": len(found), "opinions": found})


def _give_up(store: Store, crew: Crew, mine: Claim, part: BulkPart, job: BulkJob, days: int) -> None:
    first = part.number * PART + 1
    try:
        with store.read() as session:
            lines = program_data.read(session, store.keys, "bulk_part", str(part.id), "input")
    except YDanError:
        lines = None  # its key is missing: nobody reads it any more
    if lines is None:
        lines = pack(failure_line(number, "not_assessed", _GIVEN_UP) for number in range(first, first + part.count))
    asked = Asked(first, job.session, lines)
    complete(store, mine, unanswered(asked, crew.predictor.versions, "not_assessed", _GIVEN_UP), days, state="failed")


def _moved(result: Result[Any]) -> bool:
    return isinstance(result, CursorResult) and result.rowcount == 1

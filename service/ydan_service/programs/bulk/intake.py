"""A job as it comes in: part after part is sealed and kept; it is queued when all of it is here, or it never was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any, NamedTuple, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction

from ydan.competence import CompetenceTable
from ydan.opinion import Session, parse_session
from ydan_service.programs.assessing.lines import PART, pack, session_json
from ydan_service.programs.bulk import jobs
from ydan_service.programs.bulk.parquet import too_many
from ydan_service.programs.bulk.reading import Reading
from ydan_service.programs.refused import Refused
from ydan_service.store import program_data
from ydan_service.store.store import Store
from ydan_service.store.tables import BulkJob, BulkPart


class Announces(Protocol):
    """Whoever must know of a job, in the transaction that queues it."""

    def announce(self, session: Transaction, parts: list[tuple[int, int]]) -> None:
        """``parts`` as ``(id, number)``."""


def check_session(raw: Any, competence: CompetenceTable) -> dict[str, Any]:
    """The meeting as a job keeps it: without a date, today.

    :raises OpinionError: it is wrong.
    """
    return session_json(parse_session(raw, Session(date.today()), competence))


class Taken(NamedTuple):
    """A job that is here whole and not yet queued."""

    job_id: str
    total: int


def take_in(
    store: Store,
    reading: Reading,
    session: dict[str, Any],
    caller_id: int | None,
    *,
    days: int,
    most: int,
    most_open: int = jobs.MOST_OPEN,
) -> Taken:
    """Keep the opinions of a job, at ``most`` so many, as they are read.

    :raises Refused: the caller has too many jobs, there are too many opinions or none, or what the reading refuses;
        nothing stays then.
    """
    with store.begin() as transaction:
        jobs.make_room(transaction, caller_id, most_open)
        job = jobs.new(transaction, caller_id, session, days)
    try:
        total = _keep_parts(store, job.id, reading.lines, most)
        if total == 0:
            raise Refused(422, "invalid_request", "Không có ý kiến nào. Hãy gửi ít nhất một ý kiến.")
    except BaseException:
        forget(store, job.id)
        raise
    return Taken(job.id, total)


def put_in_line(transaction: Transaction, taken: Taken, queue: Announces) -> BulkJob:
    """Queue what was taken in; from the commit on its caller sees it."""
    job = transaction.get_one(BulkJob, taken.job_id)
    job.state, job.total = "queued", taken.total
    parts = select(BulkPart.id, BulkPart.number).where(BulkPart.job_id == job.id).order_by(BulkPart.number)
    queue.announce(transaction, [(id_, number) for id_, number in transaction.execute(parts)])
    return job


def forget(store: Store, job_id: str) -> None:
    """Throw away what was taken in, unless it was queued."""
    with store.begin() as transaction:
        job = transaction.get(BulkJob, job_id)
        if job is not None and job.state == "receiving":
            jobs.remove(transaction, [job_id])


def _keep_parts(store: Store, job_id: str, lines: Iterable[bytes], most: int) -> int:
    coming, total = iter(lines), 0
    for number, some in enumerate(_parts(coming)):
        total += len(some)
        if total > most:
            raise too_many(most)
        packed = pack(some)
        with store.begin() as transaction:
            part = BulkPart(job_id=job_id, number=number, count=len(some))
            transaction.add(part)
            transaction.flush()
            program_data.keep(transaction, store.keys, "bulk_part", str(part.id), "input", packed)
    return total


def _parts(lines: Iterator[bytes]) -> Iterator[list[bytes]]:
    while some := list(islice(lines, PART)):
        yield some

"""The queue on PostgreSQL: tasks come and go with their parts; what a dead worker had goes to another."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import select, text

from tests.service.programs.bulk.test_parts import a_job, state_of
from ydan.predictor import Predictor
from ydan_service.programs.assessing.crew import Crew
from ydan_service.programs.bulk import parts
from ydan_service.programs.bulk.procrastinated import QUEUE, ProcrastinateQueue
from ydan_service.programs.bulk.queue import queue_of
from ydan_service.programs.bulk.queue_schema import SCHEMA, ensure
from ydan_service.store import migrate
from ydan_service.store.store import Store
from ydan_service.store.tables import BulkPart


@pytest.fixture
def queue(postgresql_store: Store, predictor: Predictor) -> Iterator[ProcrastinateQueue]:
    """Not yet at work; stopped at the end."""
    made = queue_of(postgresql_store, Crew(predictor, size=1), 7, 2)
    assert isinstance(made, ProcrastinateQueue)
    yield made
    made.stop()


def tasks(store: Store) -> list[tuple[str, int]]:
    """Status and part of each task."""
    with store.read() as session:
        rows = session.execute(text(f"SELECT status, args FROM {SCHEMA}.procrastinate_jobs ORDER BY id"))
        return [(status, args["part"]) for status, args in rows]


def until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    limit = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < limit
        time.sleep(0.05)


def announce(store: Store, queue: ProcrastinateQueue) -> None:
    with store.begin() as session:
        rows = session.execute(select(BulkPart.id, BulkPart.number))
        queue.announce(session, [(id_, number) for id_, number in rows])


def test_the_tables_are_made_once_and_lie_apart(postgresql_store: Store) -> None:
    """A second time changes nothing; a step that a newer version brings is applied; our own schema sees none of it."""
    assert len(ensure(postgresql_store.engine)) > 10
    assert ensure(postgresql_store.engine) == []
    last = "03.04.00_50_post_add_retry_failed_job_procedure.sql"
    with postgresql_store.begin() as session:
        session.execute(text(f"DELETE FROM {SCHEMA}.applied WHERE step = :step"), {"step": last})
    assert ensure(postgresql_store.engine) == [last]
    assert migrate.check(postgresql_store.engine)
    with postgresql_store.read() as session:
        strays = "SELECT count(*) FROM pg_tables WHERE tablename LIKE 'procrastinate%' AND schemaname <> :ours"
        assert session.scalar(text(strays), {"ours": SCHEMA}) == 0


def test_tasks_come_with_their_transaction_or_never(postgresql_store: Store, queue: ProcrastinateQueue) -> None:
    """What is undone leaves none; the search path of the connection is as before."""
    a_job(postgresql_store, 501)
    with postgresql_store.begin() as session:
        queue.announce(session, [(1, 0)])
        assert session.scalar(text("SHOW search_path")) == '"$user", public'
        session.rollback()
    assert tasks(postgresql_store) == []
    announce(postgresql_store, queue)
    assert [status for status, _ in tasks(postgresql_store)] == ["todo", "todo"]


def test_a_worker_does_what_is_announced(postgresql_store: Store, queue: ProcrastinateQueue) -> None:
    """And leaves no task behind."""
    job_id = a_job(postgresql_store, 1203)
    announce(postgresql_store, queue)
    queue.start()
    until(lambda: state_of(postgresql_store, job_id).state == "done")
    assert state_of(postgresql_store, job_id).done == 1203
    until(lambda: tasks(postgresql_store) == [])


def test_what_procrastinate_never_knew_is_announced(postgresql_store: Store, queue: ProcrastinateQueue) -> None:
    """A backup that was restored has jobs and no tasks: the worker finds them by itself, once."""
    ensure(postgresql_store.engine)
    job_id = a_job(postgresql_store, 501)
    assert queue.announce_unknown() == 2
    assert queue.announce_unknown() == 0
    queue.start()
    until(lambda: state_of(postgresql_store, job_id).state == "done")


def test_a_part_of_a_dead_worker_goes_to_another(postgresql_store: Store, queue: ProcrastinateQueue) -> None:
    """Its task is "doing" and its worker silent; the part is at work and nobody holds it."""
    job_id = a_job(postgresql_store, 3)
    announce(postgresql_store, queue)

    async def dying() -> None:
        other = ProcrastinateQueue(postgresql_store, Crew(queue._crew.predictor, size=1), 7, 1).app
        async with other.open_async():
            worker: Any = await other.job_manager.register_worker()
            assert await other.job_manager.fetch_job([QUEUE], worker) is not None

    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        runner.run(dying())
    late = parts.claim(postgresql_store)
    assert late is not None
    with postgresql_store.begin() as session:
        silent = f"UPDATE {SCHEMA}.procrastinate_workers SET last_heartbeat = now() - interval '1 minute'"
        session.execute(text(silent))
    assert [status for status, _ in tasks(postgresql_store)] == ["doing"]
    queue.start()
    until(lambda: state_of(postgresql_store, job_id).state == "done")
    with postgresql_store.read() as session:
        assert session.scalars(select(BulkPart.attempts)).all() == [2]


def test_two_workers_share_a_job(postgresql_store: Store, queue: ProcrastinateQueue, predictor: Predictor) -> None:
    """Every part once."""
    job_id = a_job(postgresql_store, 1999)
    announce(postgresql_store, queue)
    other = ProcrastinateQueue(postgresql_store, Crew(predictor, size=1), 7, 1)
    other.start()
    queue.start()
    try:
        until(lambda: state_of(postgresql_store, job_id).state == "done")
    finally:
        other.stop()
    job = state_of(postgresql_store, job_id)
    assert (job.done, job.failed) == (1999, 0)
    with postgresql_store.read() as session:
        assert set(session.scalars(select(BulkPart.attempts))) == {1}

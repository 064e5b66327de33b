"""The queue of a country: Procrastinate's tables in the same PostgreSQL, workers on as many machines as are wanted.

Its tables lie in a schema of their own, ``ydan_queue``: backups and migrations of ours leave them alone. A task only
names a part; the table of parts is the truth. What Procrastinate lost or never knew (a restored backup) is announced
again, and a part of a dead worker goes to another one.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from contextlib import suppress
from typing import Any

from procrastinate import App, PsycopgConnector, RetryStrategy, SyncPsycopgConnector
from sqlalchemy import text
from sqlalchemy.orm import Session

from ydan_service.programs.assessing.crew import Crew
from ydan_service.programs.bulk import parts
from ydan_service.programs.bulk.queue_schema import SCHEMA, ensure
from ydan_service.store.store import Store

_LOG = logging.getLogger(__name__)
QUEUE, TASK = "bulk", "ydan.part"
HEARTBEAT = 5.0
DEAD = 20.0
"""Seconds without a heartbeat after which a worker is taken for dead."""
_LOOK_AGAIN = 10.0
_UNKNOWN = text(
    f"SELECT p.id, p.number FROM bulk_part p JOIN bulk_job j ON j.id = p.job_id "
    f"WHERE p.state IN ('queued', 'running') AND j.state IN ('queued', 'running') AND NOT EXISTS ("
    f"SELECT 1 FROM {SCHEMA}.procrastinate_jobs t WHERE t.status IN ('todo', 'doing') "
    f"AND t.task_name = '{TASK}' AND t.args->>'part' = p.id::text) ORDER BY p.number LIMIT 5000"
)


class ProcrastinateQueue:
    """A task a part. Announcing needs no worker here; :meth:`start` runs one in a thread of this process."""

    def __init__(self, store: Store, crew: Crew, days: int, concurrency: int | None = None) -> None:
        self._store, self._crew, self._days = store, crew, days
        self._size = concurrency or crew.size
        self._stopping = threading.Event()
        self._ready = False
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._halt = asyncio.Event()
        self._lock = threading.Lock()
        self._mine: set[parts.Claim] = set()
        url = store.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        options = {"options": f"-c search_path={SCHEMA} -c timezone=UTC"}
        self.app = App(connector=PsycopgConnector(conninfo=url, kwargs=options, min_size=1, max_size=self._size + 3))
        self._asking = App(connector=SyncPsycopgConnector())  # asks on our connections only, opens none
        retry = RetryStrategy(max_attempts=parts.MOST_ATTEMPTS, wait=1)
        self.app.task(name=TASK, queue=QUEUE, retry=retry)(self._do)

    def announce(self, session: Session, parts: list[tuple[int, int]]) -> None:
        """Defer a task a part on the connection of ``session``: they are there when it commits, or never."""
        if not self._ready:
            ensure(self._store.engine)
            self._ready = True
        if not parts:
            return
        raw: Any = session.connection().connection.driver_connection
        before = raw.execute("SHOW search_path").fetchone()[0]
        raw.execute(f"SET LOCAL search_path TO {SCHEMA}")
        for priority, ids in _by_priority(parts):
            task = self._asking.configure_task(TASK, queue=QUEUE, priority=priority, connection=raw, allow_unknown=True)
            wanted: list[dict[str, Any]] = [{"part": id_} for id_ in ids]
            task.batch_defer(*wanted)
        raw.execute("SELECT set_config('search_path', %s, true)", (before,))

    def wake(self) -> None:
        """Nothing to do: PostgreSQL notifies the workers."""

    def start(self) -> None:
        """Run a worker in a thread of this process."""
        ensure(self._store.engine)
        self._ready = True
        self._thread = threading.Thread(target=self._run, name="ydan-bulk", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the worker; parts at hand go back and are done elsewhere, or here at the next start."""
        self._stopping.set()
        if self._loop is not None:
            with suppress(RuntimeError):  # it has ended already
                self._loop.call_soon_threadsafe(self._halt.set)
        self._crew.close()
        if self._thread is not None:
            self._thread.join(30)
        with self._lock:
            left, self._mine = self._mine, set()
        if left:
            parts.release(self._store, left)

    def _do(self, part: int) -> None:
        if self._stopping.is_set():
            raise RuntimeError("the worker stops")  # the task is tried again
        mine = parts.claim(self._store, part)
        if mine is None:
            return  # done, or its job was cancelled
        with self._lock:
            self._mine.add(mine)
        try:
            parts.do(self._store, self._crew, mine, self._days)
        except parts.Lost:
            _LOG.info("part %d went to another worker, or its job was cancelled", part)
        finally:
            with self._lock:
                self._mine.discard(mine)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                # psycopg cannot wait on the loop that is Windows' default
                with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
                    runner.run(self._serve())
            except Exception:
                _LOG.exception("the worker starts again after an error")
            self._stopping.wait(1.0)

    async def _serve(self) -> None:
        self._halt = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        if self._stopping.is_set():
            return
        async with self.app.open_async():
            working = asyncio.create_task(
                self.app.run_worker_async(
                    queues=[QUEUE],
                    name="ydan",
                    concurrency=self._size,
                    install_signal_handlers=False,
                    delete_jobs="always",
                    fetch_job_polling_interval=2.0,
                    update_heartbeat_interval=HEARTBEAT,
                    stalled_worker_timeout=DEAD,
                    shutdown_graceful_timeout=20.0,
                )
            )
            beside = [asyncio.create_task(self._look_after()), asyncio.create_task(self._halt.wait())]
            try:
                await asyncio.wait([working, beside[1]], return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in (working, *beside):
                    task.cancel()
                ended = (await asyncio.gather(working, *beside, return_exceptions=True))[0]
            if isinstance(ended, Exception):
                raise ended

    async def _look_after(self) -> None:
        while True:
            try:
                for job in await self.app.job_manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=DEAD):
                    await self.app.job_manager.retry_job(job)
                await asyncio.to_thread(self.announce_unknown)
                await asyncio.to_thread(self._crew.tidy)
            except Exception:
                _LOG.exception("the queue was not looked after")
            await asyncio.sleep(_LOOK_AGAIN)

    def announce_unknown(self) -> int:
        """Announce the parts that wait and of which Procrastinate knows nothing; how many."""
        with self._store.begin() as session:
            session.execute(text("SELECT pg_advisory_xact_lock(6520321)"))
            unknown = [(id_, number) for id_, number in session.execute(_UNKNOWN)]
            if unknown:
                self.announce(session, unknown)
            return len(unknown)


def _by_priority(parts: list[tuple[int, int]]) -> list[tuple[int, list[int]]]:
    """A part's number is its rank: a short list does not wait for the whole of a long one."""
    ranks: dict[int, list[int]] = {}
    for id_, number in parts:
        ranks.setdefault(-number, []).append(id_)
    return sorted(ranks.items(), reverse=True)

"""The queue of one PC: threads of the server that claim parts from the table, nothing to install or to run beside."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy.orm import Session

from ydan_service.programs.assessing.crew import Crew, Stopped
from ydan_service.programs.bulk import parts
from ydan_service.store.store import Store

_LOG = logging.getLogger(__name__)
_BEAT = parts.LEASE.total_seconds() / 4


class EmbeddedQueue:
    """One thread looks for parts and hands them to as many as the crew has members."""

    def __init__(
        self, store: Store, crew: Crew, days: int, concurrency: int | None = None, interval: float = 2.0
    ) -> None:
        self._store, self._crew, self._days, self._interval = store, crew, days, interval
        self._size = concurrency or crew.size
        self._called, self._stopped = threading.Event(), threading.Event()
        self._lock = threading.Lock()
        self._mine: set[parts.Claim] = set()
        self._free = threading.Semaphore(self._size)
        self._threads: list[threading.Thread] = []
        self._pool: ThreadPoolExecutor | None = None

    def announce(self, session: Session, parts: list[tuple[int, int]]) -> None:
        """Nothing to do: the rows are the queue."""

    def wake(self) -> None:
        """Do not wait for the next look."""
        self._called.set()

    def start(self) -> None:
        """Begin; on SQLite, where no other process works, with what the last run left behind."""
        if self._store.engine.dialect.name == "sqlite":
            parts.take_up(self._store)
        self._pool = ThreadPoolExecutor(self._size, thread_name_prefix="ydan-bulk")
        for target, name in ((self._run, "ydan-bulk"), (self._beat, "ydan-bulk-beat")):
            thread = threading.Thread(target=target, name=name, daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """End at once: parts at hand go back and are done at the next start."""
        self._stopped.set()
        self._called.set()
        for thread in self._threads:
            thread.join(30)
        self._crew.close()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
        with self._lock:
            left, self._mine = self._mine, set()
        if left:
            parts.release(self._store, left)

    def do_next(self) -> bool:
        """Do one part here and now; whether there was any."""
        mine = parts.claim(self._store)
        if mine is None:
            return False
        parts.do(self._store, self._crew, mine, self._days)
        return True

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                if self._hand_out():
                    continue
                self._crew.tidy()
            except Exception:
                _LOG.exception("the queue goes on after an error")
            self._called.wait(self._interval)
            self._called.clear()

    def _hand_out(self) -> bool:
        """Give one part to a free thread; False when there is none to give."""
        with self._store.read() as session:
            if not parts.waiting(session):
                return False
        while not self._free.acquire(timeout=0.5):
            if self._stopped.is_set():
                return False
        mine = parts.claim(self._store)
        if mine is None or self._pool is None:
            self._free.release()
            return False
        with self._lock:
            self._mine.add(mine)
        self._pool.submit(self._do, mine)
        return True

    def _do(self, mine: parts.Claim) -> None:
        try:
            parts.do(self._store, self._crew, mine, self._days)
        except (parts.Lost, Stopped):
            pass
        except Exception:
            _LOG.exception("a part is tried again")
        finally:
            with self._lock:
                self._mine.discard(mine)
            self._free.release()

    def _beat(self) -> None:
        while not self._stopped.wait(_BEAT):
            with self._lock:
                mine = set(self._mine)
            try:
                parts.keep_alive(self._store, mine)
            except Exception:
                _LOG.exception("a sign of life was not written")

"""The thread that does the jobs, one after the other; a stop or a crash loses none."""

from __future__ import annotations

import logging
import threading

from ydan.minutes.reader import MinutesReader
from ydan.predictor import Predictor
from ydan_service.office.intake import jobs
from ydan_service.office.intake.work import work
from ydan_service.store.store import Store

_LOG = logging.getLogger(__name__)
_BEAT = jobs.LEASE.total_seconds() / 4


class Worker:
    """Takes up jobs until stopped; several processes on one PostgreSQL may each run one.

    Use it as a context manager, or call :meth:`start` and :meth:`stop`.
    """

    def __init__(self, store: Store, predictor: Predictor, reader: MinutesReader, interval: float = 2.0) -> None:
        self._store, self._interval = store, interval
        self._models = (predictor, reader)
        self._called = threading.Event()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Worker:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def start(self) -> None:
        """Begin; on SQLite, where no other process works, with what the last run left behind."""
        if self._store.engine.dialect.name == "sqlite":
            jobs.take_up(self._store)
        self._thread = threading.Thread(target=self._run, name="ydan-intake", daemon=True)
        self._thread.start()

    def use(self, predictor: Predictor, reader: MinutesReader) -> None:
        """Other models: for the jobs that begin from now on."""
        self._models = (predictor, reader)

    def wake(self) -> None:
        """A job came in: do not wait for the next look."""
        self._called.set()

    def stop(self, timeout: float = 30.0) -> None:
        """End after the job at hand; one that takes longer than ``timeout`` is taken up at the next start."""
        self._stopped.set()
        self._called.set()
        if self._thread is not None:
            self._thread.join(timeout)

    def do_next(self) -> bool:
        """Do one job here and now; whether there was any."""
        mine = jobs.claim(self._store)
        if mine is None:
            return False
        ended = threading.Event()
        beat = threading.Thread(target=self._beat, args=(mine, ended), name="ydan-intake-beat", daemon=True)
        beat.start()
        try:
            work(self._store, *self._models, mine.job_id)
        finally:
            ended.set()
            beat.join()
        return True

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                if self.do_next():
                    continue
            except Exception:
                _LOG.exception("the worker goes on after an error")
            self._called.wait(self._interval)
            self._called.clear()

    def _beat(self, mine: jobs.Claim, ended: threading.Event) -> None:
        while not ended.wait(_BEAT):
            try:
                jobs.keep_alive(self._store, mine)
            except Exception:
                _LOG.exception("a sign of life was not written")

"""What an app with a store does beside answering: it reads minutes, does jobs, calls webhooks, deletes old things."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from ydan.predictor import Predictor
from ydan_service.programs.assessing.crew import Crew
from ydan_service.programs.bulk.queue import queue_of
from ydan_service.programs.bulk.sweep import sweep
from ydan_service.programs.webhooks.deliverer import Deliverer
from ydan_service.settings import Settings
from ydan_service.store.store import Store

if TYPE_CHECKING:
    from fastapi import FastAPI

    from ydan_service.office.intake.worker import Worker

_LOG = logging.getLogger(__name__)
_SWEEP_SECONDS = 3600.0


class Background:
    """The threads of one process. Nothing runs before :meth:`start`; what is announced before waits in the store.

    Jobs are assessed here too where ``works`` says so. Without it: with one serving process, always on SQLite. Several
    processes on PostgreSQL leave them to ``ydan-serve worker``.
    """

    def __init__(
        self,
        store: Store,
        predictor: Predictor,
        settings: Settings,
        *,
        works: bool | None = None,
        concurrency: int | None = None,
        bundle: Path | None = None,
    ) -> None:
        self.store = store
        self.crew = Crew(
            predictor, bundle or settings.bundle, settings.overrides, concurrency, settings.bundle_public_key
        )
        self.queue = queue_of(store, self.crew, settings.job_days, concurrency)
        self.deliverer = Deliverer(store, settings.webhook_hosts)
        self.works = works if works is not None else settings.workers == 1
        self._stopped = threading.Event()
        self._sweeper: threading.Thread | None = None

    def use(self, predictor: Predictor, bundle: Path | None) -> None:
        """Another model, from ``bundle``, for what begins from now on."""
        self.crew.use(predictor, bundle)

    def start(self) -> None:
        """Begin."""
        self._sweeper = threading.Thread(target=self._sweep, name="ydan-sweep", daemon=True)
        self._sweeper.start()
        self.deliverer.start()
        if self.works:
            self.queue.start()

    def stop(self) -> None:
        """End; what is at hand goes back into the store."""
        self._stopped.set()
        if self.works:
            self.queue.stop()
        self.deliverer.stop()
        if self._sweeper is not None:
            self._sweeper.join(30)

    def wake(self) -> None:
        """A job came in, or something is to be delivered."""
        self.queue.wake()
        self.deliverer.wake()

    def _sweep(self) -> None:
        while True:
            try:
                sweep(self.store)
                self.deliverer.tidy()
            except Exception:
                _LOG.exception("old jobs were not deleted; tried again in an hour")
            if self._stopped.wait(_SWEEP_SECONDS):
                return


@asynccontextmanager
async def running(app: FastAPI) -> AsyncIterator[None]:
    """The lifespan of an app: with a store its background, with pages also the worker that reads minutes."""
    background: Background | None = getattr(app.state, "background", None)
    reader: Worker | None = getattr(app.state, "worker", None)
    present = [each for each in (reader, background) if each is not None]
    started: list[Background | Worker] = []
    try:
        for each in present:
            await run_in_threadpool(each.start)
            started.append(each)
        yield
    finally:
        for each in reversed(started):
            await run_in_threadpool(each.stop)

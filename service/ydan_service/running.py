"""What a served app does beside answering: every second a look at its model and its counts; and how models change."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from ydan_service.batching import Collector
from ydan_service.metrics import SHARED, Metrics
from ydan_service.models import Loaded, Models
from ydan_service.ticker import Ticker
from ydan_service.watch.collectors import collectors
from ydan_service.watch.drift import Drift

_PATIENCE = 30.0


def prepare(app: FastAPI, models: Models) -> None:
    """Put the models, the figures worked out on demand and the ticker on ``app``."""
    state = app.state
    metrics: Metrics = state.metrics
    state.models, state.ticker, state.loop = models, Ticker(), None
    state.drift = Drift(metrics, models, Path(os.environ[SHARED]) if SHARED in os.environ else None)
    metrics.add(collectors(app))
    models.tell(lambda loaded: _use(app, loaded))
    models.tell(lambda _loaded: metrics.switched(done=True))
    models.on_failure = lambda: metrics.switched(done=False)
    state.ticker.work += [models.look, metrics.flush, state.drift.share]


@asynccontextmanager
async def ticking(app: FastAPI) -> AsyncIterator[None]:
    """The lifespan: the ticker ticks while the app serves."""
    app.state.loop = asyncio.get_running_loop()
    app.state.ticker.start()
    try:
        yield
    finally:
        app.state.loop = None
        await run_in_threadpool(app.state.ticker.stop)


def _use(app: FastAPI, loaded: Loaded) -> None:
    """Let ``loaded`` answer what comes from now on.

    While the app serves this is done on its event loop, between two requests' steps: none sees the new predictor
    beside the old collector. Whatever a request took before, it keeps to its end.
    """
    state = app.state
    reader = state.minutes_reader
    reader = None if reader is None else reader.with_classifier(loaded.predictor.bundle)
    collector = Collector(loaded.predictor)

    def swap() -> None:
        state.predictor, state.minutes_reader, state.collector = loaded.predictor, reader, collector
        state.made, state.proved = {}, None  # answers that the old model gave about itself
        background = getattr(state, "background", None)
        if background is not None:
            background.use(loaded.predictor, loaded.folder)
        worker = getattr(state, "worker", None)
        if worker is not None and reader is not None:
            worker.use(loaded.predictor, reader)

    async def swapping() -> None:
        swap()

    loop = state.loop
    if loop is None:
        swap()
    else:
        asyncio.run_coroutine_threadsafe(swapping(), loop).result(_PATIENCE)

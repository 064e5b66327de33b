"""The application, built with what it needs: a test passes its own settings and predictor and patches nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any

from fastapi import Depends, FastAPI

from ydan import __version__
from ydan.predictor import Predictor
from ydan_service import problems, program_calls, running
from ydan_service.admission import Admission, Admit
from ydan_service.batching import Collector
from ydan_service.metrics import Metrics
from ydan_service.models import Loaded, Models
from ydan_service.responses import Json
from ydan_service.routes import (
    classify,
    drift,
    feedback,
    health,
    jobs,
    knowledge,
    kserve,
    metrics,
    minutes,
    model,
    open311,
    plain,
    stream,
    webhooks,
)
from ydan_service.routes.deprecated import announce
from ydan_service.schemas import ClassifyIn
from ydan_service.security import anybody_known
from ydan_service.settings import Settings
from ydan_service.watch.requests import WatchRequests

_PROGRAMS = (
    classify, stream, minutes, feedback, plain, kserve, open311, knowledge, model, jobs, webhooks, drift, health,
    metrics,
)  # fmt: skip
"""Modules of routes for programs, each with a ``router``."""

if TYPE_CHECKING:
    from fastapi.telemetry import TelemetryConfig

    from ydan.minutes.reader import MinutesReader
    from ydan_service.store.store import Store

_NO_TELEMETRY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
"""FastAPI's own would send paths and the words of exceptions; :mod:`ydan_service.watch.traces` sends neither."""
DESCRIPTION = (
    "Đọc ý kiến của người dân tại hội nghị tiếp xúc, đối thoại: lĩnh vực, loại, cấp có thẩm quyền, việc phải báo lên "
    "trên – kèm lý do và chữ làm căn cứ. Mọi nhãn là gợi ý, cán bộ xác nhận."
)


def create_app(
    settings: Settings,
    predictor: Predictor,
    store: Store | None = None,
    minutes_reader: MinutesReader | None = None,
    models: Models | None = None,
) -> FastAPI:
    """The app with every route; ready as soon as it is built, since the predictor comes loaded.

    With a ``store`` the office's pages are there too, unless the settings say no; they read minutes with
    ``minutes_reader``, else the shipped one, while the app serves. ``models`` lets the model change meanwhile.
    """
    app = FastAPI(
        title="Ý Dân",
        version=__version__,
        description=DESCRIPTION,
        openapi_url=None,
        lifespan=_lifespan,
        telemetry=_NO_TELEMETRY,
    )
    app.state.settings = settings
    app.state.predictor = predictor
    app.state.metrics = Metrics()
    app.state.store = store
    app.state.minutes_reader = minutes_reader
    app.state.demo = None
    app.state.collector = Collector(predictor)
    app.state.admission = Admission(settings)
    running.prepare(app, models or Models(Loaded(predictor, settings.bundle)))
    app.add_middleware(Admit, admission=app.state.admission)
    app.add_middleware(WatchRequests, metrics=app.state.metrics)
    problems.install(app)
    if settings.traces:
        from ydan_service.watch import traces

        app.state.traces = traces.install(app)  # before the ids are put around it all
    program_calls.prepare(app, settings, store)
    if store is not None:
        from ydan_service import store_failures

        store_failures.install(app)
    app.router.routes.insert(0, classify.QUICK)
    for module in _PROGRAMS:
        app.include_router(module.router)
    announce(app, [module.router for module in _PROGRAMS])
    if store is not None and settings.serve_pages:
        from ydan_service.pages import add_pages

        add_pages(app, store, minutes_reader, secure=settings.secure_cookies)
    if store is not None:
        from ydan_service.background import Background

        app.state.background = Background(store, predictor, settings, bundle=app.state.models.current.folder)
    app.openapi = _described(app, settings)  # type: ignore[method-assign]

    @app.get("/openapi.json", include_in_schema=False, dependencies=[Depends(anybody_known)])
    def openapi() -> Json:
        return Json(app.openapi())

    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        if app.state.store is not None:
            from ydan_service import background

            await stack.enter_async_context(background.running(app))
        await stack.enter_async_context(running.ticking(app))
        yield


def _described(app: FastAPI, settings: Settings) -> Callable[[], dict[str, Any]]:
    """The generated OpenAPI document, with what FastAPI cannot see: the request read by hand, and the key."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        document = plain()
        schemas = document["components"]["schemas"]
        if "ClassifyIn" not in schemas:
            own = ClassifyIn.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas.update(own.pop("$defs", {}))
            schemas["ClassifyIn"] = own
            program_calls.describe(app, document, settings)
        return document

    return openapi

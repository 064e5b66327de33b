"""The application, built with what it needs: a test passes its own settings and predictor and patches nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from fastapi import Depends, FastAPI

from ydan import __version__
from ydan.predictor import Predictor
from ydan_service import problems
from ydan_service.metrics import CountRequests, Metrics
from ydan_service.responses import Json
from ydan_service.routes import classify, health, knowledge, metrics
from ydan_service.schemas import ClassifyIn
from ydan_service.security import require_key
from ydan_service.settings import Settings

if TYPE_CHECKING:
    from ydan.minutes.reader import MinutesReader
    from ydan_service.store.store import Store

DESCRIPTION = (
    "Đọc ý kiến của người dân tại hội nghị tiếp xúc, đối thoại: lĩnh vực, loại, cấp có thẩm quyền, việc phải báo lên "
    "trên – kèm lý do và chữ làm căn cứ. Mọi nhãn là gợi ý, cán bộ xác nhận."
)


def create_app(
    settings: Settings, predictor: Predictor, store: Store | None = None, minutes_reader: MinutesReader | None = None
) -> FastAPI:
    """The app with every route; ready as soon as it is built, since the predictor comes loaded.

    With a ``store`` the office's pages are there too, unless the settings say no; they read minutes with
    ``minutes_reader``, else the shipped one, while the app serves.
    """
    app = FastAPI(title="Ý Dân", version=__version__, description=DESCRIPTION, openapi_url=None, lifespan=_lifespan)
    app.state.settings = settings
    app.state.predictor = predictor
    app.state.metrics = Metrics()
    app.state.store = store
    app.state.minutes_reader = minutes_reader
    app.state.demo = None
    app.add_middleware(CountRequests, metrics=app.state.metrics)
    problems.install(app)
    for module in (classify, knowledge, health, metrics):
        app.include_router(module.router)
    if store is not None and settings.serve_pages:
        from ydan_service.pages import add_pages

        add_pages(app, store, minutes_reader, secure=settings.secure_cookies)
    app.openapi = _described(app, needs_key=settings.api_key is not None)  # type: ignore[method-assign]

    @app.get("/openapi.json", include_in_schema=False, dependencies=[Depends(require_key)])
    def openapi() -> Json:
        return Json(app.openapi())

    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    if getattr(app.state, "worker", None) is None:
        yield
        return
    from ydan_service.pages import working

    async with working(app):
        yield


def _described(app: FastAPI, *, needs_key: bool) -> Callable[[], dict[str, Any]]:
    """The generated OpenAPI document, with what FastAPI cannot see: the request read by hand, and the key."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        document = plain()
        schemas = document["components"]["schemas"]
        if "ClassifyIn" not in schemas:
            own = ClassifyIn.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas.update(own.pop("$defs", {}))
            schemas["ClassifyIn"] = own
            if needs_key:
                document["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
                for path, methods in document["paths"].items():
                    for operation in methods.values():
                        operation["security"] = [] if path.startswith("/health") else [{"key": []}]
        return document

    return openapi

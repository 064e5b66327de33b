"""What all routes for programs share, put on an app once: who calls, how often, ids, headers; and its description."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from fastapi import FastAPI, routing
from fastapi.dependencies.models import Dependant
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from ydan_service.problems import MEDIA_TYPE
from ydan_service.program_headers import CorsForPrograms, ProgramHeaders
from ydan_service.programs.rates import Rates
from ydan_service.programs.recognise import Recognition
from ydan_service.request_id import RequestIds
from ydan_service.routes import oauth
from ydan_service.schemas import ProblemOut
from ydan_service.settings import Settings
from ydan_service.store.store import Store
from ydan_service.store.tables import SCOPES

_REFUSALS = {
    "401": "Thiếu khoá, hoặc khoá sai, hết hạn, bị thu hồi",
    "403": "Khoá không có phạm vi này, hoặc yêu cầu đến từ trang khác",
    "429": "Quá số lần gọi mỗi phút",
    "503": "Máy chủ đang quá tải hoặc cơ sở dữ liệu không trả lời: gửi lại sau Retry-After",
}


def prepare(app: FastAPI, settings: Settings, store: Store | None) -> None:
    """Put it on ``app``, before its routes."""
    app.state.recognition = None if store is None else Recognition(store)
    app.state.rates = Rates(settings.rate_per_minute)
    app.add_middleware(ProgramHeaders)
    if settings.cors_origins:
        app.add_middleware(CorsForPrograms, origins=settings.cors_origins)
    inner = app.build_middleware_stack

    def with_ids() -> ASGIApp:
        return RequestIds(inner())  # around the answer to an error that nobody foresaw as well

    app.build_middleware_stack = with_ids  # type: ignore[method-assign]
    app.include_router(oauth.router)


def describe(app: FastAPI, document: dict[str, Any], settings: Settings) -> None:
    """Say in the OpenAPI ``document`` which operation asks for which scope, and how it refuses."""
    parts = document.setdefault("components", {})
    parts.setdefault("schemas", {}).setdefault("ProblemOut", ProblemOut.model_json_schema())
    parts["securitySchemes"] = {
        "key": {"type": "http", "scheme": "bearer", "description": "Khoá: ydan-serve callers add, hoặc YDAN_API_KEY"},
        "oauth": {
            "type": "oauth2",
            "flows": {
                "clientCredentials": {
                    "tokenUrl": f"{settings.base_url}/v1/oauth/token",
                    "scopes": {scope: f"phạm vi {scope}" for scope in SCOPES},
                }
            },
        },
    }
    problem = {"content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemOut"}}}}
    free: list[dict[str, list[str]]] = [] if settings.api_key is not None or settings.open_to_others else [{}]
    scopes = dict(_scopes(app))
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            scope = scopes.get((path, method))
            if scope is None:
                operation["security"] = []
                continue
            operation["security"] = [*free, {"key": []}, {"oauth": [scope]}]
            silent = {"408": "Bên gửi im lặng quá lâu"} if "requestBody" in operation else {}
            for status, meaning in (_REFUSALS | silent).items():
                operation["responses"].setdefault(status, {"description": meaning, **problem})


def _scopes(app: FastAPI) -> Iterator[tuple[tuple[str, str], str]]:
    """Path and method → scope; newer versions of FastAPI keep included routers whole and walk them by a function."""
    walk: Callable[[Sequence[BaseRoute]], Iterable[Any]] = getattr(routing, "iter_route_contexts", iter)
    for route in walk(app.routes):
        dependant = getattr(route, "dependant", None)
        for scope in () if dependant is None else _asked(dependant):
            for method in route.methods or ():
                yield (route.path_format, method.lower()), scope


def _asked(dependant: Dependant) -> Iterator[str]:
    """The scopes that :func:`ydan_service.security.requires` stands for among the dependencies."""
    scope = getattr(dependant.call, "ydan_scope", None)
    if isinstance(scope, str):
        yield scope
    for each in dependant.dependencies:
        yield from _asked(each)

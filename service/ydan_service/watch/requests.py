"""Every request, counted and logged under its route's pattern: never its path, its query or its body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from time import perf_counter

from starlette.applications import Starlette
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ydan_service import request_id
from ydan_service.metrics import UNMATCHED, Metrics
from ydan_service.watch import logs

_MOUNTED = ("/static",)


class WatchRequests:
    """ASGI middleware: metrics of every answer, and one line in the log."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = perf_counter()
        status = 500  # what an exception becomes further out

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        self._metrics.in_progress.inc()
        try:
            await self._app(scope, receive, sending)
        finally:
            seconds = perf_counter() - begun
            self._metrics.in_progress.dec()
            route = route_of(scope)
            self._metrics.request(scope["method"], route, status, seconds)
            calling = scope.get("state", {}).get("calling")
            client = "" if calling is None else calling.client_id or calling.kind
            logs.access(scope["method"], route, status, seconds, request_id.current(), client)


def route_of(scope: Scope) -> str:
    """The pattern of the route that took the request, else one name for all that none took.

    A request that was refused before any route saw it counts under its path, if that is one of ours.
    """
    pattern = getattr(scope.get("route"), "path", None)
    if pattern is not None:
        return str(pattern)
    path = scope["path"]
    if path in _plain_paths(scope["app"]):
        return str(path)
    return next((each for each in _MOUNTED if path.startswith(each + "/")), UNMATCHED)


def _plain_paths(app: Starlette) -> frozenset[str]:
    """The paths that hold nothing of the caller's; gathered once."""
    found: frozenset[str] | None = getattr(app.state, "plain_paths", None)
    if found is None:
        found = app.state.plain_paths = frozenset(path for path in _paths(app.routes) if path and "{" not in path)
    return found


def _paths(routes: Iterable[BaseRoute]) -> Iterator[str]:
    for route in routes:
        router = getattr(route, "original_router", None)  # FastAPI keeps included routers as they are
        if router is not None:
            yield from _paths(router.routes)
        else:
            yield getattr(route, "path", "")

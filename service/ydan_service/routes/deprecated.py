"""A route that will go: it says so in every answer, and in the OpenAPI document (``docs/api-policy.md``).

>>> from datetime import date
>>> from fastapi import APIRouter, FastAPI
>>> from ydan_service.responses import Json
>>> router = APIRouter(prefix="/v1")
>>> @router.get("/old", deprecated=True)
... @deprecated(since=date(2027, 1, 1), sunset=date(2028, 1, 1), instead="/v1/new")
... def old() -> Json:
...     return Json({})
>>> app = FastAPI()
>>> app.include_router(router)
>>> announce(app, [router])
True
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from typing import Any, NamedTuple, TypeVar

from fastapi import APIRouter, FastAPI
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SHORTEST = timedelta(days=365)
"""A route answers at least so long after it was called old."""
_MARK = "ydan_deprecation"
Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


class Deprecation(NamedTuple):
    """The headers of an old route (RFC 9745, RFC 8594)."""

    headers: tuple[tuple[str, str], ...]


def deprecated(*, since: date, sunset: date, instead: str) -> Callable[[Endpoint], Endpoint]:
    """Mark an endpoint, under ``@router.get(…, deprecated=True)``; ``instead`` is the path that takes its place.

    :raises ValueError: the route would go sooner than the policy promises.
    """
    if sunset - since < SHORTEST:
        raise ValueError(f"a route answers {SHORTEST.days} days after it was called old, not {(sunset - since).days}")
    begins = datetime(since.year, since.month, since.day, tzinfo=UTC)
    ends = datetime(sunset.year, sunset.month, sunset.day, tzinfo=UTC)
    found = Deprecation(
        (
            ("Deprecation", f"@{int(begins.timestamp())}"),
            ("Sunset", format_datetime(ends, usegmt=True)),
            ("Link", f'<{instead}>; rel="successor-version"'),
        )
    )

    def mark(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _MARK, found)
        return endpoint

    return mark


def announce(app: FastAPI, routers: Iterable[APIRouter]) -> bool:
    """Put the headers on the answers of marked routes; whether there are any. Without them nothing is added to the way.

    :raises ValueError: a marked route is not ``deprecated=True``: the OpenAPI document would not say it.
    """
    marked = [
        route for router in routers for route in router.routes if hasattr(getattr(route, "endpoint", None), _MARK)
    ]
    for route in marked:
        if not getattr(route, "deprecated", False):
            raise ValueError(f"{getattr(route, 'path', route)} is marked and not deprecated=True")
    if marked:
        app.add_middleware(_Announce)
    return bool(marked)


class _Announce:
    """ASGI middleware: the router has left the endpoint in the scope when the answer begins."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            found = getattr(scope.get("endpoint"), _MARK, None)
            if message["type"] == "http.response.start" and found is not None:
                headers = MutableHeaders(scope=message)
                for name, value in found.headers:
                    headers.append(name, value)
            await send(message)

        await self._app(scope, receive, sending)

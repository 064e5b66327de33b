"""What every answer to a program says beside its body: how to treat it, where the caller stands, who else may read it.

Pure ASGI, for the paths that programs ask; the office's pages have :mod:`ydan_service.web.headers`.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ydan_service.error_pages import PROGRAMS

_ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
)
RATE = "ydan_rate_headers"
"""Where :mod:`ydan_service.security` leaves the rate's headers in the request's state."""
_READABLE = (
    "Deprecation", "ETag", "Idempotency-Replayed", "Link", "Location", "RateLimit", "RateLimit-Policy", "Retry-After",
    "Sunset", "WWW-Authenticate", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "X-Request-Id",
)  # fmt: skip


class ProgramHeaders:
    """ASGI middleware; a route's own ``Cache-Control`` stands."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(PROGRAMS):
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                raw = message["headers"] = list(message.get("headers", ()))
                there = {name for name, _value in raw}
                raw.extend([each for each in _ALWAYS if each[0] not in there])
                rate = state.get(RATE)
                if rate:
                    headers = MutableHeaders(raw=raw)
                    for name, value in rate.items():
                        headers[name] = value
            await send(message)

        await self._app(scope, receive, sending)


class CorsForPrograms:
    """ASGI middleware: pages of the ``origins`` may call ``/v1`` and the token's metadata with a key of their own.

    Never with cookies: a person who is signed in calls from the office's own pages alone.
    """

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        self._app = app
        self._shared = CORSMiddleware(
            app,
            allow_origins=origins,
            allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "If-None-Match", "X-Request-Id"],
            expose_headers=_READABLE,
            max_age=600,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        shared = scope["type"] == "http" and scope["path"].startswith(("/v1/", "/v2/", "/open311/", "/.well-known/"))
        await (self._shared if shared else self._app)(scope, receive, send)

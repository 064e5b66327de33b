"""What every answer says about itself: what a page may load, who may frame it, who may keep it.

Pure ASGI. It also keeps the request in :data:`ydan_service.web.i18n.here`, so that ``_`` knows whom it speaks to.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ydan_service.web import i18n

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_CHARTS = _POLICY.replace("style-src 'self'", "style-src 'self'; style-src-attr 'unsafe-inline'")
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}


def allow_charts(request: Request) -> None:
    """Let this one page set style attributes by script, as plotly does; scripts and hosts stay as strict as ever."""
    request.state.charts = True


class SecureHeaders:
    """ASGI middleware; ``secure`` adds HSTS."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app = app
        self._secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers.setdefault(name, value)
                headers["Content-Security-Policy"] = _CHARTS if state.get("charts") else _POLICY
                headers.setdefault("Cache-Control", "no-store")
                if self._secure:
                    headers["Strict-Transport-Security"] = "max-age=31536000"
            await send(message)

        token = i18n.here.set(Request(scope))
        try:
            await self._app(scope, receive, sending)
        finally:
            i18n.here.reset(token)

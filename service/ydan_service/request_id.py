"""Every request has an id: taken from ``X-Request-Id``, else made here; in every answer, and for every line of a log.

>>> current()
''
"""

from __future__ import annotations

import re
import secrets
from contextvars import ContextVar

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER = "X-Request-Id"
_RAW = HEADER.lower().encode()
_SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{7,127}")
"""What is taken over: long enough to tell requests apart, nothing that a log could take for something else."""
_current: ContextVar[str] = ContextVar("ydan_request_id", default="")


def current() -> str:
    """The id of the request that is being answered; "" outside of one."""
    return _current.get()


def taken_or_made(given: str) -> str:
    """The caller's id if it is sane, else a new one.

    >>> taken_or_made("3b1f-cong-dich-vu"), len(taken_or_made("x y\\n"))
    ('3b1f-cong-dich-vu', 32)
    """
    return given if _SANE.fullmatch(given) else secrets.token_hex(16)


class RequestIds:
    """ASGI middleware, the outermost: the answer to an error that nobody foresaw has the id too.

    The id stays known after the answer, when the server writes its line; a request has a context of its own.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        id_ = taken_or_made(Headers(scope=scope).get(HEADER, ""))
        _current.set(id_)

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [each for each in message.get("headers", ()) if each[0] != _RAW]
                message["headers"] = [*headers, (_RAW, id_.encode())]
            await send(message)

        await self._app(scope, receive, sending)

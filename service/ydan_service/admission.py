"""How much of what programs ask may be under way at once: what would be too much is answered at once, not queued.

A queue without bound answers everybody late and nobody in time. A request takes places, more if its body is large, and
the bytes of its body; where there are none left the answer is 503 ``overloaded``, before the body is read where the
head tells enough. Health and metrics are no requests of programs: they are always answered.
"""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ydan_service import problems
from ydan_service.problems import Problem
from ydan_service.settings import Settings

PLACE_BYTES = 32_768
"""A body takes one place more for each: about a hundred opinions."""
RETRY_SECONDS = 1
SILENT_SECONDS = 20.0
"""A body of which nothing came for so long is given up."""
_PATHS = ("/v1/", "/v2/models/", "/open311/")
_FLOWING = ("/v1/classify/stream", "/v1/jobs")
"""Their bodies are worked on as they come and never gathered: however long, one place and no bytes."""


class Admission:
    """What is under way in one process. Only the event loop changes it."""

    def __init__(self, settings: Settings) -> None:
        self.most = settings.most_waiting
        self.longest = max(settings.most_bytes, settings.most_file_bytes)
        """Bytes after which every other route stops reading; what is longer is refused there, as too large."""
        self.most_bytes = max(4 * settings.most_bytes, 2 * settings.most_file_bytes)
        """Of all bodies together that are being read or worked on."""
        self.under_way = 0
        self.bytes_held = 0
        self.refused = 0

    def places(self, size: int) -> int:
        """The places that a body of ``size`` bytes takes; no body takes more than a quarter of all.

        >>> admission = Admission(Settings(most_waiting=64))
        >>> admission.places(500), admission.places(300_000), admission.places(9_000_000)
        (1, 10, 16)
        """
        return min(1 + size // PLACE_BYTES, max(self.most // 4, 1))

    def has_room(self, size: int) -> bool:
        """Whether a body of ``size`` bytes could be worked on now."""
        return self.under_way + self.places(size) <= self.most and self.bytes_held + size <= self.most_bytes

    def enter(self, size: int) -> bool:
        """Take the places of a body that is here, if there are as many left."""
        places = self.places(size)
        if self.under_way + places > self.most:
            self.refused += 1
            return False
        self.under_way += places
        return True

    def hold(self, size: int) -> bool:
        """Take bytes for a part of a body that has come, if there are as many left."""
        if self.bytes_held + size > self.most_bytes:
            self.refused += 1
            return False
        self.bytes_held += size
        return True

    def leave(self, size: int) -> None:
        """Give back the places that :meth:`enter` took for ``size``."""
        self.under_way -= self.places(size)


class Admit:
    """ASGI middleware: refuses by the head of the request where it can, else as soon as the body is here.

    Who sends slowly holds the bytes that came, and no place: it keeps nobody else out.
    """

    def __init__(self, app: ASGIApp, admission: Admission, silence: float = SILENT_SECONDS) -> None:
        self._app = app
        self._admission = admission
        self._silence = silence

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(_PATHS):
            await self._app(scope, receive, send)
            return
        size = 0 if scope["path"] in _FLOWING else self._stated_length(scope)
        body = _Body(self._admission, receive, self._silence)
        if not self._admission.has_room(size or 0) or (size == 0 and not body.enter()):
            self._admission.refused += 1
            overloaded = _overloaded()
            told = (overloaded.status, overloaded.code, overloaded.detail, overloaded.headers)
            answer = problems.answer(Request(scope), *told)
            await answer(scope, receive, send)
            return
        try:
            await self._app(scope, receive if size == 0 else body.receive, send)
        finally:
            body.leave()

    def _stated_length(self, scope: Scope) -> int | None:
        """Bytes of the body; ``None`` when it comes in chunks and does not say."""
        for name, value in scope["headers"]:
            if name == b"content-length" and value.isdigit():
                return min(int(value), self._admission.longest)
            if name == b"transfer-encoding":
                return None
        return 0


class _Body:
    """A body on its way: its bytes are held as they come, its places are taken when it is here."""

    def __init__(self, admission: Admission, receive: Receive, silence: float) -> None:
        self._admission, self._receive, self._silence = admission, receive, silence
        self._bytes = 0
        self._entered: int | None = None

    async def receive(self) -> Message:
        """The next part.

        :raises Problem: 503 where there is no room for it, 408 when none came for too long.
        """
        if self._entered is not None:  # all is here: what is waited for now is that the caller goes away
            return await self._receive()
        try:
            async with asyncio.timeout(self._silence):
                message = await self._receive()
        except TimeoutError as error:
            raise _silent(self._silence) from error
        size = len(message.get("body", b""))
        if not self._admission.hold(size):
            raise _overloaded()
        self._bytes += size
        if message["type"] == "http.request" and not message.get("more_body", False) and not self.enter():
            raise _overloaded()
        return message

    def enter(self) -> bool:
        """Take the places of what has come."""
        if self._admission.enter(self._bytes):
            self._entered = self._bytes
            return True
        return False

    def leave(self) -> None:
        """Give everything back."""
        if self._entered is not None:
            self._admission.leave(self._entered)
        self._admission.bytes_held -= self._bytes


def _silent(seconds: float) -> Problem:
    return Problem(
        408,
        "request_timeout",
        f"Bên gửi im lặng quá {seconds:.0f} giây khi thân yêu cầu chưa tới hết. Hãy gửi lại cả yêu cầu.",
        {"Connection": "close"},
    )


def _overloaded() -> Problem:
    return Problem(
        503,
        "overloaded",
        f"Máy chủ đang làm hết số yêu cầu nó nhận cùng lúc (YDAN_MOST_WAITING). Hãy gửi lại sau {RETRY_SECONDS} giây, "
        "hoặc gộp nhiều ý kiến vào một lần gọi.",
        {"Retry-After": str(RETRY_SECONDS)},
    )

"""``Idempotency-Key`` for a route: the work is done once, whoever asks again gets the same answer.

>>> from typing import Annotated
>>> from fastapi import APIRouter, Depends, Request
>>> from ydan_service.programs.calling import Calling
>>> from ydan_service.responses import Json
>>> from ydan_service.routes.needs import store_of
>>> from ydan_service.security import requires
>>> router = APIRouter(prefix="/v1")
>>> @router.post("/webhooks", responses=IDEMPOTENT_RESPONSES, openapi_extra={"parameters": [IDEMPOTENCY_PARAMETER]})
... async def add(request: Request, calling: Annotated[Calling, Depends(requires("webhooks"))]) -> Response:
...     store = store_of(request)
...     body = await request.body()
...     def do(keep: Keep) -> Response:  # off the event loop
...         answer = Json({"bytes": len(body)}, 201)
...         with store.begin() as session:
...             keep(session, answer)  # in the transaction of the work: both are done, or neither
...         return answer
...     return await run_once(request, calling, store, do)
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, cast

import anyio
from fastapi import Request
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from ydan_service.problems import Problem
from ydan_service.programs import idempotency
from ydan_service.programs.calling import Calling
from ydan_service.programs.idempotency import Claim, Kept, Lost, Reused, Running
from ydan_service.routes.described import problem
from ydan_service.store.store import Store

Keep = Callable[[Session, Response], None]
"""Keeps the answer in the transaction that does the work; raises when somebody else took the work over."""
Work = Callable[[Keep], Response]

_LOG = logging.getLogger(__name__)
_KEY = re.compile(r"[\x21\x23-\x7e]{1,255}")
_NOT_KEPT = frozenset(("content-length", "date", "server", "set-cookie", "x-request-id"))

IDEMPOTENCY_PARAMETER: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Mã do bên gọi tự đặt cho một việc, ví dụ UUID. Gửi lại cùng mã và cùng nội dung trong 24 giờ thì "
    "nhận lại câu trả lời cũ (Idempotency-Replayed: true), việc không làm hai lần.",
    "schema": {"type": "string", "maxLength": 257},
    "example": "8e03978e-40d5-43e8-bc93-6894a57f9324",
}
"""For ``openapi_extra={"parameters": [IDEMPOTENCY_PARAMETER]}``."""


IDEMPOTENT_RESPONSES: dict[int | str, dict[str, Any]] = {
    400: problem("Idempotency-Key không đúng dạng"),
    409: problem("Yêu cầu cùng Idempotency-Key đang được làm"),
    422: problem("Idempotency-Key đã dùng cho yêu cầu khác, hoặc nội dung sai"),
}
"""For ``responses={**IDEMPOTENT_RESPONSES, …}``."""


async def run_once(
    request: Request,
    calling: Calling,
    store: Store | None,
    do: Work,
    content: bytes | str | None = None,
) -> Response:
    """Do the work, unless a request with the same ``Idempotency-Key`` did it in the last 24 hours.

    Without the header, or without a store (then nothing is done that could be done twice), ``do`` is simply called.
    Give ``content`` where the route has read the body by itself: what the request says, or a digest of it – a form's
    own bytes differ from one sending to the next. What ``do`` answers is kept (a whole :class:`Response`, no stream);
    anything that it raises is not: then nothing was done, and the key is free again.

    :raises Problem: 400 for a key that is none, 409 while the first is still at work, 422 where the key belongs to
        another request.
    """
    key = _key(request)
    if key is None or store is None:
        return cast(Response, await run_in_threadpool(do, _keeps_nothing))
    said = await request.body() if content is None else content
    mark = _fingerprint(request, said)
    found = await run_in_threadpool(idempotency.begin, store, calling.known_as, key, mark)
    if isinstance(found, Reused):
        raise Problem(
            422,
            "idempotency_key_reused",
            "Idempotency-Key này đã dùng cho một yêu cầu có nội dung khác. Hãy đặt mã mới cho yêu cầu mới.",
        )
    if isinstance(found, Running):
        raise _running()
    if isinstance(found, Kept):
        return Response(found.body, found.status, {**found.headers, "Idempotency-Replayed": "true"})
    return await _kept(store, found, do)


async def _kept(store: Store, claim: Claim, do: Work) -> Response:
    kept = False

    def keep(session: Session, answer: Response) -> None:
        nonlocal kept
        headers = {name: value for name, value in answer.headers.items() if name not in _NOT_KEPT}
        with claim.lock:
            about = Kept(answer.status_code, headers, bytes(answer.body))
            idempotency.finish(session, store.keys, claim, about)
        kept = True

    try:
        async with _showing_work(store, claim):
            answer = cast(Response, await run_in_threadpool(do, keep))
    except Lost as error:
        raise _running() from error
    except BaseException:
        await _given_up(store, claim)
        raise
    if not kept:
        await _given_up(store, claim)
    return answer


def _keeps_nothing(_session: Session, _answer: Response) -> None:
    """Nobody will ask again."""


def _running() -> Problem:
    return Problem(
        409,
        "idempotency_conflict",
        "Yêu cầu trước có cùng Idempotency-Key đang được làm. Hãy gửi lại sau ít giây để nhận câu trả lời của nó.",
        {"Retry-After": "2"},
    )


async def _given_up(store: Store, claim: Claim) -> None:
    """Also when the caller has gone away meanwhile, or the database."""
    with anyio.CancelScope(shield=True):
        try:
            await run_in_threadpool(idempotency.give_up, store, claim)
        except DBAPIError:
            _LOG.warning("a key stays claimed for a while: the database is away")


@asynccontextmanager
async def _showing_work(store: Store, claim: Claim) -> AsyncIterator[None]:
    """While the work goes on, the claim is renewed, so that nobody takes it over however long it is."""

    async def renewing() -> None:
        while True:
            await asyncio.sleep(idempotency.RENEW_EVERY.total_seconds())
            with suppress(DBAPIError):  # a database that is away for once: the next time
                await run_in_threadpool(idempotency.renew, store, claim)

    task = asyncio.create_task(renewing())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def _key(request: Request) -> str | None:
    """The key, with or without the quotes that the draft asks for."""
    given = request.headers.get("idempotency-key")
    if given is None:
        return None
    bare = given.strip()
    if len(bare) > 1 and bare[0] == bare[-1] == '"':
        bare = bare[1:-1]
    if not _KEY.fullmatch(bare):
        raise Problem(
            400,
            "idempotency_key_invalid",
            "Idempotency-Key phải có từ 1 đến 255 ký tự ASCII, không khoảng trắng. Hãy gửi một UUID cho mỗi việc.",
        )
    return bare


def _fingerprint(request: Request, said: bytes | str) -> str:
    body = said.encode() if isinstance(said, str) else said
    about = f"{request.method} {request.url.path}?{request.url.query}\n".encode()
    return hashlib.sha256(about + hashlib.sha256(body).digest()).hexdigest()

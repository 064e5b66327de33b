"""Who may call the endpoints for programs: on loopback anybody; elsewhere a key, or somebody who is signed in."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from functools import cache

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from ydan_service.accounts import gate
from ydan_service.accounts.origin import require_same_origin
from ydan_service.person import Person
from ydan_service.problems import Problem
from ydan_service.program_headers import RATE
from ydan_service.programs.calling import ANYONE, EVERYTHING, OF_PERSONS, SETTINGS_KEY, Calling
from ydan_service.programs.rates import Rates
from ydan_service.programs.recognise import Recognition
from ydan_service.settings import Settings
from ydan_service.store.tables import SCOPES

REALM = 'Bearer realm="ydan"'
"""What ``WWW-Authenticate`` says where nothing was sent (RFC 6750 3)."""

Allowed = Callable[[Request], Awaitable[Calling]]


@cache
def requires(scope: str) -> Allowed:
    """A dependency of a route for programs: who calls, if they may do what ``scope`` says. It counts the request.

    >>> from typing import Annotated
    >>> from fastapi import APIRouter, Depends
    >>> router = APIRouter(prefix="/v1")
    >>> @router.get("/jobs")
    ... def jobs(calling: Annotated[Calling, Depends(requires("jobs"))]) -> str:
    ...     return calling.name

    Accepted are, in this order: anybody on loopback where no key is set and no caller known; the key of the settings;
    a caller's key or token; a person who is signed in. The dependency raises:

    - Problem 401 ``unauthorized``: none of these.
    - Problem 403 ``insufficient_scope``: the caller may not do this.
    - Problem 429 ``rate_limited``: the caller is over its limit.
    - Forbidden: a sign-in, but an unsafe request without its ``X-CSRF-Token``.

    :raises ValueError: no caller can have such a scope; a route that names it would be closed to all.
    """
    if scope not in SCOPES:
        raise ValueError(f"there is no scope {scope!r}; there are {', '.join(SCOPES)}")

    async def allowed(request: Request) -> Calling:
        calling = await _calling(request)
        _count(request, calling)
        if scope not in calling.scopes:
            raise Problem(
                403,
                "insufficient_scope",
                f"Khoá hay tài khoản này không có phạm vi “{scope}”. Hãy nhờ người quản trị Ý Dân cấp thêm: "
                "ydan-serve callers change.",
                {"WWW-Authenticate": f'{REALM}, error="insufficient_scope", scope="{scope}"'},
            )
        return calling

    allowed.ydan_scope = scope  # type: ignore[attr-defined]  # the OpenAPI document names it
    return allowed


async def anybody_known(request: Request) -> Calling:
    """A dependency like :func:`requires`, whatever the scopes: for what describes the rest."""
    calling = await _calling(request)
    _count(request, calling)
    return calling


async def _calling(request: Request) -> Calling:
    """Who calls; found once a request. What is remembered costs no thread and no question to the database."""
    state = request.scope.setdefault("state", {})
    known: Calling | None = state.get("calling")
    if known is None:
        known = _at_once(request)
        if known is None:
            known = await run_in_threadpool(_looked_up, request)
        state["calling"] = known
        _keep_others_out(request, known)
    return known


def _at_once(request: Request) -> Calling | None:
    settings: Settings = request.app.state.settings
    recognition: Recognition | None = request.app.state.recognition
    nobody = recognition is None or recognition.any_remembered() is False
    if settings.api_key is None and not settings.open_to_others and nobody:
        return ANYONE
    given = _bearer(request)
    if given and settings.api_key is not None and hmac.compare_digest(given, settings.api_key.encode()):
        return SETTINGS_KEY
    return recognition.remembered(given.decode("latin-1"))[0] if given and recognition is not None else None


def _looked_up(request: Request) -> Calling:
    settings: Settings = request.app.state.settings
    recognition: Recognition | None = request.app.state.recognition
    given = _bearer(request)
    if settings.api_key is None and not settings.open_to_others and (recognition is None or not recognition.any()):
        return ANYONE
    if given and recognition is not None:
        found = recognition.recognise(given.decode("latin-1"))
        if found is not None:
            return found
    person = gate.current(request)
    if person is not None:
        gate.check_token(request, person, request.headers.get("x-csrf-token", ""))
        return _of_person(person)
    raise Problem(
        401,
        "unauthorized",
        "Thiếu khoá, hoặc khoá sai, hết hạn, bị thu hồi. Hãy gửi đầu mục “Authorization: Bearer KHOÁ” với khoá mà "
        "người quản trị Ý Dân cấp (ydan-serve callers add, hoặc YDAN_API_KEY).",
        {"WWW-Authenticate": f'{REALM}, error="invalid_token"' if given else REALM},
    )


def _bearer(request: Request) -> bytes:
    """The bytes as sent: a header has no encoding of its own."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return given.strip().encode("latin-1") if scheme.lower() == "bearer" else b""


def _of_person(person: Person) -> Calling:
    scopes = EVERYTHING if person.may("settings.manage") and person.everywhere else OF_PERSONS
    return Calling(None, f"person:{person.id}", person.username, scopes, kind="person")


def _keep_others_out(request: Request, calling: Calling) -> None:
    """Where nobody needs a key, another site's page in a browser on this machine must not do anything either.

    :raises Forbidden: the browser says that a page of another site sent an unsafe request.
    """
    settings: Settings = request.app.state.settings
    if calling is ANYONE and request.headers.get("origin") not in settings.cors_origins:
        require_same_origin(request, settings.public_url)


def _count(request: Request, calling: Calling) -> None:
    """Count the request, once; the answer's headers tell where the caller stands.

    :raises Problem: 429, over the limit.
    """
    state = request.scope["state"]
    if state.get("counted", False):
        return
    state["counted"] = True
    rates: Rates = request.app.state.rates
    standing = rates.count(calling)
    if standing is None:
        return
    state[RATE] = standing.headers()
    if not standing.allowed:
        raise Problem(
            429,
            "rate_limited",
            f"Đã gọi quá {standing.limit} lần trong một phút. Hãy thử lại sau {standing.resets_in} giây, gửi nhiều ý "
            "kiến trong một lần gọi, hoặc nhờ người quản trị Ý Dân nâng giới hạn.",
            {"Retry-After": str(standing.resets_in)},
        )

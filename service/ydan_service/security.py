"""Who may call the endpoints for programs: on loopback anybody; elsewhere a key, or somebody who is signed in."""

from __future__ import annotations

import hmac

from fastapi import Request

from ydan_service.accounts import gate
from ydan_service.problems import Problem
from ydan_service.settings import Settings


def require_key(request: Request) -> None:
    """A dependency of every route for programs but health.

    :raises Problem: 401 when a key is set, or the address is open to others, and the request carries neither the key
        (``Authorization: Bearer``) nor a sign-in.
    :raises Forbidden: a sign-in, but an unsafe request without its ``X-CSRF-Token``.
    """
    settings: Settings = request.app.state.settings
    if (settings.api_key is None and not settings.open_to_others) or _has_key(request, settings.api_key):
        return
    person = gate.current(request)
    if person is not None:
        gate.check_token(request, person, request.headers.get("x-csrf-token", ""))
        return
    raise Problem(
        401,
        "unauthorized",
        "Thiếu khoá hoặc khoá sai. Hãy gửi đầu mục “Authorization: Bearer KHOÁ” với khoá trong YDAN_API_KEY.",
        {"WWW-Authenticate": "Bearer"},
    )


def _has_key(request: Request, key: str | None) -> bool:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    raw = given.strip().encode("latin-1")  # the bytes as sent: a header has no encoding of its own
    return key is not None and scheme.lower() == "bearer" and hmac.compare_digest(raw, key.encode())

"""Who may call: nobody needs a key on loopback unless one is set; elsewhere everybody does."""

from __future__ import annotations

import hmac

from fastapi import Request

from ydan_service.problems import Problem
from ydan_service.settings import Settings


def require_key(request: Request) -> None:
    """A dependency of every route but health.

    :raises Problem: 401 when a key is set and the request's ``Authorization: Bearer`` does not carry it.
    """
    settings: Settings = request.app.state.settings
    if settings.api_key is None:
        return
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    raw = given.strip().encode("latin-1")  # the bytes as sent: a header has no encoding of its own
    if scheme.lower() != "bearer" or not hmac.compare_digest(raw, settings.api_key.encode()):
        raise Problem(
            401,
            "unauthorized",
            "Thiếu khoá hoặc khoá sai. Hãy gửi đầu mục “Authorization: Bearer KHOÁ” với khoá trong YDAN_API_KEY.",
            {"WWW-Authenticate": "Bearer"},
        )

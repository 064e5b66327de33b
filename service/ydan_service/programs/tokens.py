"""OAuth 2.0 client credentials (RFC 6749 4.4): a client secret is changed for a token that works an hour.

Tokens are rows of the database: every replica knows them, and closing a caller ends them. Only their SHA-256 is kept.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ydan_service.programs import keys
from ydan_service.programs.callers import USED_EVERY, works
from ydan_service.store.tables import AccessToken, Caller, CallerKey, now

VALID = timedelta(hours=1)
MOST_PER_MINUTE = 60
"""Tokens that one client may ask for."""
_NOBODY = "0" * 64


class Refused(Exception):
    """No token; ``error`` is RFC 6749's word for it, the message is Vietnamese."""

    def __init__(self, error: Literal["invalid_client", "invalid_scope"], message: str) -> None:
        super().__init__(message)
        self.error = error


@dataclass(frozen=True, slots=True)
class Issued:
    """A new token."""

    token: str = field(repr=False)
    scopes: tuple[str, ...]
    seconds: int


def issue(session: Session, client_id: str, secret: str, wanted: Collection[str] = ()) -> Issued:
    """A token for the ``wanted`` scopes of a caller, all of them if none are named.

    :raises Refused: the client is unknown, closed or has another secret; a scope is not the caller's.
    """
    moment = now()
    caller = _client(session, client_id, secret, moment)
    missing = sorted(set(wanted) - set(caller.scopes))
    if missing:
        raise Refused(
            "invalid_scope",
            f"Hệ thống này không có phạm vi {', '.join(missing)[:200]}. Được dùng: {', '.join(caller.scopes)}.",
        )
    scopes = tuple(scope for scope in caller.scopes if scope in wanted or not wanted)
    token = keys.new_secret("token")
    session.execute(delete(AccessToken).where(AccessToken.expires_at <= moment))
    session.add(
        AccessToken(token_hash=keys.hashed(token), caller_id=caller.id, scopes=list(scopes), expires_at=moment + VALID)
    )
    return Issued(token, scopes, int(VALID.total_seconds()))


def _client(session: Session, client_id: str, secret: str, at: datetime) -> Caller:
    """The caller whose client secret this is; a wrong id costs the same work as a wrong secret."""
    given = keys.hashed(secret.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))
    rows = session.execute(
        select(Caller, CallerKey)
        .join(CallerKey, CallerKey.caller_id == Caller.id)
        .where(Caller.client_id == client_id, Caller.disabled_at.is_(None), CallerKey.kind == "client_secret")
    ).all()
    for caller, row in rows:
        if hmac.compare_digest(given, row.secret_hash) and works(row, at):
            if row.used_at is None or at - row.used_at >= USED_EVERY:
                row.used_at = at
            return caller
    hmac.compare_digest(given, _NOBODY)
    raise Refused(
        "invalid_client",
        "Sai client_id hoặc client_secret, hoặc đã bị khoá, hết hạn. Hãy hỏi người quản trị Ý Dân để cấp lại "
        "(ydan-serve callers new-secret).",
    )

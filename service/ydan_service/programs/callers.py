"""Other systems that may call: added, given keys, listed, closed. The secret itself is answered once and never kept.

>>> from datetime import timedelta
>>> def a_year_for_the_portal(session: Session) -> str:
...     made = add(session, None, "Cổng dịch vụ công tỉnh", ["classify", "jobs"], valid=timedelta(days=365))
...     return made.secret
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from ydan_service.errors import Conflict, Invalid, NotFound
from ydan_service.person import Person
from ydan_service.programs import keys
from ydan_service.store import audit
from ydan_service.store.tables import SCOPES, AccessToken, Caller, CallerKey, now

LONGEST_NAME = 120
MOST_PER_MINUTE = 1_000_000
LONGEST_VALID = timedelta(days=3650)
USED_EVERY = timedelta(minutes=1)
"""A secret's last use is written no more often than this: calling is no write."""
SECRETS = {"key": "khoá", "client_secret": "client secret"}
"""Kinds of secrets that a caller can have."""


@dataclass(frozen=True, slots=True)
class Made:
    """A new secret of a caller; ``ended`` are the beginnings of those that it replaces, and until when they work."""

    caller: Caller
    secret: str = field(repr=False)
    expires_at: datetime | None
    ended: tuple[tuple[str, datetime], ...] = ()


def add(
    session: Session, by: Person | None, name: str, scopes: Collection[str], *,
    per_minute: int | None = None, valid: timedelta | None = None,
) -> Made:  # fmt: skip
    """A new caller with its first key, which is valid for ``valid`` (None: until it is revoked).

    :raises Invalid: no name, an unknown scope or none, a limit or a time that cannot be right.
    :raises Conflict: the name is taken.
    """
    caller = Caller(
        client_id=f"client_{secrets.token_hex(8)}",
        name=_name(name),
        scopes=_scopes(scopes),
        per_minute=_rate(per_minute),
    )
    try:
        session.add(caller)
        session.flush()
    except IntegrityError as error:
        raise Conflict(f"Đã có hệ thống tên “{caller.name}”. Hãy chọn tên khác, hoặc cấp thêm khoá cho nó.") from error
    secret, row = _make(session, caller, "key", valid)
    detail = {"client_id": caller.client_id, "scopes": caller.scopes, "per_minute": per_minute, "key": row.prefix}
    audit.record(session, by, "caller.add", "caller", caller.id, **detail)
    return Made(caller, secret, row.expires_at)


def listed(session: Session) -> list[Caller]:
    """Every caller with its keys, by name."""
    return list(session.scalars(select(Caller).options(selectinload(Caller.keys)).order_by(Caller.name)))


def find(session: Session, called: str) -> Caller:
    """The caller of a name or a client id.

    :raises NotFound: there is none; the message lists those that there are.
    """
    wanted = " ".join(called.split())
    found = session.scalar(select(Caller).where((Caller.name == wanted) | (Caller.client_id == wanted)))
    if found is None:
        known = ", ".join(f"“{each}”" for each in session.scalars(select(Caller.name).order_by(Caller.name).limit(20)))
        raise NotFound(f"Không có hệ thống nào tên “{wanted}”. Đang có: {known or 'chưa có hệ thống nào'}.")
    return found


def renew(
    session: Session, by: Person | None, called: str, kind: str = "key", *,
    valid: timedelta | None = None, overlap: timedelta | None = None,
) -> Made:  # fmt: skip
    """Another secret of a caller. With an ``overlap`` its older ones of this kind work so much longer and no more
    (zero: they stop now); without, they stay as they are.

    :raises NotFound: no such caller.
    :raises Invalid: a time that cannot be right, or an overlap below zero.
    """
    caller = find(session, called)
    if overlap is not None and not timedelta(0) <= overlap <= LONGEST_VALID:
        raise Invalid("Thời gian dùng song song phải từ 0 đến 3650 ngày. Hãy sửa lại.", "overlap")
    ended = () if overlap is None else tuple(_end(session, caller, kind, now() + overlap))
    secret, row = _make(session, caller, kind, valid)
    detail = {"kind": kind, "key": row.prefix, "ended": [beginning for beginning, _ in ended]}
    audit.record(session, by, "caller.new_key", "caller", caller.id, **detail)
    return Made(caller, secret, row.expires_at, ended)


def change(
    session: Session, by: Person | None, called: str, *,
    scopes: Collection[str] | None = None, per_minute: int | None = None,
) -> Caller:  # fmt: skip
    """Other scopes, another limit (0: that of the settings); what is None stays. Tokens keep no more than is left.

    :raises NotFound: no such caller.
    :raises Invalid: an unknown scope or none, or a limit that cannot be right.
    """
    caller = find(session, called)
    if scopes is not None:
        caller.scopes = _scopes(scopes)
    if per_minute is not None:
        caller.per_minute = _rate(per_minute or None)
    detail = {"scopes": caller.scopes, "per_minute": caller.per_minute}
    audit.record(session, by, "caller.change", "caller", caller.id, **detail)
    return caller


def revoke(session: Session, by: Person | None, beginning: str) -> CallerKey:
    """Stop a key or client secret that begins so; a client secret takes the tokens with it.

    :raises NotFound: none begins so, or it is revoked already.
    :raises Invalid: several do.
    """
    wanted = beginning.strip()
    found = [
        row
        for row in session.scalars(select(CallerKey).options(selectinload(CallerKey.caller)))
        if row.revoked_at is None and wanted and row.prefix == (keys.beginning(wanted) or wanted)
    ]
    if not found:
        raise NotFound(
            "Không có khoá nào còn dùng bắt đầu như vậy. Hãy xem phần đầu của các khoá: ydan-serve callers list"
        )
    if len(found) > 1:
        raise Invalid("Có nhiều khoá bắt đầu như vậy. Hãy gửi cả khoá.", "key")
    row = found[0]
    row.revoked_at = now()
    if row.kind == "client_secret":
        forget_tokens(session, row.caller_id)
    audit.record(session, by, "caller.revoke", "caller", row.caller_id, kind=row.kind, key=row.prefix)
    return row


def disable(session: Session, by: Person | None, called: str) -> Caller:
    """Nothing of this caller works any more, until :func:`enable`.

    :raises NotFound: no such caller.
    """
    caller = find(session, called)
    if caller.disabled_at is None:
        caller.disabled_at = now()
        forget_tokens(session, caller.id)
        audit.record(session, by, "caller.disable", "caller", caller.id)
    return caller


def enable(session: Session, by: Person | None, called: str) -> Caller:
    """Its keys that are neither expired nor revoked work again; tokens it must ask for anew.

    :raises NotFound: no such caller.
    """
    caller = find(session, called)
    if caller.disabled_at is not None:
        caller.disabled_at = None
        audit.record(session, by, "caller.enable", "caller", caller.id)
    return caller


def forget_tokens(session: Session, caller_id: int) -> None:
    """Every token of a caller stops."""
    session.execute(delete(AccessToken).where(AccessToken.caller_id == caller_id))


def works(row: CallerKey, at: datetime) -> bool:
    """Whether a key is neither revoked nor expired."""
    return row.revoked_at is None and (row.expires_at is None or row.expires_at > at)


def _make(session: Session, caller: Caller, kind: str, valid: timedelta | None) -> tuple[str, CallerKey]:
    if kind not in SECRETS:
        raise Invalid(f"Không có loại khoá {kind!r}. Hãy chọn: {', '.join(SECRETS)}.", "kind")
    if valid is not None and not timedelta(0) < valid <= LONGEST_VALID:
        raise Invalid("Thời hạn của khoá phải từ 1 đến 3650 ngày. Hãy sửa lại.", "expires")
    secret = keys.new_secret(kind)
    expires_at = None if valid is None else now() + valid
    row = CallerKey(
        caller_id=caller.id, kind=kind, prefix=keys.beginning(secret), secret_hash=keys.hashed(secret),
        expires_at=expires_at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return secret, row


def _end(session: Session, caller: Caller, kind: str, at: datetime) -> list[tuple[str, datetime]]:
    """Let the caller's secrets of a kind end at a time, unless they end sooner."""
    moment, ended = now(), []
    for row in session.scalars(select(CallerKey).where(CallerKey.caller_id == caller.id, CallerKey.kind == kind)):
        if works(row, moment):
            row.expires_at = at if row.expires_at is None else min(row.expires_at, at)
            ended.append((row.prefix, row.expires_at))
    return ended


def _name(name: str) -> str:
    clean = " ".join("".join(sign for sign in name if sign.isprintable() or sign.isspace()).split())
    if not clean or len(clean) > LONGEST_NAME:
        raise Invalid(f"Tên hệ thống dài từ 1 đến {LONGEST_NAME} ký tự. Ví dụ: “Cổng dịch vụ công tỉnh”.", "name")
    return clean


def _scopes(scopes: Collection[str]) -> list[str]:
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        said = f"Không có phạm vi {', '.join(unknown)}." if unknown else "Chưa chọn phạm vi nào."
        raise Invalid(f"{said} Hãy chọn trong: {', '.join(SCOPES)}.", "scopes")
    return [scope for scope in SCOPES if scope in scopes]


def _rate(per_minute: int | None) -> int | None:
    if per_minute is not None and not 1 <= per_minute <= MOST_PER_MINUTE:
        raise Invalid(f"Số lần gọi mỗi phút phải từ 1 đến {MOST_PER_MINUTE}. Hãy sửa lại.", "per_minute")
    return per_minute

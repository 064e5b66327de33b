"""The same request sent twice is done once (``Idempotency-Key``, draft-ietf-httpapi-idempotency-key-header).

A row of the database is the claim to do the work: of two that begin at once, in whatever process, the database lets
one insert it. The row shows that its work goes on by being touched (:func:`renew`); one that was not touched for
:data:`SILENT` belongs to a process that died, and the next who asks takes it over, one alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from ydan_service.store import program_data
from ydan_service.store.keys import KeyRing
from ydan_service.store.store import Store
from ydan_service.store.tables import IdempotentRequest, now

KEPT = timedelta(hours=24)
SILENT = timedelta(seconds=30)
RENEW_EVERY = timedelta(seconds=8)
_MOST_ABANDONED = 10_000
_OWNER = "idempotent"
_AT_ONCE = 100


@dataclass(slots=True)
class Claim:
    """The right to do the work of a key. ``touched`` tells whose it is: another's claim has another moment."""

    caller: str
    key: str
    touched: datetime
    lock: Lock = field(default_factory=Lock, repr=False)


@dataclass(frozen=True, slots=True)
class Kept:
    """The answer that the first request got."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Running:
    """Another one is at it."""


@dataclass(frozen=True, slots=True)
class Reused:
    """The key belongs to another request."""


class Lost(Exception):
    """Another one has taken the work over: what was done in this transaction is undone with it."""


_abandoned: dict[tuple[str, str], datetime] = {}
"""Claims of this process whose work failed while the database was away: the next who asks need not wait."""


def begin(store: Store, caller: str, key: str, fingerprint: str) -> Claim | Kept | Running | Reused:
    """Claim the work of a key, or say how it stands.

    :raises SealError: the kept answer cannot be opened.
    """
    moment = now()
    row = IdempotentRequest(
        caller=caller, key=key, fingerprint=fingerprint, created_at=moment, expires_at=moment + KEPT
    )
    try:
        with store.begin() as session:
            _forget_expired(session, caller, key, moment)
            session.add(row)
            session.flush()
    except IntegrityError:
        return _standing(store, caller, key, fingerprint, moment)
    return Claim(caller, key, moment)


def renew(store: Store, claim: Claim) -> bool:
    """Show that the work goes on; whether the claim still holds."""
    moment = now()
    with claim.lock, store.begin() as session:
        held = _moved(session, claim, touched=moment)
        if held:
            claim.touched = moment
    return held


def finish(session: Session, keys: KeyRing, claim: Claim, answer: Kept) -> None:
    """Keep the answer for who asks again, in the transaction of the work itself: both are there, or neither.

    :raises Lost: the claim does not hold any more.
    """
    if not _moved(session, claim, state="done", status=answer.status, headers=answer.headers, expires_at=now() + KEPT):
        raise Lost
    program_data.keep(session, keys, _OWNER, _owner_id(claim.caller, claim.key), "body", answer.body)


def give_up(store: Store, claim: Claim) -> None:
    """Nothing was done: the key is free again.

    :raises DBAPIError: the database is away; then the key is free for who asks this process again.
    """
    try:
        with claim.lock, store.begin() as session:
            session.execute(delete(IdempotentRequest).where(*_is(claim)))
    except DBAPIError:
        if len(_abandoned) < _MOST_ABANDONED:
            _abandoned[claim.caller, claim.key] = claim.touched
        raise


def forget_expired(store: Store) -> int:
    """Forget what is older than :data:`KEPT`, for who cleans up at times; says how many. A new key does so too."""
    total = 0
    while True:
        with store.begin() as session:
            gone = _forget_expired(session, "", "", now())
        total += gone
        if gone < _AT_ONCE:
            return total


def _standing(
    store: Store, caller: str, key: str, fingerprint: str, moment: datetime
) -> Claim | Kept | Running | Reused:
    with store.begin() as session:
        row = session.get(IdempotentRequest, (caller, key))
        if row is None:
            return Running()  # given up a moment ago: whoever asks again begins anew
        if row.fingerprint != fingerprint:
            return Reused()
        if row.state == "done":
            body = program_data.read(session, store.keys, _OWNER, _owner_id(caller, key), "body")
            return Kept(row.status or 200, dict(row.headers), body or b"")
        before = Claim(caller, key, row.created_at)
        left = _abandoned.pop((caller, key), None) == row.created_at
        silent = abs(moment - row.created_at) >= SILENT  # also where the clock was put back
        if not (left or silent) or not _moved(session, before, touched=moment):
            return Running()
        before.touched = moment
        return before


def _moved(session: Session, claim: Claim, *, touched: datetime | None = None, **values: object) -> bool:
    """Change the row if it is still this claim's."""
    changed = values if touched is None else {**values, "created_at": touched}
    done = session.execute(update(IdempotentRequest).where(*_is(claim)).values(**changed))
    return bool(done.rowcount)  # type: ignore[attr-defined]


def _is(claim: Claim) -> tuple[ColumnElement[bool], ...]:
    return (
        IdempotentRequest.caller == claim.caller,
        IdempotentRequest.key == claim.key,
        IdempotentRequest.state == "running",
        IdempotentRequest.created_at == claim.touched,
    )


def _forget_expired(session: Session, caller: str, key: str, at: datetime) -> int:
    """Some of those that expired, and this key if it did; what another process is just forgetting is left to it."""
    expired = IdempotentRequest.expires_at <= at
    own = and_(IdempotentRequest.caller == caller, IdempotentRequest.key == key)
    columns = select(IdempotentRequest.caller, IdempotentRequest.key).with_for_update(skip_locked=True)
    some = session.execute(columns.where(expired, ~own).order_by(IdempotentRequest.expires_at).limit(_AT_ONCE)).all()
    gone = [*some, *session.execute(columns.where(expired, own)).all()]
    for row in gone:
        same = and_(IdempotentRequest.caller == row.caller, IdempotentRequest.key == row.key)
        session.execute(delete(IdempotentRequest).where(same, expired))
    program_data.drop(session, _OWNER, [_owner_id(row.caller, row.key) for row in gone])
    return len(some)


def _owner_id(caller: str, key: str) -> str:
    return f"{caller}/{key}"

"""Whose key or token this is, asked of the database once in a few seconds and not with every call.

What was found, also that nothing was found, is remembered for :data:`REMEMBERED` seconds in this process: a key that
is revoked, or a caller that is disabled, stops everywhere within that time. While the database does not answer,
whoever was known before is still let in, for :data:`WITHOUT_STORE` seconds: what needs no database goes on.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime
from math import inf
from threading import Lock
from time import monotonic
from typing import NamedTuple

from sqlalchemy import exists, or_, select, update
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from ydan_service.programs import keys
from ydan_service.programs.callers import USED_EVERY
from ydan_service.programs.calling import Calling
from ydan_service.store.store import Store
from ydan_service.store.tables import AccessToken, Caller, CallerKey, now

REMEMBERED = 5.0
"""Seconds."""
WITHOUT_STORE = 300.0
"""Seconds after the last answer of the database."""
MOST = 10_000
"""Secrets remembered at once; a stream of invented ones pushes out the oldest and no more."""
_AWAY = (OperationalError, InterfaceError, NoConnectionFree)


@dataclass(frozen=True, slots=True)
class _Noted:
    """What the database said; times are those of :func:`time.monotonic`."""

    calling: Calling | None
    said: float
    until: float
    ends: float
    """When the secret itself expires."""


class _Any(NamedTuple):
    known: bool
    until: float


class Recognition:
    """The callers of one store, as one process remembers them. Safe to share between threads."""

    def __init__(self, store: Store, remembered: float = REMEMBERED) -> None:
        self._store = store
        self._remembered = remembered
        self._lock = Lock()
        self._noted: OrderedDict[str, _Noted] = OrderedDict()
        self._any: _Any | None = None

    def remembered(self, given: str) -> tuple[Calling | None, bool]:
        """What is remembered of a secret, and whether anything is: no database is asked.

        What cannot be a secret of ours is known to be nobody's.
        """
        if keys.kind_of(given) is None:
            return None, True
        with self._lock:
            noted = self._noted.get(keys.hashed(given))
        return (None, False) if noted is None or noted.until <= monotonic() else (noted.calling, True)

    def recognise(self, given: str) -> Calling | None:
        """Whose secret this is, and that it works: neither expired nor revoked, its caller not disabled."""
        calling, known = self.remembered(given)
        if known:
            return calling
        name, begun = keys.hashed(given), monotonic()
        try:
            noted = self._asked(given, begun)
        except _AWAY:
            with self._lock:
                before = self._noted.get(name)
            if before is None or before.calling is None or not begun < min(before.said + WITHOUT_STORE, before.ends):
                raise
            noted = replace(before, until=min(begun + self._remembered, before.ends))
        with self._lock:
            self._noted[name] = noted
            self._noted.move_to_end(name)
            while len(self._noted) > MOST:
                self._noted.popitem(last=False)
        return noted.calling

    def any_remembered(self) -> bool | None:
        """Whether there is any caller, if that is remembered."""
        noted = self._any
        return noted.known if noted is not None and noted.until > monotonic() else None

    def any(self) -> bool:
        """Whether there is any caller, disabled ones included."""
        known = self.any_remembered()
        if known is None:
            begun = monotonic()
            try:
                with self._store.read() as session:
                    known = bool(session.scalar(select(exists().where(Caller.id.is_not(None)))))
            except _AWAY:
                if self._any is None:
                    raise
                known = self._any.known
            self._any = _Any(known, begun + self._remembered)
        return known

    def _asked(self, given: str, begun: float) -> _Noted:
        moment = now()
        found = self._token(given, moment) if keys.kind_of(given) == "token" else self._key(given, moment)
        if found is None:
            return _Noted(None, begun, begun + self._remembered, inf)
        calling, expires_at = found
        ends = inf if expires_at is None else begun + (expires_at - moment).total_seconds()
        return _Noted(calling, begun, min(begun + self._remembered, ends), ends)

    def _token(self, given: str, at: datetime) -> tuple[Calling, datetime | None] | None:
        with self._store.read() as session:
            row = session.execute(
                select(AccessToken, Caller)
                .join(Caller, Caller.id == AccessToken.caller_id)
                .where(AccessToken.token_hash == keys.hashed(given), AccessToken.expires_at > at)
                .where(Caller.disabled_at.is_(None))
            ).first()
        if row is None:
            return None
        token, caller = row
        return _calling(caller, frozenset(token.scopes) & frozenset(caller.scopes)), token.expires_at

    def _key(self, given: str, at: datetime) -> tuple[Calling, datetime | None] | None:
        with self._store.read() as session:
            row = session.execute(
                select(CallerKey, Caller)
                .join(Caller, Caller.id == CallerKey.caller_id)
                .where(CallerKey.secret_hash == keys.hashed(given), CallerKey.kind == "key")
                .where(CallerKey.revoked_at.is_(None), Caller.disabled_at.is_(None))
                .where(or_(CallerKey.expires_at.is_(None), CallerKey.expires_at > at))
            ).first()
        if row is None:
            return None
        key, caller = row
        if key.used_at is None or at - key.used_at >= USED_EVERY:
            self._note(key.id, at)
        return _calling(caller, frozenset(caller.scopes)), key.expires_at

    def _note(self, key_id: int, at: datetime) -> None:
        """Write the last use once for all processes; a database that is busy for once must not turn anybody away."""
        stale = or_(CallerKey.used_at.is_(None), CallerKey.used_at <= at - USED_EVERY)
        try:
            with self._store.begin() as session:
                session.execute(update(CallerKey).where(CallerKey.id == key_id, stale).values(used_at=at))
        except _AWAY:
            return


def _calling(caller: Caller, scopes: frozenset[str]) -> Calling:
    return Calling(caller.id, caller.client_id, caller.name, scopes, caller.per_minute)

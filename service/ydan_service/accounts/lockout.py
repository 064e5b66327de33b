"""Waits after failed sign-ins, by name and by address, in the database: for every process, and after a restart.

An attempt counts before its password is looked at, so that many at once are no way around; a success clears the
name. A name that no account has waits just like one that has: the wait tells nothing.
"""

from __future__ import annotations

import hashlib
import ipaddress
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ydan_service.store.store import Store
from ydan_service.store.tables import SignInFailure

FREE_BY_NAME = 5
FREE_BY_ADDRESS = 50
"""An office shares one address; its people mistype now and then."""
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN = timedelta(hours=24)
"""A failure is forgotten after so long without another one."""
FORGOTTEN_BY_ADDRESS = timedelta(minutes=15)


class Attempt(NamedTuple):
    """``wait``: seconds for which nothing is tried (0: go on); ``failures``: with this one, if it fails."""

    wait: int
    failures: int

    @property
    def locks(self) -> bool:
        """Whether the name has to wait if this attempt fails."""
        return self.failures >= FREE_BY_NAME


def begin(store: Store, username: str, address: str, at: datetime) -> Attempt:
    """Count an attempt in a transaction of its own, unless the name or the address has to wait."""
    try:
        return _begin(store, username, address, at)
    except IntegrityError:  # two first attempts at once: by now the rows are there
        return _begin(store, username, address, at)


def clear(session: Session, username: str) -> None:
    """Forget the failures of a name, as the administrator says."""
    session.execute(delete(SignInFailure).where(SignInFailure.key == name_key(username)))


def succeed(session: Session, username: str, address: str) -> None:
    """Forget the failures of the name, and count this attempt no longer against the address."""
    clear(session, username)
    place = session.scalar(select(SignInFailure).where(SignInFailure.key == address_key(address)).with_for_update())
    if place is not None:
        place.count = max(0, place.count - 1)
        if place.count < FREE_BY_ADDRESS:
            place.locked_until = None


def locked_until(session: Session, username: str, at: datetime) -> datetime | None:
    """Until when the name has to wait, if it has to."""
    until = session.scalar(select(SignInFailure.locked_until).where(SignInFailure.key == name_key(username)))
    return until if until is not None and until > at else None


def name_key(username: str) -> str:
    """The row of a name; a hash, for people type passwords into the wrong box."""
    return "name:" + hashlib.sha256(username.strip().lower().encode("utf-8", "surrogatepass")).hexdigest()


def address_key(address: str) -> str:
    """The row of an address; of IPv6 its /64, which is one household's."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "address:" + hashlib.sha256(address.encode()).hexdigest()
    network = ipaddress.ip_network((parsed, 64 if parsed.version == 6 else 32), strict=False)
    return "address:" + hashlib.sha256(str(network).encode()).hexdigest()


def _begin(store: Store, username: str, address: str, at: datetime) -> Attempt:
    with store.begin() as session:
        _forget(session, at)
        name = _row(session, name_key(username), at, FORGOTTEN)
        place = _row(session, address_key(address), at, FORGOTTEN_BY_ADDRESS)
        until = max((row.locked_until for row in (name, place) if row.locked_until is not None), default=at)
        if until > at:
            return Attempt(int((until - at).total_seconds()) + 1, name.count)
        _count(name, FREE_BY_NAME, at)
        _count(place, FREE_BY_ADDRESS, at)
        return Attempt(0, name.count)


def _forget(session: Session, at: datetime) -> None:
    """Drop what is old; rows that another process has in hand are left to it."""
    old = select(SignInFailure.key).where(SignInFailure.last_at < at - FORGOTTEN).limit(500)
    keys = session.scalars(old.with_for_update(skip_locked=True)).all()
    session.execute(delete(SignInFailure).where(SignInFailure.key.in_(keys)))


def _row(session: Session, key: str, at: datetime, forgotten: timedelta) -> SignInFailure:
    """The row, held against other processes until the end of the transaction."""
    row = session.scalar(select(SignInFailure).where(SignInFailure.key == key).with_for_update())
    if row is None:
        row = SignInFailure(key=key, count=0, last_at=at, locked_until=None)
        session.add(row)
        session.flush()
    elif row.last_at < at - forgotten:
        row.count, row.locked_until = 0, None
    return row


def _count(row: SignInFailure, free: int, at: datetime) -> None:
    row.count += 1
    row.last_at = at
    if row.count >= free:
        row.locked_until = at + min(FIRST_WAIT * 2 ** min(row.count - free, 10), LONGEST_WAIT)

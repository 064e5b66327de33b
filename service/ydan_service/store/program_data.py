"""Sealed bytes of what programs hand in and get: a job's opinions and answers, a webhook's secret, feedback's words."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from ydan_service.store.keys import KeyRing, Sealed
from ydan_service.store.tables import ProgramData

_AT_ONCE = 1000
"""Ids in one question: a database takes only so many values."""


def keep(session: Session, keys: KeyRing, owner: str, owner_id: str, kind: str, data: bytes) -> None:
    """Keep bytes as the ``kind`` of an ``owner`` ("bulk_part", "webhook", …); replaces."""
    session.execute(delete(ProgramData).where(*_is(owner, owner_id, kind)))
    sealed = keys.seal(data, context(owner, owner_id, kind))
    session.add(ProgramData(owner=owner, owner_id=owner_id, kind=kind, key_id=sealed.key_id, sealed=sealed.data))


def read(session: Session, keys: KeyRing, owner: str, owner_id: str, kind: str) -> bytes | None:
    """What is kept; None where there is nothing.

    :raises SealError: its key is missing, or the bytes were changed.
    """
    row = session.scalar(select(ProgramData).where(*_is(owner, owner_id, kind)))
    return None if row is None else keys.open(Sealed(row.key_id, row.sealed), context(owner, owner_id, kind))


def read_many(session: Session, keys: KeyRing, owner: str, owner_ids: Collection[str], kind: str) -> dict[str, bytes]:
    """What is kept of several owners, by their ids; those with nothing are left out.

    :raises SealError: a key is missing, or the bytes were changed.
    """
    found, wanted = {}, list(owner_ids)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        of = (ProgramData.owner == owner, ProgramData.owner_id.in_(some), ProgramData.kind == kind)
        for row in session.scalars(select(ProgramData).where(*of)):
            found[row.owner_id] = keys.open(Sealed(row.key_id, row.sealed), context(owner, row.owner_id, kind))
    return found


def drop(session: Session, owner: str, owner_ids: Collection[str]) -> None:
    """Forget everything of these owners."""
    wanted = list(owner_ids)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        session.execute(delete(ProgramData).where(ProgramData.owner == owner, ProgramData.owner_id.in_(some)))


def context(owner: str, owner_id: str, kind: str) -> str:
    """What the sealed bytes are bound to: whose they are."""
    return f"program/{owner}/{owner_id}/{kind}"


def _is(owner: str, owner_id: str, kind: str) -> tuple[ColumnElement[bool], ...]:
    return ProgramData.owner == owner, ProgramData.owner_id == owner_id, ProgramData.kind == kind

"""Names, phones, identity numbers and the words that hold any: sealed in a table of their own."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from ydan_service.store.keys import KeyRing, Sealed
from ydan_service.store.tables import PersonalData

_AT_ONCE = 1000
"""Ids in one question: a database takes only so many values."""


def keep(session: Session, keys: KeyRing, meeting_id: int, owner: str, owner_id: int, kind: str, text: str) -> None:
    """Keep ``text`` as the ``kind`` (``name``, ``address``, ``text``) of an ``opinion`` or ``answer``; replaces."""
    session.execute(delete(PersonalData).where(*_is(owner, [owner_id], kind)))
    sealed = keys.seal(text.encode(), context(owner, owner_id, kind))
    session.add(
        PersonalData(
            meeting_id=meeting_id, owner=owner, owner_id=owner_id, kind=kind, key_id=sealed.key_id, sealed=sealed.data
        )
    )


def read(session: Session, keys: KeyRing, owner: str, ids: Collection[int], kind: str) -> dict[int, str]:
    """What is kept of each owner; those with nothing are absent."""
    found: dict[int, str] = {}
    wanted = list(ids)
    for start in range(0, len(wanted), _AT_ONCE):
        for row in session.scalars(select(PersonalData).where(*_is(owner, wanted[start : start + _AT_ONCE], kind))):
            sealed = Sealed(row.key_id, row.sealed)
            found[row.owner_id] = keys.open(sealed, context(owner, row.owner_id, kind)).decode()
    return found


def _is(owner: str, ids: Collection[int], kind: str) -> tuple[ColumnElement[bool], ...]:
    return PersonalData.owner == owner, PersonalData.owner_id.in_(ids), PersonalData.kind == kind


def context(owner: str, owner_id: int, kind: str) -> str:
    """What the sealed words are bound to: whose they are."""
    return f"{owner}/{owner_id}/{kind}"

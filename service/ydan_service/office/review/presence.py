"""Who has a meeting open, and at which opinion; whoever says nothing for a while is gone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ydan_service.person import Person
from ydan_service.store.tables import Account, Presence

FORGOTTEN = timedelta(seconds=15)
_FRESH = timedelta(seconds=4)
"""A sign of life this new is not written again while nothing moved: everybody asks every few seconds."""


def be_here(session: Session, person: Person, meeting_id: int, key: str | None, moment: datetime) -> None:
    """Say where the person is."""
    row = session.get(Presence, (meeting_id, person.id))
    if row is None:
        old = Presence.meeting_id == meeting_id, Presence.seen_at < moment - FORGOTTEN
        session.execute(delete(Presence).where(*old))
        session.add(Presence(meeting_id=meeting_id, account_id=person.id, opinion_key=key, seen_at=moment))
    elif row.opinion_key != key or moment - row.seen_at > _FRESH:
        row.opinion_key, row.seen_at = key, moment


def is_fresh(session: Session, person: Person, meeting_id: int, key: str | None, moment: datetime) -> bool:
    """Whether it was said a moment ago already."""
    row = session.get(Presence, (meeting_id, person.id))
    return row is not None and row.opinion_key == key and moment - row.seen_at <= _FRESH


def who_is_here(
    session: Session, person: Person, meeting_id: int, visible: Collection[str], moment: datetime
) -> list[dict[str, Any]]:
    """The others; at an opinion that this person may not see, they are somewhere."""
    rows = session.execute(
        select(Account.id, Account.display_name, Presence.opinion_key)
        .join(Account, Account.id == Presence.account_id)
        .where(
            Presence.meeting_id == meeting_id,
            Presence.account_id != person.id,
            Presence.seen_at >= moment - FORGOTTEN,
        )
        .order_by(Account.display_name, Account.id)
    )
    return [
        {"id": row.id, "name": row.display_name, "opinion": row.opinion_key if row.opinion_key in visible else None}
        for row in rows
    ]

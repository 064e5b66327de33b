"""The audit log: every line holds the hash of the one before, so that a changed or missing line shows."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ydan_service.person import Person
from ydan_service.store.tables import AuditEvent, now

_FIRST = "0" * 64


def record(
    session: Session, by: Person | None, action: str, subject: str, subject_id: object, **detail: Any
) -> AuditEvent:
    """Add a line in the transaction at hand; ``detail`` holds ids and labels, never words of an opinion or names."""
    last = session.execute(select(AuditEvent.id, AuditEvent.hash).order_by(AuditEvent.id.desc()).limit(1)).first()
    event = AuditEvent(
        id=1 if last is None else last.id + 1,
        at=now(),
        account_id=None if by is None else by.id,
        username="" if by is None else by.username,
        action=action,
        subject=subject,
        subject_id=str(subject_id),
        detail=detail,
        previous_hash=_FIRST if last is None else last.hash,
    )
    event.hash = hash_of(event)
    session.add(event)
    session.flush()
    return event


def hash_of(event: AuditEvent) -> str:
    """SHA-256 of everything that the line says and of the hash before it."""
    said = [event.id, event.at.isoformat(), event.account_id, event.username, event.action, event.subject]
    said += [event.subject_id, event.detail, event.previous_hash]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

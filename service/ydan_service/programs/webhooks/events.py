"""What webhooks are told of: an event becomes a delivery for each address of its caller that wants it."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ydan_service.store.tables import Webhook, WebhookDelivery, now

EVENTS = ("job.done", "job.failed", "job.cancelled", "escalation.immediate")
"""What an address may ask for."""
TEST = "webhook.test"


def tell(session: Session, caller_id: int | None, event: str, data: dict[str, Any]) -> int:
    """Queue an event in the transaction of what happened; ``data`` holds ids and numbers. How many deliveries."""
    mine = Webhook.caller_id.is_(None) if caller_id is None else Webhook.caller_id == caller_id
    hooks = session.scalars(select(Webhook).where(mine, Webhook.disabled_at.is_(None))).all()
    wanted = [hook for hook in hooks if event in hook.events]
    for hook in wanted:
        queue(session, hook, event, data)
    return len(wanted)


def queue(session: Session, hook: Webhook, event: str, data: dict[str, Any]) -> WebhookDelivery:
    """One delivery for one address."""
    at = now()
    delivery = WebhookDelivery(
        id=f"msg_{secrets.token_hex(16)}",
        webhook_id=hook.id,
        event=event,
        payload={"type": event, "timestamp": at.isoformat(), "data": data},
        created_at=at,
        next_at=at,
    )
    session.add(delivery)
    session.flush()
    return delivery

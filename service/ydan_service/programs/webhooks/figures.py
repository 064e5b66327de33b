"""How many deliveries wait and are dead: numbers for metrics."""

from __future__ import annotations

from typing import TypedDict

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ydan_service.store.tables import WebhookDelivery, now


class Figures(TypedDict):
    """Deliveries that wait for their next attempt, that were given up, seconds since the oldest that waits was made."""

    queued: int
    dead: int
    oldest_seconds: float


def figures(session: Session) -> Figures:
    """Those of all callers."""
    states = select(WebhookDelivery.state, func.count()).where(WebhookDelivery.state.in_(("queued", "dead")))
    counts = {row[0]: row[1] for row in session.execute(states.group_by(WebhookDelivery.state))}
    oldest = session.scalar(select(func.min(WebhookDelivery.created_at)).where(WebhookDelivery.state == "queued"))
    age = 0.0 if oldest is None else max(0.0, (now() - oldest).total_seconds())
    return {"queued": counts.get("queued", 0), "dead": counts.get("dead", 0), "oldest_seconds": age}

"""The addresses of a caller, and what became of what they were told."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.orm import Session

from ydan_service.programs.refused import Refused
from ydan_service.programs.webhooks import addresses, events, signing
from ydan_service.store import program_data
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import Webhook, WebhookDelivery, now

MOST = 20
"""Addresses of one caller."""


def add(
    session: Session,
    keys: KeyRing,
    caller_id: int | None,
    url: str,
    wanted: Sequence[str],
    allowed: Collection[str],
) -> tuple[Webhook, str]:
    """Keep an address; it and its secret, which is told this once.

    :raises Refused: 403 for a host that is not allowed, 422 for what is no address or no event, 409 for too many.
    """
    addresses.check(url, allowed)
    chosen = list(dict.fromkeys(wanted)) or list(events.EVENTS)
    unknown = [each for each in chosen if each not in events.EVENTS]
    if unknown:
        raise Refused(
            422,
            "invalid_request",
            f"Không có sự kiện {unknown[0][:60]!r}. Hãy chọn trong: {', '.join(events.EVENTS)}.",
        )
    if (session.scalar(select(func.count()).select_from(Webhook).where(_of(caller_id))) or 0) >= MOST:
        raise Refused(409, "conflict", f"Đã có {MOST} webhook, là số tối đa. Hãy xóa một webhook không dùng nữa.")
    hook = Webhook(id=f"wh_{secrets.token_hex(16)}", caller_id=caller_id, url=url, events=chosen)
    session.add(hook)
    session.flush()
    secret = signing.new_secret()
    program_data.keep(session, keys, "webhook", hook.id, "secret", secret.encode())
    return hook, secret


def one(session: Session, caller_id: int | None, hook_id: str) -> Webhook:
    """A webhook of this caller.

    :raises Refused: 404, there is none.
    """
    hook = session.scalar(select(Webhook).where(_of(caller_id), Webhook.id == hook_id))
    if hook is None:
        raise Refused(404, "not_found", "Không có webhook này. Có thể mã sai, của bên khác, hoặc đã bị xóa.")
    return hook


def some(
    session: Session, caller_id: int | None, limit: int, after: tuple[datetime, str] | None = None
) -> list[Webhook]:
    """Webhooks of this caller, the newest first."""
    query = select(Webhook).where(_of(caller_id))
    if after is not None:
        at, id_ = after
        query = query.where(or_(Webhook.created_at < at, and_(Webhook.created_at == at, Webhook.id < id_)))
    return list(session.scalars(query.order_by(Webhook.created_at.desc(), Webhook.id.desc()).limit(limit)))


def remove(session: Session, caller_id: int | None, hook_id: str) -> None:
    """Forget an address, its secret and its deliveries.

    :raises Refused: 404, there is none.
    """
    hook = one(session, caller_id, hook_id)
    program_data.drop(session, "webhook", [hook.id])
    session.execute(delete(WebhookDelivery).where(WebhookDelivery.webhook_id == hook.id))
    session.execute(delete(Webhook).where(Webhook.id == hook.id))


def test(session: Session, caller_id: int | None, hook_id: str) -> WebhookDelivery:
    """Queue a delivery that says nothing; it also wakes an address that was switched off.

    :raises Refused: 404, there is none.
    """
    hook = one(session, caller_id, hook_id)
    hook.disabled_at = None
    return events.queue(session, hook, events.TEST, {"webhook": hook.id})


def deliveries(
    session: Session,
    caller_id: int | None,
    hook_id: str,
    limit: int,
    after: tuple[datetime, str] | None = None,
    state: str | None = None,
) -> list[WebhookDelivery]:
    """What an address was told or is to be told, the newest first; ``state`` "dead": what it never took.

    :raises Refused: 404, there is no such webhook.
    """
    hook = one(session, caller_id, hook_id)
    query = select(WebhookDelivery).where(WebhookDelivery.webhook_id == hook.id)
    if state is not None:
        query = query.where(WebhookDelivery.state == state)
    if after is not None:
        at, id_ = after
        older = WebhookDelivery.created_at < at
        query = query.where(or_(older, and_(WebhookDelivery.created_at == at, WebhookDelivery.id < id_)))
    query = query.order_by(WebhookDelivery.created_at.desc(), WebhookDelivery.id.desc()).limit(limit)
    return list(session.scalars(query))


def retry(session: Session, caller_id: int | None, delivery_id: str) -> WebhookDelivery:
    """Begin anew with a delivery that was given up.

    :raises Refused: 404, there is none; 409, it is not dead.
    """
    mine = select(WebhookDelivery).join(Webhook).where(_of(caller_id), WebhookDelivery.id == delivery_id)
    delivery = session.scalar(mine.with_for_update(of=WebhookDelivery))
    if delivery is None:
        raise Refused(404, "not_found", "Không có lần báo này. Có thể mã sai, của bên khác, hoặc đã quá hạn lưu.")
    if delivery.state != "dead":
        said = "đã đến nơi" if delivery.state == "delivered" else "đang chờ gửi lại"
        raise Refused(409, "delivery_not_dead", f"Lần báo này {said}. Chỉ gửi lại được lần báo đã bỏ (state là dead).")
    delivery.state, delivery.attempts, delivery.next_at, delivery.ended_at = "queued", 0, now(), None
    one(session, caller_id, delivery.webhook_id).disabled_at = None
    return delivery


def as_json(hook: Webhook) -> dict[str, Any]:
    """What a caller reads of an address."""
    here = f"/v1/webhooks/{hook.id}"
    return {
        "id": hook.id,
        "url": hook.url,
        "events": hook.events,
        "created": hook.created_at.isoformat(),
        "disabled": None if hook.disabled_at is None else hook.disabled_at.isoformat(),
        "links": {"self": here, "test": f"{here}/test", "deliveries": f"{here}/deliveries"},
    }


def delivery_json(delivery: WebhookDelivery) -> dict[str, Any]:
    """What a caller reads of a delivery."""
    waits = delivery.state == "queued"
    return {
        "id": delivery.id,
        "webhook": delivery.webhook_id,
        "event": delivery.event,
        "payload": delivery.payload,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "next": delivery.next_at.isoformat() if waits else None,
        "last_status": delivery.last_status,
        "last_error": delivery.last_error or None,
        "created": delivery.created_at.isoformat(),
        "ended": None if delivery.ended_at is None else delivery.ended_at.isoformat(),
    }


def _of(caller_id: int | None) -> Any:
    return Webhook.caller_id.is_(None) if caller_id is None else Webhook.caller_id == caller_id

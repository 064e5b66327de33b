"""Other systems that call: who they are and by which keys, what they asked for in bulk, whom to tell, what they gave
back. Their opinions, answers and secrets are sealed in :class:`ProgramData`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ydan_service.store.tables.base import Base, now

SCOPES = ("classify", "minutes", "jobs", "webhooks", "feedback", "knowledge", "metrics")
"""What a caller may be allowed; each route for programs names the one it asks for."""
BULK_STATES = ("receiving", "queued", "running", "done", "failed", "cancelled")
"""A job that is ``receiving`` is still coming in: its caller does not see it, nobody works on it."""
DELIVERY_STATES = ("queued", "delivered", "dead")


class Caller(Base):
    """A system that calls: a portal, a document-management system, the province's data platform."""

    __tablename__ = "caller"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    scopes: Mapped[list[Any]] = mapped_column(default=list)
    per_minute: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    disabled_at: Mapped[datetime | None]
    keys: Mapped[list[CallerKey]] = relationship(back_populates="caller", order_by="CallerKey.id")


class CallerKey(Base):
    """A caller's secret: sent as ``Authorization: Bearer`` (``kind`` "key") or changed for a token ("client_secret").

    Only the SHA-256 is kept: the secret has 256 random bits. ``prefix`` is its beginning: people know it again.
    """

    __tablename__ = "caller_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    caller_id: Mapped[int] = mapped_column(ForeignKey("caller.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(default="key")
    prefix: Mapped[str]
    secret_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    caller: Mapped[Caller] = relationship(back_populates="keys")


class AccessToken(Base):
    """A token that a caller got for its client secret (RFC 6749 4.4); gone when it has expired."""

    __tablename__ = "access_token"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    caller_id: Mapped[int] = mapped_column(ForeignKey("caller.id", ondelete="CASCADE"))
    scopes: Mapped[list[Any]]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class IdempotentRequest(Base):
    """A request that carried an ``Idempotency-Key``: the same again gets the same answer and is not done twice.

    ``caller`` is the caller's id, or "" for the key of the settings; ``fingerprint`` covers method, path and body. The
    answer's body is sealed (``idempotent``). ``state`` is "running" until there is an answer.
    """

    __tablename__ = "idempotent_request"

    caller: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    state: Mapped[str] = mapped_column(default="running")
    status: Mapped[int | None]
    headers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class BulkJob(Base):
    """Many opinions handed in at once, answered in parts by workers. ``id`` is a random one: it stands in addresses.

    ``session`` holds host level, date and province for all; ``options`` what the caller asked for beside.
    ``versions`` are those of the model, taxonomy and competence that answered.
    """

    __tablename__ = "bulk_job"

    id: Mapped[str] = mapped_column(primary_key=True)
    caller_id: Mapped[int | None] = mapped_column(ForeignKey("caller.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(default="queued", index=True)
    session: Mapped[dict[str, Any]] = mapped_column(default=dict)
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    versions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    message: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    parts: Mapped[list[BulkPart]] = relationship(order_by="BulkPart.number", cascade="all, delete-orphan")


class BulkPart(Base):
    """Some hundred opinions of a job, done whole or not at all; input and output are sealed (``bulk_part``)."""

    __tablename__ = "bulk_part"
    __table_args__ = (UniqueConstraint("job_id", "number"), Index("ix_bulk_part_state", "state", "claimed_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[str] = mapped_column(ForeignKey("bulk_job.id", ondelete="CASCADE"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(default="queued")
    count: Mapped[int]
    failed: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    claim: Mapped[str | None]
    claimed_at: Mapped[datetime | None]


class Webhook(Base):
    """An address of a caller that is told of events; its signing secret is sealed (``webhook``)."""

    __tablename__ = "webhook"

    id: Mapped[str] = mapped_column(primary_key=True)
    caller_id: Mapped[int | None] = mapped_column(ForeignKey("caller.id", ondelete="CASCADE"), index=True)
    url: Mapped[str]
    events: Mapped[list[Any]]
    created_at: Mapped[datetime] = mapped_column(default=now)
    disabled_at: Mapped[datetime | None]


class WebhookDelivery(Base):
    """One event for one address, tried again with growing pauses; ``dead`` once it was tried long enough.

    ``payload`` holds ids and counts, never the words of an opinion.
    """

    __tablename__ = "webhook_delivery"
    __table_args__ = (Index("ix_webhook_delivery_due", "state", "next_at"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    webhook_id: Mapped[str] = mapped_column(ForeignKey("webhook.id", ondelete="CASCADE"), index=True)
    event: Mapped[str]
    payload: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default="queued")
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(default=now)
    last_status: Mapped[int | None]
    last_error: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]


class Feedback(Base):
    """The final labels that a caller's people gave an opinion; its words are sealed (``feedback``).

    ``predicted`` are the labels that the model gives it, ``final`` those of the caller, by field.
    """

    __tablename__ = "feedback"

    id: Mapped[int] = mapped_column(primary_key=True)
    caller_id: Mapped[int | None] = mapped_column(ForeignKey("caller.id", ondelete="CASCADE"), index=True)
    opinion_id: Mapped[str]
    session: Mapped[dict[str, Any]] = mapped_column(default=dict)
    predicted: Mapped[dict[str, Any]]
    final: Mapped[dict[str, Any]]
    versions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)


class Open311Request(Base):
    """A service request that came by Open311: what it is about and how it stands; its words, the place and the notes
    are sealed (``open311``).

    ``service_code`` is what it runs under: the sender's choice, else the model's topic. ``predicted`` are the model's
    labels by field, ``session`` the host level, date and province that they were given for.
    """

    __tablename__ = "open311_request"
    __table_args__ = (Index("ix_open311_request_own", "caller_id", "requested_at"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    caller_id: Mapped[int | None] = mapped_column(ForeignKey("caller.id", ondelete="CASCADE"))
    service_code: Mapped[str]
    status: Mapped[str] = mapped_column(default="open")
    session: Mapped[dict[str, Any]] = mapped_column(default=dict)
    predicted: Mapped[dict[str, Any]] = mapped_column(default=dict)
    versions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    requested_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, index=True)


class ProgramData(Base):
    """What must be sealed of the tables above: whose it is, of which kind, the key's id and the bytes."""

    __tablename__ = "program_data"
    __table_args__ = (UniqueConstraint("owner", "owner_id", "kind"), Index("ix_program_data_key_id", "key_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str]
    owner_id: Mapped[str]
    kind: Mapped[str]
    key_id: Mapped[str]
    sealed: Mapped[bytes]

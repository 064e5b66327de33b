"""What is never changed: the audit log with its chain of hashes, the ledger of what retention deleted; and settings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from ydan_service.store.tables.base import Base, now


class AuditEvent(Base):
    """Who did what, when. ``hash`` covers this line and ``previous_hash``; the database refuses to change a line.

    ``detail`` holds ids and labels, never the words of an opinion or a person's name.
    """

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_subject", "subject", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    account_id: Mapped[int | None]
    username: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    subject_id: Mapped[str]
    detail: Mapped[dict[str, Any]]
    previous_hash: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)


class LedgerLine(Base):
    """A meeting that a retention rule deleted: what is left of it are numbers."""

    __tablename__ = "ledger_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    deleted_at: Mapped[datetime] = mapped_column(default=now)
    rule: Mapped[str]
    commune: Mapped[str]
    meeting_id: Mapped[int]
    held_on: Mapped[str]
    opinions: Mapped[int]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class OfficeSetting(Base):
    """A setting that the administrator changes on a page: limits of the supervision, retention, the office's name."""

    __tablename__ = "office_setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[dict[str, Any]]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    changed_at: Mapped[datetime] = mapped_column(default=now)

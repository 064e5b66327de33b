"""Meetings as planned and as held, the files they came in, what was changed in their lists, work under way."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from ydan_service.store.tables.base import VIETNAM, Base, now
from ydan_service.store.tables.people import Commune

STAGES = ("reading", "review", "concluded", "closed", "failed")
"""A meeting's way: file being read, labels confirmed, conclusion made, every opinion answered; or not readable."""
FILE_KINDS = ("source", "extract", "document", "reply")
JOB_STATES = ("queued", "running", "done", "failed")


class Plan(Base):
    """A session that the year's plan promises (Luật 72/2025/QH15 Đ43: at least one a year).

    ``moved_from`` is the day that was planned first, where the session was put off or brought forward, and
    ``moved_because`` why. ``notice_given_on`` is when the people were told, which is known before there are minutes.
    """

    __tablename__ = "plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    commune_id: Mapped[int] = mapped_column(ForeignKey("commune.id"), index=True)
    planned_on: Mapped[date] = mapped_column(index=True)
    title: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    moved_from: Mapped[date | None]
    moved_because: Mapped[str] = mapped_column(default="")
    cancelled_because: Mapped[str | None]
    notice_given_on: Mapped[date | None]


class Meeting(Base):
    """One session. ``revision`` grows with every change of its opinions, decisions or order.

    ``warnings`` are the reader's notices (code, message, span); ``held_on`` is unknown until somebody says.
    """

    __tablename__ = "meeting"
    __table_args__ = (Index("ix_meeting_commune_held", "commune_id", "held_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    commune_id: Mapped[int] = mapped_column(ForeignKey("commune.id"))
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"))
    title: Mapped[str] = mapped_column(default="")
    meeting_type: Mapped[str] = mapped_column(default="unclear")
    host_level: Mapped[str] = mapped_column(default="commune")
    host: Mapped[str | None]
    chair: Mapped[str | None]
    secretary: Mapped[str | None]
    held_on: Mapped[date | None] = mapped_column(index=True)
    place: Mapped[str | None]
    invited: Mapped[int | None]
    attendance: Mapped[int | None]
    agenda: Mapped[list[Any]] = mapped_column(default=list)
    warnings: Mapped[list[Any]] = mapped_column(default=list)
    notice_given_on: Mapped[date | None]
    conclusion_published_on: Mapped[date | None]
    conclusion_number: Mapped[str | None]
    stage: Mapped[str] = mapped_column(default="reading", index=True)
    closed_on: Mapped[date | None]
    """Since when ``stage`` is ``closed``; follows it by itself. Retention counts from here."""
    revision: Mapped[int] = mapped_column(default=0)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    commune: Mapped[Commune] = relationship()

    @validates("stage")
    def _close(self, _name: str, stage: str) -> str:
        if stage != "closed":
            self.closed_on = None
        elif self.closed_on is None:
            self.closed_on = now().astimezone(VIETNAM).date()
        return stage


class KeptFile(Base):
    """A file, encrypted; ``sha256`` is that of the plain bytes, ``size`` their number."""

    __tablename__ = "kept_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    key_id: Mapped[str] = mapped_column(index=True)
    sealed: Mapped[bytes] = mapped_column(deferred=True)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)


class Operation(Base):
    """Something that a person did to a meeting's list, under an id that the browser chose: a repeat does nothing.

    ``kind`` ``edit`` holds an ``ydan.minutes.edit.Edit`` (split, merge, move, retext, remove, add), ``decide`` the
    decisions of one key press. ``undone_by`` is the operation that took it back.
    """

    __tablename__ = "operation"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[str]
    detail: Mapped[dict[str, Any]]
    by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    undone_by: Mapped[str | None]


class Presence(Base):
    """Who has a meeting open, and at which opinion."""

    __tablename__ = "presence"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    opinion_key: Mapped[str | None]
    seen_at: Mapped[datetime] = mapped_column(default=now)


class Job(Base):
    """Work that a request starts and a worker ends; what was under way when the server stopped is taken up again."""

    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(default="queued", index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    message: Mapped[str] = mapped_column(default="")
    by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    changed_at: Mapped[datetime] = mapped_column(default=now)

"""What became of opinions: answers, who is to do what by when, where it was sent, what came back, documents made."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ydan_service.store.tables.base import Base, now

DIRECTIONS = ("up", "sideways")


class Answer(Base):
    """An answer or a point of the conclusion; ``text`` is masked like an opinion's.

    ``key`` is the reader's (``a3``); an answer that was given later has none. ``span`` are its offsets in the extract.
    """

    __tablename__ = "answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    key: Mapped[str | None]
    kind: Mapped[str] = mapped_column(default="answer")
    text: Mapped[str]
    speaker: Mapped[str | None]
    span: Mapped[list[Any]] = mapped_column(default=list)
    given_on: Mapped[date | None]
    by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(default=now)


class AnswerTo(Base):
    """An opinion that an :class:`Answer` speaks of; ``told_on``: when an answer given later was told to the people."""

    __tablename__ = "answer_to"

    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"), primary_key=True)
    opinion_id: Mapped[int] = mapped_column(ForeignKey("opinion.id", ondelete="CASCADE"), primary_key=True, index=True)
    told_on: Mapped[date | None]


class Assignment(Base):
    """Who is to do what by when; ``from_minutes`` when the answer or conclusion said it, else a person entered it."""

    __tablename__ = "assignment"
    __table_args__ = (Index("ix_assignment_deadline", "done_on", "deadline"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    opinion_id: Mapped[int] = mapped_column(ForeignKey("opinion.id", ondelete="CASCADE"), index=True)
    body: Mapped[str]
    what: Mapped[str] = mapped_column(default="")
    deadline: Mapped[date | None]
    deadline_text: Mapped[str | None]
    from_minutes: Mapped[bool] = mapped_column(default=False)
    done_on: Mapped[date | None]
    by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(default=now)


class StatusChange(Base):
    """An opinion's way from raised to answered, one line a change; ``by`` nobody: drafted from the minutes."""

    __tablename__ = "status_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    opinion_id: Mapped[int] = mapped_column(ForeignKey("opinion.id", ondelete="CASCADE"), index=True)
    status: Mapped[str]
    because: Mapped[str] = mapped_column(default="")
    on: Mapped[date | None]
    by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(default=now)


class ConclusionLine(Base):
    """The place that a person gave an opinion in its list of the conclusion; what the line says are decisions."""

    __tablename__ = "conclusion_line"

    opinion_id: Mapped[int] = mapped_column(ForeignKey("opinion.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[int]
    by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(default=now)


class Document(Base):
    """A document that was made of a meeting, at which ``revision`` of it, and what a person must check in it.

    ``opinions`` are the ids of those in it: who may not read one that is confidential by now may not have the document.
    ``named`` shows citizens' names.
    """

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("kept_file.id", ondelete="CASCADE"))
    kind: Mapped[str]
    name: Mapped[str]
    checks: Mapped[list[Any]] = mapped_column(default=list)
    revision: Mapped[int]
    confidential: Mapped[bool] = mapped_column(default=False)
    named: Mapped[bool] = mapped_column(default=False)
    opinions: Mapped[list[Any]] = mapped_column(default=list)
    by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(default=now)


class Dispatch(Base):
    """A letter to a higher level (``up``) or a slip to another body (``sideways``), with the opinions in it."""

    __tablename__ = "dispatch"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    direction: Mapped[str]
    addressee: Mapped[str]
    number: Mapped[str | None]
    sent_on: Mapped[date | None]
    due_on: Mapped[date | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id", ondelete="SET NULL"))
    by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    replies: Mapped[list[Reply]] = relationship(cascade="all, delete-orphan", order_by="Reply.received_on")


class Dispatched(Base):
    """An opinion that a :class:`Dispatch` is about."""

    __tablename__ = "dispatched"

    dispatch_id: Mapped[int] = mapped_column(ForeignKey("dispatch.id", ondelete="CASCADE"), primary_key=True)
    opinion_id: Mapped[int] = mapped_column(ForeignKey("opinion.id", ondelete="CASCADE"), primary_key=True, index=True)


class Reply(Base):
    """What a higher level or another body wrote back."""

    __tablename__ = "reply"

    id: Mapped[int] = mapped_column(primary_key=True)
    dispatch_id: Mapped[int] = mapped_column(ForeignKey("dispatch.id", ondelete="CASCADE"), index=True)
    received_on: Mapped[date]
    number: Mapped[str | None]
    text: Mapped[str] = mapped_column(default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("kept_file.id", ondelete="SET NULL"))
    by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(default=now)

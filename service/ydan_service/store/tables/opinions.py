"""Opinions: the words with everything personal masked, what the model said beside what people decided."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from ydan.text import fold
from ydan_service.store.tables.base import Base, now
from ydan_service.store.tables.meetings import Meeting

STATES = ("live", "replaced", "removed")
FIELDS = ("topic", "matter", "type", "level", "body", "escalate", "transfer", "urgency", "codes", "status", "village",
          "confidential", "reviewed", "wording", "reply", "charged", "deadline", "addressee")  # fmt: skip
"""What a person may decide of an opinion; the last five are its line in the conclusion."""
STATUSES = ("da_giai_quyet", "da_giai_thich", "dang_giai_quyet", "chua_tra_loi", "kien_nghi_cap_tren",
            "chuyen_co_quan_khac", "huong_dan_kn_tc")  # fmt: skip
"""Those of ``ydan.documents.status``."""


class Opinion(Base):
    """One matter, under the key that ``ydan.minutes.OpinionList`` gave it (``3``, after a change ``e7``).

    ``text`` has every name, phone and identity number covered by as many characters, so that spans hold in it as in
    the words themselves; those, and everything of a confidential opinion, are in :class:`PersonalData` alone. The
    columns from ``topic`` on are the labels as they stand now: the person's where there is one, else the model's.
    """

    __tablename__ = "opinion"
    __table_args__ = (
        UniqueConstraint("meeting_id", "key"),
        Index("ix_opinion_meeting_state", "meeting_id", "state", "position"),
        Index("ix_opinion_topic", "state", "topic"),
        Index("ix_opinion_status", "state", "status", "deadline"),
        Index("ix_opinion_escalate", "state", "escalate", "urgency"),
        # everything that the leader's figures count by: they are answered from this index alone
        Index(
            "ix_opinion_figures", "state", "confidential", "meeting_id", "topic", "level", "type", "status", "escalate",
            "urgency", "reviewed_at", "deadline", "village_id", "matter",
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    key: Mapped[str]
    position: Mapped[int]
    state: Mapped[str] = mapped_column(default="live")
    text: Mapped[str]
    plain: Mapped[str] = mapped_column(default="")
    """``text`` folded (no diacritics, lower case), for the search; follows ``text`` by itself."""
    speaker_code: Mapped[str] = mapped_column(default="")
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))
    place: Mapped[str] = mapped_column(default="")
    heading: Mapped[str] = mapped_column(default="")
    source: Mapped[dict[str, Any]] = mapped_column(default=dict)
    lineage: Mapped[list[Any]] = mapped_column(default=list)
    answered: Mapped[bool] = mapped_column(default=False)
    confidential: Mapped[bool] = mapped_column(default=False)
    topic: Mapped[str | None]
    topic_confidence: Mapped[float | None]
    matter: Mapped[str | None]
    type: Mapped[str | None]
    level: Mapped[str | None]
    body: Mapped[str | None]
    escalate: Mapped[bool] = mapped_column(default=False)
    transfer: Mapped[bool] = mapped_column(default=False)
    urgency: Mapped[str | None]
    codes: Mapped[list[Any]] = mapped_column(default=list)
    review_needed: Mapped[bool] = mapped_column(default=False)
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reviewed_at: Mapped[datetime | None]
    status: Mapped[str] = mapped_column(default="chua_tra_loi")
    deadline: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=0)
    meeting: Mapped[Meeting] = relationship()
    assessment: Mapped[Assessed | None] = relationship(back_populates="opinion", cascade="all, delete-orphan")

    @validates("text")
    def _fold(self, _name: str, text: str) -> str:
        self.plain = fold(text)
        return text


class Assessed(Base):
    """What the model said, and which model, taxonomy and competence table said it; never changed by a person.

    ``answer`` is CONTRACT.md's object without ``text``; or ``{"error": {…}}``.
    """

    __tablename__ = "assessment"

    opinion_id: Mapped[int] = mapped_column(ForeignKey("opinion.id", ondelete="CASCADE"), primary_key=True)
    answer: Mapped[dict[str, Any]]
    model: Mapped[str]
    taxonomy: Mapped[str]
    competence: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(default=now)
    opinion: Mapped[Opinion] = relationship(back_populates="assessment")


class Decision(Base):
    """What a person decided of one field (:data:`FIELDS`), by which operation; the last one counts."""

    __tablename__ = "decision"
    __table_args__ = (Index("ix_decision_opinion_field", "opinion_id", "field", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    opinion_id: Mapped[int] = mapped_column(ForeignKey("opinion.id", ondelete="CASCADE"))
    field: Mapped[str]
    value: Mapped[dict[str, Any]]
    """``{"value": …, "before": …, "reason": …}``; of the words of the conclusion only the id of the decision under
    which :class:`PersonalData` has them."""
    operation_id: Mapped[str | None] = mapped_column(ForeignKey("operation.id", ondelete="CASCADE"))
    by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(default=now)


class PersonalData(Base):
    """Names, phones, identity numbers, and the words of opinions and answers that hold any: encrypted, nowhere else.

    ``owner`` and ``owner_id`` say whose (``opinion`` 17, ``answer`` 4, ``decision`` 88); ``kind`` what (``name``,
    ``address``, ``text``; ``wording``, ``reply``, ``addressee`` of a decision).
    """

    __tablename__ = "personal_data"
    __table_args__ = (UniqueConstraint("owner", "owner_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    owner: Mapped[str]
    owner_id: Mapped[int]
    kind: Mapped[str]
    key_id: Mapped[str] = mapped_column(index=True)
    sealed: Mapped[bytes]


class ConfidentialReader(Base):
    """Somebody who may read one confidential opinion; nobody else may, whatever the role."""

    __tablename__ = "confidential_reader"

    opinion_id: Mapped[int] = mapped_column(ForeignKey("opinion.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    granted_at: Mapped[datetime] = mapped_column(default=now)


class AlikeGroup(Base):
    """Opinions of one meeting that one answer serves; found by the model, ``confirmed_by`` a person."""

    __tablename__ = "alike_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    representative: Mapped[str]
    people: Mapped[int]
    places: Mapped[int]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    members: Mapped[list[AlikeMember]] = relationship(cascade="all, delete-orphan")


class AlikeMember(Base):
    """An opinion of an :class:`AlikeGroup`."""

    __tablename__ = "alike_member"

    group_id: Mapped[int] = mapped_column(ForeignKey("alike_group.id", ondelete="CASCADE"), primary_key=True)
    opinion_id: Mapped[int] = mapped_column(ForeignKey("opinion.id", ondelete="CASCADE"), primary_key=True)


class RaisedBefore(Base):
    """An opinion that an earlier meeting of the same commune heard already."""

    __tablename__ = "raised_before"

    opinion_id: Mapped[int] = mapped_column(ForeignKey("opinion.id", ondelete="CASCADE"), primary_key=True)
    earlier_id: Mapped[int] = mapped_column(ForeignKey("opinion.id", ondelete="CASCADE"), primary_key=True, index=True)
    probability: Mapped[float]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

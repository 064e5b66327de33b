"""The labels of an opinion as they stand: a person's where there is one, else what follows, else the model's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ydan.assessment import Assessment, Body, Choice, Escalation, Failure, Jurisdiction, ReviewReason
from ydan.competence import CompetenceTable
from ydan.decisions.revise import Choices, revised
from ydan.documents.secrecy import is_confidential
from ydan.opinion import DISTRICTS_ENDED, EARLIEST, Session
from ydan.rules import URGENCIES, load_rules
from ydan_service.store.tables import Meeting, Opinion

Decided = Mapping[str, Any]
"""Field → the value that a person decided; what nobody decided is absent."""


@dataclass(frozen=True, slots=True)
class Labels:
    """One value a column of :class:`Opinion`, with the assessment that they are of."""

    topic: str | None
    topic_confidence: float | None
    matter: str | None
    type: str | None
    level: str | None
    body: str | None
    escalate: bool
    transfer: bool
    urgency: str | None
    codes: tuple[str, ...]
    review: tuple[ReviewReason, ...]
    secret: bool
    """The words or a person's labels say that it must be kept confidential."""
    judged: Assessment | Failure
    """What the model said with what people decided laid over; a failure while nobody decided a topic."""


def session_of(meeting: Meeting) -> Session:
    """The session for the model and the table; without a date, the day on which the minutes came in."""
    day = meeting.held_on or meeting.created_at.date()
    level = meeting.host_level
    if level == "district" and day >= DISTRICTS_ENDED:
        level = "commune"
    return Session(max(day, EARLIEST), level, meeting.commune.province)


def labels_of(
    answer: Assessment | Failure, text: str, decided: Decided, session: Session, table: CompetenceTable
) -> Labels:
    """What the model answered of ``text`` with the decisions laid over."""
    failed = isinstance(answer, Failure)
    base = _blank(answer, text, session, table) if isinstance(answer, Failure) else answer
    chosen = Choices(
        topic=decided.get("topic"),
        matter=(decided["matter"] or "") if "matter" in decided else None,
        type=decided.get("type"),
        level=decided.get("level"),
        codes=decided.get("codes"),
    )
    now = revised(base, chosen, session, table)
    known = not failed or bool(decided.keys() & {"topic", "matter"})
    placed = not failed or bool(decided.keys() & {"matter", "level"})
    escalate = decided.get("escalate", now.escalation.required)
    codes = tuple(reason.code for reason in now.escalation.reasons)
    if not escalate and "codes" not in decided:
        codes = ()
    transfer = decided.get("transfer", now.escalation.transfer)
    return Labels(
        topic=now.topic.id if known else None,
        topic_confidence=base.topic.confidence if not failed else None,
        matter=None if now.matter is None else now.matter.id,
        type=now.type.id if not failed or "type" in decided else None,
        level=now.jurisdiction.level.id if placed else None,
        body=decided.get("body", now.jurisdiction.body.id if placed else None),
        escalate=escalate,
        transfer=transfer,
        urgency=decided.get("urgency", _urgency(escalate, transfer, codes, now.escalation.urgency)),
        codes=codes,
        review=now.review,
        secret=is_confidential(text, answer if failed and not known else now),
        judged=now if known else answer,
    )


def lay_on(opinion: Opinion, labels: Labels, decided: Decided) -> bool:
    """Write labels into the columns; whether any is another than before."""
    values = {
        "topic": labels.topic,
        "topic_confidence": labels.topic_confidence,
        "matter": labels.matter,
        "type": labels.type,
        "level": labels.level,
        "body": labels.body,
        "escalate": labels.escalate,
        "transfer": labels.transfer,
        "urgency": labels.urgency,
        "codes": list(labels.codes),
        "review_needed": bool(labels.review) and not decided.get("reviewed", False),
    }
    if "village" in decided:
        values["village_id"] = decided["village"]
    if "status" in decided:
        values["status"] = decided["status"]
    changed = [name for name, value in values.items() if getattr(opinion, name) != value]
    for name in changed:
        setattr(opinion, name, values[name])
    return bool(changed)


def _urgency(escalate: bool, transfer: bool, codes: tuple[str, ...], found: str | None) -> str | None:
    """As the model or the rules say, unless a person decided that it does not go up, or that it does."""
    if not escalate:
        return "with_conclusion" if transfer else None
    rules = load_rules()
    return found or min((rules[code].urgency for code in codes), key=URGENCIES.index, default="with_conclusion")


def _blank(failure: Failure, text: str, session: Session, table: CompetenceTable) -> Assessment:
    """An assessment that says nothing, for people's labels to be laid on."""
    unknown = Choice("other", "Khác", 0.0)
    level = Choice("unclear", "Chưa rõ", 0.0)
    period = table.period_of(session.date).begins
    judged = Jurisdiction(level, Body("ubnd", "Chưa rõ cơ quan"), period, "Chưa được phân loại", "model")
    return Assessment(
        id=failure.id,
        text=text,
        topic=unknown,
        alternatives=(),
        secondary_topics=(),
        matter=None,
        type=unknown,
        jurisdiction=judged,
        escalation=Escalation(False, False, 0.0, None, None, None, (), False),
        evidence=(),
        review=(ReviewReason(failure.code, failure.message),),
    )


def date_of(meeting: Meeting) -> date:
    """The day by which bodies are named."""
    return session_of(meeting).date

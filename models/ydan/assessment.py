"""The answer for one opinion: CONTRACT.md's JSON, as types.

An answer has a dozen labels, offices and spans; those are named tuples, made in half the time of frozen dataclasses.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Span = tuple[int, int]
"""Half-open character offsets into the text as given."""

_UNSAFE = re.compile("[\ud800-\udfff\x85\u2028\u2029]")


def dump_json(value: object, indent: int | None = None) -> str:
    """JSON that keeps the diacritics readable and escapes what no encoding can hold.

    Half of an emoji reaches us from a text field that cuts at a number of characters; written as it is, one such
    opinion would sink the whole answer. What some readers take for the end of a line (U+0085, U+2028, U+2029) is
    escaped as well: in JSON Lines a line is a line for everybody.

    >>> dump_json({"text": "Đường \\ud83d"})
    '{"text": "Đường \\\\ud83d"}'
    """
    plain = json.dumps(value, ensure_ascii=False, indent=indent)
    return _UNSAFE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", plain)


class Choice(NamedTuple):
    """A label with the calibrated probability that it is right."""

    id: str
    label: str
    confidence: float

    def to_json(self) -> dict[str, Any]:
        return {"id": self.id, "label": self.label, "confidence": self.confidence}


class Body(NamedTuple):
    """An office, with the name that it had on the meeting date."""

    id: str
    label: str

    def to_json(self) -> dict[str, Any]:
        return {"id": self.id, "label": self.label}


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """Who is competent on the meeting date and why; ``decided_by`` is competence_table, text or model."""

    level: Choice
    body: Body
    period: str
    basis: str
    decided_by: str

    def to_json(self) -> dict[str, Any]:
        return {
            "level": self.level.to_json(),
            "body": self.body.to_json(),
            "period": self.period,
            "basis": self.basis,
            "decided_by": self.decided_by,
        }


class Reason(NamedTuple):
    """One escalation code with the words that it rests on."""

    code: str
    label: str
    span: Span
    basis: str
    confidence: float

    def to_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "label": self.label,
            "span": list(self.span),
            "basis": self.basis,
            "confidence": self.confidence,
        }


@dataclass(frozen=True, slots=True)
class Escalation:
    """Whether the matter goes up, sideways, to whom, how soon, and why."""

    required: bool
    transfer: bool
    confidence: float
    urgency: str | None
    to_level: str | None
    to_body: Body | None
    reasons: tuple[Reason, ...]
    confidential: bool

    def to_json(self) -> dict[str, Any]:
        addressee = None
        if self.to_body is not None:
            addressee = {"level": self.to_level, "body": self.to_body.to_json()}
        return {
            "required": self.required,
            "transfer": self.transfer,
            "confidence": self.confidence,
            "urgency": self.urgency,
            "to": addressee,
            "reasons": [reason.to_json() for reason in self.reasons],
            "confidential": self.confidential,
        }


class Evidence(NamedTuple):
    """Words that spoke for a decision, and how much of its score they made up (0 to 1)."""

    span: Span
    weight: float
    spoke_for: str

    def to_json(self) -> dict[str, Any]:
        return {"span": list(self.span), "weight": self.weight, "for": self.spoke_for}


class ReviewReason(NamedTuple):
    """Why a person must look before anything is done; ``code`` is stable, ``label`` is for the secretary."""

    code: str
    label: str

    def to_json(self) -> dict[str, Any]:
        return {"code": self.code, "label": self.label}


class Traits(NamedTuple):
    """What the text was like, without a word of it: for whoever watches whether texts still look like those that the
    model learned from. ``known_share`` is the share of the syllables that its vocabulary knows."""

    syllables: int
    known_share: float
    undiacritized: bool


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything said of one opinion. A suggestion: a person confirms it.

    ``traits`` are no part of the answer; an assessment that was put together again has none.
    """

    id: str
    text: str
    topic: Choice
    alternatives: tuple[Choice, ...]
    secondary_topics: tuple[Choice, ...]
    matter: Choice | None
    type: Choice
    jurisdiction: Jurisdiction
    escalation: Escalation
    evidence: tuple[Evidence, ...]
    review: tuple[ReviewReason, ...]
    traits: Traits | None = field(default=None, compare=False, repr=False)

    def to_json(self) -> dict[str, Any]:
        """The object of CONTRACT.md; ``alternatives`` (the next topics) is beside it."""
        return {
            "id": self.id,
            "text": self.text,
            "topic": self.topic.to_json(),
            "alternatives": [choice.to_json() for choice in self.alternatives],
            "secondary_topics": [choice.to_json() for choice in self.secondary_topics],
            "matter": None if self.matter is None else self.matter.to_json(),
            "type": self.type.to_json(),
            "jurisdiction": self.jurisdiction.to_json(),
            "escalation": self.escalation.to_json(),
            "evidence": [piece.to_json() for piece in self.evidence],
            "review": {"needed": bool(self.review), "reasons": [reason.to_json() for reason in self.review]},
        }


@dataclass(frozen=True, slots=True)
class Failure:
    """An opinion that could not be assessed; it keeps its place among the answers."""

    id: str
    code: str
    message: str

    def to_json(self) -> dict[str, Any]:
        return {"id": self.id, "error": {"code": self.code, "message": self.message}}

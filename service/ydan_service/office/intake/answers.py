"""What the model said, as it is kept: CONTRACT.md's object without the words, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ydan.assessment import Assessment, Body, Choice, Escalation, Evidence, Failure, Jurisdiction, Reason, ReviewReason

Json = Mapping[str, Any]


def write_answer(answer: Assessment | Failure) -> dict[str, Any]:
    """The object for :class:`Assessed`."""
    return {name: value for name, value in answer.to_json().items() if name not in ("id", "text")}


def parse_answer(raw: Json, id_: str, text: str) -> Assessment | Failure:
    """What :func:`write_answer` wrote, of the opinion ``id_`` with these words."""
    if "error" in raw:
        return Failure(id_, raw["error"]["code"], raw["error"]["message"])
    judged = raw["jurisdiction"]
    return Assessment(
        id=id_,
        text=text,
        topic=Choice(**raw["topic"]),
        alternatives=tuple(Choice(**one) for one in raw["alternatives"]),
        secondary_topics=tuple(Choice(**one) for one in raw["secondary_topics"]),
        matter=None if raw["matter"] is None else Choice(**raw["matter"]),
        type=Choice(**raw["type"]),
        jurisdiction=Jurisdiction(
            Choice(**judged["level"]), Body(**judged["body"]), judged["period"], judged["basis"], judged["decided_by"]
        ),
        escalation=_escalation(raw["escalation"]),
        evidence=tuple(Evidence(_pair(one["span"]), one["weight"], one["for"]) for one in raw["evidence"]),
        review=tuple(ReviewReason(**one) for one in raw["review"]["reasons"]),
    )


def _escalation(raw: Json) -> Escalation:
    to = raw["to"]
    return Escalation(
        required=raw["required"],
        transfer=raw["transfer"],
        confidence=raw["confidence"],
        urgency=raw["urgency"],
        to_level=None if to is None else to["level"],
        to_body=None if to is None else Body(**to["body"]),
        reasons=tuple(
            Reason(one["code"], one["label"], _pair(one["span"]), one["basis"], one["confidence"])
            for one in raw["reasons"]
        ),
        confidential=raw["confidential"],
    )


def _pair(span: list[int]) -> tuple[int, int]:
    return span[0], span[1]

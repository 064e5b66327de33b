"""Each label as it stands, beside what the model said of it and who decided otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ydan_service.store.tables import Opinion

FIELDS = ("topic", "matter", "type", "level", "body", "escalate", "transfer", "codes", "urgency")


@dataclass(frozen=True, slots=True)
class Label:
    """One label; ``said`` is the model's, with ``confidence`` where it gives one.

    ``by`` and ``at`` are of the person who decided it, empty where the model's word or the competence table holds.
    ``asked``: the model was asked at all (what could not be read has no answer).
    """

    field: str
    now: Any
    said: Any
    confidence: float | None
    asked: bool
    by: str = ""
    at: datetime | None = None
    reason: str = ""

    @property
    def other(self) -> bool:
        """Whether it stands otherwise than the model said."""
        return self.asked and self.now != self.said


def labels_of(opinion: Opinion, model: Mapping[str, Any], decided: Mapping[str, Any]) -> tuple[Label, ...]:
    """The labels, in the order of the page; ``decided`` is the review's: field → who, when, why."""
    asked = "topic" in model
    found = []
    for field in FIELDS:
        now = getattr(opinion, field)
        said, confidence = _said(model, field) if asked else (None, None)
        one = decided.get(field, {})
        at = datetime.fromisoformat(one["at"]) if one.get("at") else None
        now, said = (tuple(now or ()), tuple(said or ())) if field == "codes" else (now, said)
        found.append(Label(field, now, said, confidence, asked, one.get("by", ""), at, one.get("reason", "")))
    return tuple(found)


def _said(model: Mapping[str, Any], field: str) -> tuple[Any, float | None]:
    judged, up = model["jurisdiction"], model["escalation"]
    if field in ("topic", "matter", "type"):
        return (model[field]["id"], model[field]["confidence"]) if model[field] else (None, None)
    if field == "level":
        return judged["level"]["id"], judged["level"]["confidence"]
    if field == "body":
        return judged["body"]["id"], None
    if field == "escalate":
        return up["required"], up["confidence"] if up["required"] else None
    if field == "codes":
        return [reason["code"] for reason in up["reasons"]], None
    return up["transfer" if field == "transfer" else "urgency"], None

"""Feedback in the store: labels open, the opinion's words and who decided sealed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ydan.assessment import Assessment, dump_json
from ydan.predictor import Predictor
from ydan_service.programs.feedback.labels import Given
from ydan_service.store import program_data
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import Feedback

OWNER, KIND = "feedback", "words"
"""Of the sealed entry."""


def predict(predictor: Predictor, given: Sequence[Given]) -> list[dict[str, Any]]:
    """The labels that the loaded model gives to each, with their confidences."""
    return [_labels_of(answer) for answer in predictor.assess_many([each.opinion for each in given])]


def keep(
    session: Session,
    keys: KeyRing,
    caller_id: int | None,
    given: Sequence[Given],
    predicted: Sequence[dict[str, Any]],
    versions: dict[str, Any],
) -> list[int]:
    """Keep feedback of a caller (``None``: of the office itself); gives back the numbers under which it is kept."""
    rows = [
        Feedback(
            caller_id=caller_id,
            opinion_id=_storable(each.opinion.id),
            session={
                "date": each.opinion.session.date.isoformat(),
                "host_level": each.opinion.session.host_level,
                "province": each.opinion.session.province,
            },
            predicted=labels,
            final=each.final,
            versions=versions,
        )
        for each, labels in zip(given, predicted, strict=True)
    ]
    session.add_all(rows)
    session.flush()
    for row, each in zip(rows, given, strict=True):
        words = dump_json({"text": each.opinion.text, "source": each.source}).encode()
        program_data.keep(session, keys, OWNER, str(row.id), KIND, words)
    return [row.id for row in rows]


def drop(session: Session, caller_id: int | None, number: int) -> bool:
    """Forget one piece of feedback of this caller; whether there was one."""
    row = session.scalar(
        select(Feedback).where(Feedback.id == number, Feedback.caller_id.is_not_distinct_from(caller_id))
    )
    if row is None:
        return False
    session.delete(row)
    program_data.drop(session, OWNER, [str(number)])
    return True


def words_of(session: Session, keys: KeyRing, number: int) -> str:
    """The opinion's words; "" where they are gone."""
    data = program_data.read(session, keys, OWNER, str(number), KIND)
    return "" if data is None else str(json.loads(data)["text"])


def _labels_of(answer: object) -> dict[str, Any]:
    assert isinstance(answer, Assessment)  # whatever came through the door has one
    judged, up = answer.jurisdiction, answer.escalation
    return {
        "topic": answer.topic.id,
        "secondary": sorted(choice.id for choice in answer.secondary_topics),
        "matter": None if answer.matter is None else answer.matter.id,
        "type": answer.type.id,
        "level": judged.level.id,
        "body": judged.body.id,
        "codes": sorted({reason.code for reason in up.reasons}),
        "escalate": up.required,
        "confidence": {
            "topic": answer.topic.confidence,
            "matter": None if answer.matter is None else answer.matter.confidence,
            "type": answer.type.confidence,
            "level": judged.level.confidence,
            "escalate": up.confidence,
        },
    }


def _storable(text: str) -> str:
    """Without what a database takes for no text: halves of characters and NUL."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()

"""Put a labelled set through the predictor, as a user would, and reckon every figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from ydan.assessment import Assessment, Failure
from ydan.opinion import Opinion, Session
from ydan.predictor import Predictor
from ydan_training.corpus import LabelledOpinion
from ydan_training.evaluation import metrics

HEADS = ("topic", "type", "level", "matter")


@dataclass(frozen=True, slots=True)
class Answer:
    """One head's answer to one opinion."""

    wanted: str
    said: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Measurement:
    """All figures of one set; ``figures`` is plain JSON, ``errors`` the surest wrong answers of each head."""

    name: str
    size: int
    figures: dict[str, Any]
    errors: dict[str, list[dict[str, Any]]]


def measure(
    predictor: Predictor, rows: Sequence[LabelledOpinion], name: str, *, seed: int, top_errors: int = 15
) -> Measurement:
    """Measure ``predictor`` on ``rows``. A row that it refuses counts as wrong in every head."""
    answers = predictor.assess_many(
        [Opinion(row.id, row.text, Session(date.fromisoformat(row.date), row.host_level)) for row in rows]
    )
    heads = {head: [_answer(head, row, answer) for row, answer in zip(rows, answers, strict=True)] for head in HEADS}
    figures: dict[str, Any] = {}
    for head, given in heads.items():
        # `unclear` has no level to be right about, and a set may have no matters: both as score.py does it
        kept = [
            a
            for a in given
            if not (head == "level" and a.wanted == "unclear") and not (head == "matter" and not a.wanted)
        ]
        if kept:
            figures[head] = _head_figures(kept, seed)
    figures["escalation"] = _escalation(rows, answers, seed)
    figures["review_coverage"] = float(np.mean([isinstance(a, Assessment) and not a.review for a in answers]))
    errors = {
        head: _errors(rows, [n for n, a in enumerate(given) if a.wanted and a.wanted != a.said], given, top_errors)
        for head, given in heads.items()
    }
    errors["escalation"] = _escalation_errors(rows, answers, top_errors)
    return Measurement(name, len(rows), metrics.rounded(figures), errors)


def _answer(head: str, row: LabelledOpinion, answer: Assessment | Failure) -> Answer:
    wanted = str(getattr(row, head) or "")
    if isinstance(answer, Failure):
        return Answer(wanted, "", 0.0)
    if head == "matter":
        return Answer(wanted, answer.matter.id, answer.matter.confidence) if answer.matter else Answer(wanted, "", 0.0)
    choice = {"topic": answer.topic, "type": answer.type, "level": answer.jurisdiction.level}[head]
    return Answer(wanted, choice.id, choice.confidence)


def _head_figures(answers: Sequence[Answer], seed: int) -> dict[str, Any]:
    wanted, said = [a.wanted for a in answers], [a.said for a in answers]
    sure, right = [a.confidence for a in answers], [a.wanted == a.said for a in answers]

    def drawn(figure: Callable[[Sequence[str], Sequence[str]], float]) -> Callable[[npt.NDArray[np.int64]], float]:
        return lambda numbers: figure([wanted[n] for n in numbers], [said[n] for n in numbers])

    return {
        "n": len(answers),
        "accuracy": metrics.accuracy(wanted, said),
        "accuracy_95": metrics.interval(len(answers), drawn(metrics.accuracy), seed),
        "macro_f1": metrics.macro_f1(wanted, said),
        "macro_f1_95": metrics.interval(len(answers), drawn(metrics.macro_f1), seed, rounds=200),
        "calibration_error": metrics.calibration_error(sure, right),
        "coverage_at_95": metrics.coverage_at(sure, right),
        "per_class": metrics.per_class(wanted, said),
        "confusions": metrics.confusions(wanted, said),
    }


def _escalation(rows: Sequence[LabelledOpinion], answers: Sequence[Assessment | Failure], seed: int) -> dict[str, Any]:
    wanted = [row.escalate for row in rows]
    said = [isinstance(a, Assessment) and a.escalation.required for a in answers]
    held = [{reason.code for reason in a.escalation.reasons} if isinstance(a, Assessment) else set() for a in answers]

    def drawn(name: str) -> Callable[[npt.NDArray[np.int64]], float]:
        return lambda numbers: metrics.flags([wanted[n] for n in numbers], [said[n] for n in numbers])[name]

    codes = sorted({code for row in rows for code in row.codes} | set().union(*held))
    return {
        **metrics.flags(wanted, said),
        "recall_95": metrics.interval(len(rows), drawn("recall"), seed),
        "precision_95": metrics.interval(len(rows), drawn("precision"), seed),
        "codes": {
            code: metrics.flags([code in row.codes for row in rows], [code in codes_of for codes_of in held])
            for code in codes
        },
    }


def _errors(
    rows: Sequence[LabelledOpinion], wrong: list[int], answers: Sequence[Answer], most: int
) -> list[dict[str, Any]]:
    wrong.sort(key=lambda n: -answers[n].confidence)
    return [
        {
            "id": rows[n].id,
            "wanted": answers[n].wanted,
            "said": answers[n].said,
            "confidence": answers[n].confidence,
            "text": rows[n].text[:220],
        }
        for n in wrong[:most]
    ]


def _escalation_errors(
    rows: Sequence[LabelledOpinion], answers: Sequence[Assessment | Failure], most: int
) -> list[dict[str, Any]]:
    """What should have gone up and did not comes first: it costs most."""
    out = []
    for row, answer in zip(rows, answers, strict=True):
        required = isinstance(answer, Assessment) and answer.escalation.required
        if required != row.escalate:
            said = [r.code for r in answer.escalation.reasons] if isinstance(answer, Assessment) else []
            out.append({"id": row.id, "wanted": row.codes, "said": said, "text": row.text[:220]})
    return sorted(out, key=lambda error: not error["wanted"])[:most]

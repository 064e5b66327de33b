"""Proof that a loaded model is the one that was measured: opinions with the answers that it gave when it was made.

They lie beside the bundle in ``golden.jsonl``, written by ``ydan-train golden`` out of our own test split; the hash
of the file stands in the bundle's ``about``. A first line says what was measured, then a line an opinion.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ydan.assessment import Assessment, Failure
from ydan.errors import BundleError
from ydan.measured import fingerprint_of
from ydan.model.bundle import default_bundle_path
from ydan.opinion import Opinion, Session
from ydan.predictor import Predictor

FILE = "golden.jsonl"
FORMAT = 1
HASH = "golden_sha256"
"""The name in the bundle's ``about``."""
TOLERANCE = 0.002
"""How far a confidence may lie from the one that was written: processors add in another order."""
FIELDS = ("topic", "matter", "type", "level", "body", "escalation", "codes")
_SURE = ("topic", "matter", "type", "level", "escalation")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was compared."""

    name: str
    expected: Any
    found: Any
    passed: bool

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "passed": self.passed, "expected": self.expected, "found": self.found}


@dataclass(frozen=True, slots=True)
class Proof:
    """All checks; ``different`` are the ids of examples that got other labels than when the model was made."""

    checks: tuple[Check, ...]
    examples: int
    different: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        return all(check.passed for check in self.checks)

    def to_json(self) -> dict[str, Any]:
        return {
            "result": "passed" if self.passed else "failed",
            "examples": self.examples,
            "different": list(self.different),
            "checks": [check.to_json() for check in self.checks],
        }


def prove(predictor: Predictor, folder: Path | None = None) -> Proof:
    """Compare the model that ``predictor`` holds, and its ``folder`` (default: the shipped one), with what was written.

    >>> prove(Predictor.load()).passed
    True
    """
    folder = default_bundle_path() if folder is None else folder
    wanted = predictor.bundle.about.get(HASH)
    try:
        data = (folder / FILE).read_bytes()
    except OSError:
        return Proof((Check("golden_file", wanted or "sha256", None, passed=False),), 0)
    checks = [_same("golden_file", wanted, hashlib.sha256(data).hexdigest())]
    try:
        head, rows = read_golden(data)
        return _compared(predictor, folder, head, rows, checks)
    except (BundleError, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        fault = Check("golden_format", FORMAT, f"{type(error).__name__}: {error!s:.200}", passed=False)
        return Proof((*checks, fault), 0)


def read_golden(data: bytes) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What was measured, and the examples.

    :raises ValueError: not a file of this format.
    """
    head, *rows = [json.loads(line) for line in data.decode("utf-8").splitlines()]
    if head.get("format") != FORMAT or not rows:
        raise ValueError(f"format {head.get('format')!r}")
    return head, rows


def answers_to(predictor: Predictor, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Labels and confidences of opinions with ``id``, ``text``, ``host_level`` and ``date``."""
    opinions = [
        Opinion(row["id"], row["text"], Session(date.fromisoformat(row["date"]), row["host_level"])) for row in rows
    ]
    return [_short(answer) for answer in predictor.assess_many(opinions)]


def count_right(rows: Sequence[Mapping[str, Any]], answers: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """The card's figures on these opinions: accuracies, recall and precision of the escalation.

    ``rows`` carry what people said: ``topic``, ``matter``, ``type``, ``level``, ``escalate``.
    """
    pairs = list(zip(rows, answers, strict=True))
    figures = {}
    for head in ("topic", "matter", "type", "level"):
        kept = [pair for pair in pairs if pair[0][head] and not (head == "level" and pair[0][head] == "unclear")]
        figures[f"{head}_accuracy"] = _share(sum(row[head] == answer[head] for row, answer in kept), len(kept))
    both = sum(bool(row["escalate"] and answer["escalation"]) for row, answer in pairs)
    figures["escalation_recall"] = _share(both, sum(bool(row["escalate"]) for row in rows))
    figures["escalation_precision"] = _share(both, sum(bool(answer["escalation"]) for answer in answers))
    return figures


def _compared(
    predictor: Predictor, folder: Path, head: dict[str, Any], rows: list[dict[str, Any]], checks: list[Check]
) -> Proof:
    checks += _identity(predictor, folder, head)
    found = answers_to(predictor, rows)
    expected = [row["expected"] for row in rows]
    pairs = list(zip(rows, found, strict=True))
    for field in FIELDS:
        same = sum(row["expected"][field] == answer[field] for row, answer in pairs)
        checks.append(_same(f"labels.{field}", len(rows), same))
    off = max(
        abs(before["confidence"][head] - now["confidence"][head])
        for before, now in zip(expected, found, strict=True)
        for head in _SURE
    )
    checks.append(Check("confidences", f"<= {TOLERANCE}", round(off, 6), off <= TOLERANCE))
    figures = count_right([row["labels"] for row in rows], found)
    checks += [_same(f"figures.{name}", value, figures.get(name)) for name, value in head["figures"].items()]
    different = [row["id"] for row, answer in pairs if any(row["expected"][f] != answer[f] for f in FIELDS)]
    return Proof(tuple(checks), len(rows), tuple(different))


def _identity(predictor: Predictor, folder: Path, head: dict[str, Any]) -> Iterator[Check]:
    """The same model, of the same files, asked with the same knowledge."""
    bundle = predictor.bundle
    yield _same("model", head["model"], f"{bundle.name} {bundle.version}")
    for name, digest in head["files"].items():
        yield _same(f"files.{name}", digest, hashlib.sha256((folder / name).read_bytes()).hexdigest())
    yield _same("fingerprint", head["fingerprint"], fingerprint_of(folder))
    yield _same("taxonomy", head["taxonomy"], predictor.taxonomy.version)
    yield _same("competence", head["competence"], predictor.competence.version.partition("+")[0])


def _short(answer: Assessment | Failure) -> dict[str, Any]:
    if isinstance(answer, Failure):
        return {**dict.fromkeys(FIELDS), "confidence": dict.fromkeys(_SURE, 0.0)}
    judged, up = answer.jurisdiction, answer.escalation
    return {
        "topic": answer.topic.id,
        "matter": None if answer.matter is None else answer.matter.id,
        "type": answer.type.id,
        "level": judged.level.id,
        "body": judged.body.id,
        "escalation": up.required,
        "codes": sorted({reason.code for reason in up.reasons}),
        "confidence": {
            "topic": round(answer.topic.confidence, 6),
            "matter": 0.0 if answer.matter is None else round(answer.matter.confidence, 6),
            "type": round(answer.type.confidence, 6),
            "level": round(judged.level.confidence, 6),
            "escalation": round(up.confidence, 6),
        },
    }


def _same(name: str, expected: Any, found: Any) -> Check:
    return Check(name, expected, found, expected is not None and expected == found)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0

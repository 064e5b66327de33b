"""``ydan-train measured``: how often the model is wrong at each confidence, and what it takes for what.

Counted on the test split: its authors wrote nothing that the model, its thresholds or its calibration learned from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from ydan.assessment import Assessment, Failure
from ydan.measured import CONFIDENCES, FORMAT, HEADS, NO, YES, fingerprint_of, read_measured
from ydan.model.signals import LEVELS
from ydan.opinion import Opinion, Session
from ydan.predictor import Predictor
from ydan.taxonomy import load_taxonomy
from ydan_training.config import Config
from ydan_training.corpus import LabelledOpinion, read_jsonl

OUTPUT = Path("models/ydan/measured.json")


class Judged(NamedTuple):
    """One head's answer to one opinion; ``said`` is empty where the opinion was refused."""

    wanted: str
    said: str
    confidence: float


def write_measured(config: Config, output: Path | None = None, model: Path | None = None) -> int:
    """Measure the configured model on the test split, print the errors, write the file."""
    folder = model or config.path("model", "bundle")
    data = config.path("corpus", "test")
    raw = measure_errors(Predictor.load(folder), read_jsonl(data), data.stem, fingerprint_of(folder))
    file = output or config.root / OUTPUT
    file.write_text(_compact(raw), encoding="utf-8", newline="\n")
    for head, steps in read_measured(raw).steps.items():
        shown = [step for step in steps if step.confidence in (0.0, 0.7, 0.9, 0.95)]
        line = "; ".join(f">= {s.confidence:.2f}: {s.error:.1%} of {s.n} [{s.low:.1%}, {s.high:.1%}]" for s in shown)
        print(f"{head}: wrong {line}")
    print(f"wrote {file}")
    return 0


def measure_errors(
    predictor: Predictor, rows: Sequence[LabelledOpinion], name: str, fingerprint: str
) -> dict[str, Any]:
    """The content of ``measured.json``: counts, from which the reader reckons shares and intervals."""
    answers = predictor.assess_many(
        [Opinion(row.id, row.text, Session(date.fromisoformat(row.date), row.host_level)) for row in rows]
    )
    heads = {head: [_judged(head, row, a) for row, a in zip(rows, answers, strict=True)] for head in HEADS}
    taxonomy = load_taxonomy()
    labels = {
        "topic": tuple(taxonomy.topics),
        "type": tuple(taxonomy.types),
        "level": tuple(LEVELS),
        "escalation": (YES, NO),
    }
    return {
        "format": FORMAT,
        "fingerprint": fingerprint,
        "name": name,
        "size": len(rows),
        "steps": {head: _steps(head, judged) for head, judged in heads.items()},
        "confusions": {
            head: {"labels": list(known), "counts": _table(heads[head], known)} for head, known in labels.items()
        },
    }


def _judged(head: str, row: LabelledOpinion, answer: Assessment | Failure) -> Judged:
    if head == "escalation":
        wanted = YES if row.escalate else NO
        if isinstance(answer, Failure):
            return Judged(wanted, "", 0.0)
        up = answer.escalation
        return Judged(wanted, YES if up.required else NO, up.confidence if up.required else 1 - up.confidence)
    wanted = str(getattr(row, head) or "")
    if isinstance(answer, Failure) or (head == "matter" and answer.matter is None):
        return Judged(wanted, "", 0.0)
    choices = {"topic": answer.topic, "matter": answer.matter, "type": answer.type, "level": answer.jurisdiction.level}
    choice = choices[head]
    assert choice is not None
    return Judged(wanted, choice.id, choice.confidence)


def _steps(head: str, judged: Sequence[Judged]) -> list[tuple[float, int, int]]:
    """``(confidence, answers at or above it, wrong ones)``; without those that nothing is right for."""
    kept = [one for one in judged if one.wanted and not (head == "level" and one.wanted == "unclear")]
    out = []
    for limit in CONFIDENCES:
        sure = [one for one in kept if one.confidence >= limit]
        out.append((limit, len(sure), sum(one.wanted != one.said for one in sure)))
    return out


def _table(judged: Sequence[Judged], labels: Sequence[str]) -> list[list[int]]:
    places = {label: at for at, label in enumerate(labels)}
    counts = [[0] * len(labels) for _ in labels]
    for one in judged:
        if one.said in places and one.wanted in places:
            counts[places[one.wanted]][places[one.said]] += 1
    return counts


def _compact(raw: dict[str, Any]) -> str:
    """Indented, but a line for each row of numbers, so that a change shows in a diff."""
    text = json.dumps(raw, ensure_ascii=False, indent=1)
    rows = re.compile(r"\[\s+((?:[-\d.]+|\"\w+\")(?:,\s+(?:[-\d.]+|\"\w+\"))*)\s+\]")
    return rows.sub(lambda found: f"[{', '.join(found[1].replace(',', ' ').split())}]", text) + "\n"

"""Ours: the whole assessment – topic, type, level, office, escalation, evidence, review – not the topic alone."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from benchmarks.candidates import Row
from ydan.assessment import Assessment, Failure
from ydan.opinion import Opinion, Session
from ydan.predictor import Predictor

NO_DATE = "2026-03-01"


def train(rows: Sequence[Row], folder: Path, **options: object) -> None:
    """The fit of ``ydan-train fit`` without its measuring."""
    from ydan.model import save_bundle
    from ydan_training.config import load_config
    from ydan_training.corpus import LabelledOpinion
    from ydan_training.fitting.model import fit

    known = set(LabelledOpinion.__dataclass_fields__)
    records = [LabelledOpinion(**{name: value for name, value in row.items() if name in known}) for row in rows]
    bundle = fit(records, load_config(None, Path.cwd()), lambda line: print(line, file=sys.stderr))
    save_bundle(bundle, folder)


class _Ours:
    def __init__(self, folder: Path) -> None:
        self._predictor = Predictor.load(folder)

    def topic(self, row: Row) -> str:
        return _topic(self._predictor.assess(_opinion(row)))

    def topics(self, rows: Sequence[Row]) -> list[str]:
        return [_topic(answer) for answer in self._predictor.assess_many([_opinion(row) for row in rows])]


def load(folder: Path) -> _Ours:
    """The predictor with the bundle in ``folder``."""
    return _Ours(folder)


def _opinion(row: Row) -> Opinion:
    session = Session(date.fromisoformat(row.get("date") or NO_DATE), row.get("host_level") or "commune")
    return Opinion(str(row.get("id", "")), row["text"], session)


def _topic(answer: Assessment | Failure) -> str:
    return answer.topic.id if isinstance(answer, Assessment) else ""

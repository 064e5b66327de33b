"""The answers that each head learns, as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ydan.model.signals import LEVELS, NO_MATTER
from ydan.taxonomy import load_taxonomy
from ydan_training.corpus import LabelledOpinion


@dataclass(frozen=True, slots=True)
class Target:
    """``answers``: a class number per row (kind ``one``) or a 0/1 column per label (kind ``any``)."""

    name: str
    kind: str
    labels: tuple[str, ...]
    answers: npt.NDArray[np.int64]


def targets(rows: Sequence[LabelledOpinion]) -> list[Target]:
    """The heads' targets, in the order of the bundle's columns."""
    taxonomy = load_taxonomy()
    codes = tuple(code for code in taxonomy.escalation_codes if code != "beyond_competence")
    return [
        _one("topic", tuple(taxonomy.topics), [row.topic for row in rows]),
        _one("matter", (*taxonomy.matters, NO_MATTER), [row.matter or NO_MATTER for row in rows]),
        _one("type", tuple(taxonomy.types), [row.type for row in rows]),
        _one("level", LEVELS, [row.level for row in rows]),
        Target("code", "any", codes, np.array([[code in row.codes for code in codes] for row in rows], dtype=np.int64)),
    ]


def _one(name: str, labels: tuple[str, ...], answers: list[str]) -> Target:
    numbers = {label: number for number, label in enumerate(labels)}
    return Target(name, "one", labels, np.array([numbers[answer] for answer in answers], dtype=np.int64))

"""From what is weighed of a pair to its two probabilities: the same matter, and at least the same kind."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ydan.alike.pairs import FEATURES, pair_features
from ydan.alike.vectors import Integers, Vectors
from ydan.errors import BundleError
from ydan.model.links import sigmoid

Floats = npt.NDArray[np.float32]
GRADES = ("same", "similar")
_FILE = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class Grade:
    """One logistic regression over :data:`FEATURES` and the probability from which the grade is given."""

    weights: Floats
    bias: float
    threshold: float

    def probabilities(self, features: Floats) -> Floats:
        """Shape ``(pairs,)``."""
        return sigmoid(features @ self.weights + np.float32(self.bias))


def read_grades(raw: dict[str, Any]) -> dict[str, Grade]:
    """The grades of a parsed ``weights.json``.

    :raises BundleError: it was fitted for other features than this version weighs.
    """
    if tuple(raw.get("features", ())) != FEATURES or set(GRADES) - set(raw):
        raise BundleError(
            "weights.json của phần ý kiến giống nhau không khớp bản đang cài (khác danh sách đặc trưng). "
            "Hãy chạy lại `python -m ydan_training.alike fit`."
        )
    return {
        name: Grade(np.array(raw[name]["weights"], np.float32), float(raw[name]["bias"]), float(raw[name]["threshold"]))
        for name in GRADES
    }


@cache
def load_grades() -> dict[str, Grade]:
    """The grades that ship with the package.

    :raises BundleError: they do not fit this version.
    """
    return read_grades(json.loads(_FILE.read_text(encoding="utf-8")))


def told_apart(features: Floats) -> npt.NDArray[np.bool_]:
    """Which pairs name another village or another road, bridge, school, and nothing in common.

    However much else agrees, "đường thôn 3" and "đường thôn 5" are two roads; no labelled pair of one matter is
    like that, while a sum of weights is outvoted where every other word is the same.
    """
    area, thing, shared = (features[:, FEATURES.index(name)] for name in ("area_apart", "thing_apart", "slot_shared"))
    result: npt.NDArray[np.bool_] = ((area > 0) | (thing > 0)) & (shared == 0)
    return result


def same_probabilities(grade: Grade, features: Floats) -> Floats:
    """The probability of ``same``: nought for what names tell apart."""
    return np.where(told_apart(features), np.float32(0), grade.probabilities(features))


def weigh(vectors: Vectors, first: Integers, second: Integers, grades: dict[str, Grade]) -> tuple[Floats, Floats]:
    """The probability of ``same`` and of at least ``similar`` for each pair.

    What is the same in two communes has a name that reaches beyond one (a road's number, a river, a hospital) or
    is the law for all; without either, the two "thôn 3" are two things and ``same`` is nought.
    """
    features = pair_features(vectors, first, second)
    same = same_probabilities(grades["same"], features)
    similar = np.maximum(grades["similar"].probabilities(features), same)
    places = vectors.places
    apart = (places[first] >= 0) & (places[second] >= 0) & (places[first] != places[second])
    at = np.flatnonzero(apart)
    if len(at):
        a, b = first[at], second[at]
        named = np.asarray(vectors.wide[a].multiply(vectors.wide[b]).sum(axis=1)).ravel() > 0
        same[at[~(named | (vectors.central[a] & vectors.central[b]))]] = 0
    return same, similar

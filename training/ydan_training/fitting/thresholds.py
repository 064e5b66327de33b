"""Limits chosen on held-out answers: what goes up, what a person must look at."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]


def best_flag_limit(probability: Floats, wanted: Flags, *, beta: float = 1.0) -> float:
    """The limit with the best F-beta; beta above one leans to recall."""
    best, limit = -1.0, 0.5
    for tried in np.linspace(0.08, 0.8, 37):
        given = probability >= tried
        hit = float((given & wanted).sum())
        score = (1 + beta**2) * hit / max(1.0, given.sum() + beta**2 * wanted.sum())
        if score > best:
            best, limit = score, float(tried)
    return round(limit, 3)


def recall_limit(probability: Floats, wanted: Flags, already: Flags, recall: float) -> float:
    """The highest limit at which, together with what goes up ``already``, ``recall`` of the wanted go up."""
    for tried in np.linspace(0.95, 0.02, 94):
        if ((probability >= tried) | already)[wanted].mean() >= recall:
            return round(float(tried), 3)
    return 0.02


def accuracy_limit(confidence: Floats, right: Flags, accuracy: float) -> float:
    """The lowest confidence above which the answers are right as often as ``accuracy``; 1.0 when none is."""
    order = np.argsort(-confidence)
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.nonzero(share >= accuracy)[0]
    return round(float(confidence[order[enough[-1]]]), 4) if len(enough) else 1.0

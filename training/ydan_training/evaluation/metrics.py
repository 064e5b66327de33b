"""Figures of a classifier, each a plain function of what was wanted and what was said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

BINS = 10


def per_class(wanted: Sequence[str], said: Sequence[str]) -> dict[str, dict[str, float]]:
    """Precision, recall, F1 and support of every class that occurs in either list."""
    out = {}
    for label in sorted(set(wanted) | set(said)):
        hit = sum(w == s == label for w, s in zip(wanted, said, strict=True))
        given, there = list(said).count(label), list(wanted).count(label)
        precision = hit / given if given else 0.0
        recall = hit / there if there else 0.0
        f1 = 2 * hit / (given + there) if given + there else 0.0
        out[label] = {"precision": precision, "recall": recall, "f1": f1, "support": there}
    return out


def macro_f1(wanted: Sequence[str], said: Sequence[str]) -> float:
    """Mean F1 over the classes that occur in ``wanted``.

    >>> macro_f1(["a", "b"], ["a", "a"])
    0.3333333333333333
    """
    table = per_class(wanted, said)
    scores = [table[label]["f1"] for label in sorted(set(wanted))]
    return sum(scores) / len(scores)


def accuracy(wanted: Sequence[str], said: Sequence[str]) -> float:
    """Share of equal labels."""
    return sum(w == s for w, s in zip(wanted, said, strict=True)) / len(wanted)


def confusions(wanted: Sequence[str], said: Sequence[str], most: int = 12) -> list[tuple[str, str, int]]:
    """The commonest ``(wanted, said, how often)`` that differ."""
    counted = Counter((w, s) for w, s in zip(wanted, said, strict=True) if w != s)
    return [(w, s, count) for (w, s), count in counted.most_common(most)]


def calibration_error(confidence: Sequence[float], right: Sequence[bool]) -> float:
    """Expected calibration error over ten bins of equal width (Naeini 2015)."""
    sure, hits = np.asarray(confidence), np.asarray(right, dtype=float)
    at = np.minimum((sure * BINS).astype(int), BINS - 1)
    total = 0.0
    for number in range(BINS):
        inside = at == number
        if inside.any():
            total += inside.mean() * abs(hits[inside].mean() - sure[inside].mean())
    return float(total)


def coverage_at(confidence: Sequence[float], right: Sequence[bool], target: float = 0.95) -> float:
    """The largest share, taken from the most confident down, that is right at least ``target`` of the time."""
    order = np.argsort(-np.asarray(confidence), kind="stable")
    share = np.cumsum(np.asarray(right, dtype=float)[order]) / np.arange(1, len(order) + 1)
    enough = np.nonzero(share >= target)[0]
    return float((enough[-1] + 1) / len(order)) if len(enough) else 0.0


def flags(wanted: Sequence[bool], said: Sequence[bool]) -> dict[str, float]:
    """Precision, recall and F1 of a yes-or-no answer."""
    hit = sum(w and s for w, s in zip(wanted, said, strict=True))
    given, there = sum(said), sum(wanted)
    return {
        "precision": hit / given if given else 1.0 if not there else 0.0,
        "recall": hit / there if there else 1.0,
        "f1": 2 * hit / (given + there) if given + there else 1.0,
        "support": there,
    }


def interval(
    count: int, figure: Callable[[npt.NDArray[np.int64]], float], seed: int, rounds: int = 400
) -> tuple[float, float]:
    """95 % bootstrap interval of ``figure``, a function of the row numbers drawn (Efron's percentile)."""
    dice = np.random.default_rng(seed)
    drawn = sorted(figure(dice.integers(0, count, count)) for _ in range(rounds))
    return drawn[int(0.025 * rounds)], drawn[int(0.975 * rounds) - 1]


def rounded(value: Any) -> Any:
    """The same structure with every float at four digits, for reports that do not change by noise."""
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {name: rounded(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(part) for part in value]
    return value

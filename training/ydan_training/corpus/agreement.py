"""How far two people who label apart agree: Cohen's kappa, per label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence


def cohen_kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Agreement beyond chance, 1.0 when equal throughout (Cohen 1960).

    >>> cohen_kappa(["a", "a", "b", "b"], ["a", "a", "b", "a"])
    0.5
    """
    if len(first) != len(second) or not first:
        raise ValueError("Both lists must hold the same, positive number of labels.")
    total = len(first)
    agreed = sum(a == b for a, b in zip(first, second, strict=True)) / total
    one, two = Counter(first), Counter(second)
    chance = sum(one[label] * two[label] for label in one) / total**2
    return 1.0 if chance == 1.0 else round((agreed - chance) / (1 - chance), 10)

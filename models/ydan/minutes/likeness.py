"""How alike two texts of one meeting are, by the words that tell its opinions apart."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

from ydan.minutes.phrases import load_phrases
from ydan.text import fold, split

UNKNOWN = 0.7
"""Weight of a word that no opinion of the meeting has."""

_STOP = frozenset(fold(word) for word in load_phrases()["linking"]["stop"])


def word_keys(text: str) -> set[str]:
    """The words that carry meaning, without diacritics, and the pairs that hold one.

    >>> sorted(word_keys("Đường lầy"))
    ['duong', 'duong lay', 'lay']
    """
    words = split(fold(text))[1::2]
    single = {word for word in words if word not in _STOP and len(word) > 1}
    return single | {f"{a} {b}" for a, b in pairwise(words) if a not in _STOP or b not in _STOP}


def key_weights(texts: Sequence[Collection[str]]) -> dict[str, float]:
    """How much each key tells the texts apart (inverse document frequency)."""
    counts = Counter(key for keys in texts for key in sorted(keys))
    return {key: math.log((1 + len(texts)) / (0.5 + count)) for key, count in counts.items()}


def word_weights(texts: Sequence[str]) -> dict[str, float]:
    """:func:`key_weights` of the texts' :func:`word_keys`."""
    return key_weights([word_keys(text) for text in texts])


def resemblance(answer: str, opinion: str, weights: dict[str, float]) -> float:
    """Shared weight over the geometric mean of both weights, 0 to 1."""
    a, b = word_keys(answer), word_keys(opinion)
    shared = math.fsum(weights.get(key, 0.0) for key in a & b)
    mine = math.fsum(weights.get(key, UNKNOWN) for key in a)
    theirs = math.fsum(weights.get(key, UNKNOWN) for key in b)
    return shared / math.sqrt(mine * theirs) if mine and theirs and shared else 0.0

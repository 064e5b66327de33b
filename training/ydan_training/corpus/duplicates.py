"""Near-duplicates: two opinions that share most of their runs of three syllables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from ydan.cues import read

RUN = 3
LIMIT = 0.5
"""Jaccard overlap of syllable runs above which two opinions count as one written twice."""


def runs(text: str) -> frozenset[tuple[str, ...]]:
    """The runs of three syllables of a text, without diacritics so that a noisy copy is seen as a copy."""
    plain = read(text).plain
    return frozenset(tuple(plain[i : i + RUN]) for i in range(max(1, len(plain) - RUN + 1)))


def near_duplicates(texts: Sequence[str], limit: float = LIMIT) -> list[tuple[int, int, float]]:
    """Pairs ``(earlier, later, overlap)`` above ``limit``, found through an inverted index."""
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    seen: list[frozenset[tuple[str, ...]]] = []
    pairs = []
    for later, text in enumerate(texts):
        mine = runs(text)
        shared: Counter[int] = Counter()
        for run in mine:
            shared.update(index[run])
            index[run].append(later)
        for earlier, count in shared.items():
            overlap = count / len(mine | seen[earlier])
            if overlap > limit:
                pairs.append((earlier, later, round(overlap, 3)))
        seen.append(mine)
    return pairs

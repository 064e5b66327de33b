"""Groups without chains: average linkage inside the parts of the graph that hang together at all."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse.csgraph import connected_components

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Weighing = Callable[[Integers, Integers], Floats]
LARGEST = 600
"""Opinions of one part that are all compared with each other; a larger part is first cut at a stricter threshold."""


def link(count: int, first: Integers, second: Integers, score: Floats, threshold: float, weigh: Weighing) -> Integers:
    """The group number of each of ``count`` opinions.

    ``first``, ``second``, ``score`` are the pairs found; ``weigh`` scores any other pair. Two groups are joined while
    the mean score of all pairs between them is at least ``threshold``: single linkage would chain road to road over a
    village, complete linkage would part ten tellings of one matter for two that share no word. Groups lie within
    connected parts, because a mean at the threshold needs one pair at it.
    """
    labels = np.full(count, -1, np.int64)
    given = 0
    for members, _ in _parts(count, first, second, score, threshold):
        groups = _average(members, threshold, weigh) if 1 < len(members) <= LARGEST else np.ones(len(members), np.int64)
        labels[members] = groups + given
        given = int(labels[members].max())
    return labels


def _parts(
    count: int, first: Integers, second: Integers, score: Floats, threshold: float
) -> list[tuple[Integers, float]]:
    """Connected parts; those too large are cut at ever stricter thresholds, the last (0.99: copies) as they are."""
    found: list[tuple[Integers, float]] = []
    waiting = [(np.arange(count), threshold)]
    while waiting:
        members, limit = waiting.pop()
        inside = np.zeros(count, np.bool_)
        inside[members] = True
        kept = (score >= limit) & inside[first] & inside[second]
        graph = sparse.csr_matrix((score[kept], (first[kept], second[kept])), shape=(count, count))
        parts = connected_components(graph, directed=False)[1][members]
        order = np.argsort(parts, kind="stable")
        for part in np.split(members[order], np.flatnonzero(np.diff(parts[order])) + 1):
            stricter = (limit + 1) / 2
            if len(part) > LARGEST and stricter < 0.99:
                waiting.append((part, stricter))
            else:
                found.append((part, limit))
    return found


def _average(members: Integers, threshold: float, weigh: Weighing) -> Integers:
    """Average linkage of ``members``, each compared with each."""
    a, b = np.triu_indices(len(members), 1)
    distances = 1 - np.clip(weigh(members[a], members[b]).astype(np.float64), 0, 1)
    groups: Integers = fcluster(linkage(distances, "average"), 1 - threshold, "distance").astype(np.int64)
    return groups

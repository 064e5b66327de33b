"""Groups without chains: average linkage inside the parts of the graph that hang together at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.csgraph import connected_components

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Weighing = Callable[[Integers, Integers], Floats]
LARGEST = 250
"""Opinions of one part that are all compared with each other; a larger part is first cut at a stricter threshold."""


_AT_ONCE = 50_000
"""Pairs weighed in one call, about."""


def link(count: int, first: Integers, second: Integers, score: Floats, threshold: float, weigh: Weighing) -> Integers:
    """The group number of each of ``count`` opinions.

    ``first``, ``second``, ``score`` are the pairs found; ``weigh`` scores any other pair. Two groups are joined while
    the mean score of all pairs between them is at least ``threshold``: single linkage would chain road to road over a
    village, complete linkage would part ten tellings of one matter for two that share no word. Groups lie within
    connected parts, because a mean at the threshold needs one pair at it.
    """
    from scipy.cluster.hierarchy import fcluster, linkage  # a sixth of a second, for who starts and never asks

    parts = _parts(count, first, second, score, threshold)
    compared = [part for part in parts if 2 < len(part) <= LARGEST]
    inside = iter(_all_pairs(compared, weigh))
    labels = np.empty(count, np.int64)
    given = 0
    for part in parts:
        if 2 < len(part) <= LARGEST:
            distances = 1 - np.clip(next(inside).astype(np.float64), 0, 1)
            labels[part] = given + fcluster(linkage(distances, "average"), 1 - threshold, "distance")
        else:
            labels[part] = given + 1
        given = int(labels[part].max())
    return labels


def score_inside(groups: Sequence[Integers], weigh: Weighing) -> list[Floats]:
    """For each group the square of scores between its members, the diagonal 1; few calls of ``weigh`` for all."""
    squares = []
    for members, scores in zip(groups, _all_pairs(groups, weigh), strict=True):
        square = np.ones((len(members), len(members)), np.float32)
        square[np.triu_indices(len(members), 1)] = scores
        squares.append(np.minimum(square, square.T))
    return squares


def _all_pairs(groups: Sequence[Integers], weigh: Weighing) -> Iterator[Floats]:
    """The scores of all pairs of each group, in the order of ``triu_indices``; groups are weighed together."""
    batch: list[Integers] = []
    waiting = 0
    for number, members in enumerate(groups):
        batch.append(members)
        waiting += len(members) ** 2 // 2
        if waiting < _AT_ONCE and number + 1 < len(groups):
            continue
        places = [np.triu_indices(len(part), 1) for part in batch]
        first = np.concatenate([part[a] for part, (a, _) in zip(batch, places, strict=True)])
        second = np.concatenate([part[b] for part, (_, b) in zip(batch, places, strict=True)])
        yield from np.split(weigh(first, second), np.cumsum([len(a) for a, _ in places])[:-1])
        batch, waiting = [], 0


def _parts(count: int, first: Integers, second: Integers, score: Floats, threshold: float) -> list[Integers]:
    """Connected parts; those too large are cut at ever stricter thresholds, the last (0.99: copies) as they are."""
    found: list[Integers] = []
    waiting = [(np.arange(count), threshold)]
    while waiting and count:
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
                found.append(part)
    return found

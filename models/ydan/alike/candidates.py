"""Which pairs are worth weighing: those that share words that are not everywhere, by sparse products in blocks."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ydan.alike.vectors import Vectors

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
BLOCK = 256
MOST = 24
"""Pairs weighed for one opinion, at most, the best overlaps first."""
FLOOR = 0.1
"""The least overlap (cosine of words and pairs of words, common ones left out) of a pair that is weighed."""
COMMON = 400
"""A word that more opinions have finds no partners: alone it says too little, and its pairs are many."""


def candidate_pairs(vectors: Vectors) -> tuple[Integers, Integers]:
    """Pairs ``first < second``, sorted, each once."""
    rows = rare(vectors.plain)
    turned = rows.T.tocsr()
    count = len(vectors)
    nothing = (np.zeros(0, np.int64), np.zeros(0, np.int64))
    found = [nothing, *(_best(rows[begin : begin + BLOCK] @ turned, begin) for begin in range(0, count, BLOCK))]
    first, second = (np.concatenate(side) for side in zip(*found, strict=True))
    keys = np.unique(np.minimum(first, second) * count + np.maximum(first, second))
    return keys // max(count, 1), keys % max(count, 1)


def rare(rows: sparse.csr_matrix) -> sparse.csr_matrix:
    """``rows`` without the columns that too many rows have."""
    often = np.bincount(rows.indices, minlength=rows.shape[1])
    kept = rows.copy()
    kept.data[often[kept.indices] > COMMON] = 0
    kept.eliminate_zeros()
    return kept


def _best(overlaps: sparse.csr_matrix, begin: int) -> tuple[Integers, Integers]:
    """The pairs of a block of rows above the floor, the ``MOST`` best of each row; ``begin`` is the first row."""
    owners = np.repeat(np.arange(overlaps.shape[0]), np.diff(overlaps.indptr))
    others, values = overlaps.indices.astype(np.int64), overlaps.data
    kept = (values >= FLOOR) & (others != owners + begin)
    owners, others, values = owners[kept], others[kept], values[kept]
    order = np.lexsort((others, -values, owners))
    owners, others = owners[order], others[order]
    starts = np.searchsorted(owners, np.arange(overlaps.shape[0]))
    near = np.arange(len(owners)) - starts[owners] < MOST
    return (owners[near] + begin).astype(np.int64), others[near]

"""The numbered features of a model, and rows of numbers made with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

Floats = npt.NDArray[np.float32]


class Vocabulary:
    """Feature keys in a fixed order with their inverse document frequency.

    A row holds the ``idf`` of each key that the opinion has, scaled to length one: an opinion of eighty words
    must not outweigh one of eight.
    """

    def __init__(self, keys: Sequence[str], idf: Floats) -> None:
        self.keys = list(keys)
        self.idf = idf
        self.index = {key: number for number, key in enumerate(self.keys)}

    def __len__(self) -> int:
        return len(self.keys)

    @classmethod
    def learn(cls, documents: Iterable[Sequence[str]], *, at_least: int, at_most: int) -> Vocabulary:
        """Keys that ``at_least`` documents have, the ``at_most`` commonest of them, in sorted order."""
        counts: Counter[str] = Counter()
        total = 0
        for keys in documents:
            counts.update(keys)
            total += 1
        kept = sorted(key for key, count in counts.most_common(at_most) if count >= at_least)
        frequency = np.array([counts[key] for key in kept], dtype=np.float32)
        return cls(kept, (np.log((1 + total) / (1 + frequency)) + 1).astype(np.float32))

    def rows(self, documents: Sequence[Iterable[str]]) -> sparse.csr_matrix:
        """A sparse matrix, one row a document, shape ``(documents, len(self))``, float32."""
        index = self.index
        columns: list[int] = []
        ends = [0]
        for keys in documents:
            columns += sorted([index[key] for key in keys if key in index])
            ends.append(len(columns))
        at = np.array(columns, dtype=np.int32)
        values = self.idf[at] if len(at) else np.zeros(0, dtype=np.float32)
        bounds = np.array(ends, dtype=np.int64)
        squares = np.concatenate(([0.0], np.cumsum(values.astype(np.float64) ** 2)))
        lengths = np.sqrt(squares[bounds[1:]] - squares[bounds[:-1]])
        lengths[lengths == 0] = 1.0
        values = (values / np.repeat(lengths, np.diff(bounds))).astype(np.float32)
        return sparse.csr_matrix((values, at, bounds), shape=(len(documents), len(self)))

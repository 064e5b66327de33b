"""The numbered features of a model, and rows of numbers made with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ydan.features.runs import Numbers, Runs

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
    def learn(
        cls, documents: Iterable[Sequence[str]], *, at_least: int, at_most: int, power: float = 1.0
    ) -> Vocabulary:
        """Keys that ``at_least`` documents have, the ``at_most`` commonest of them, in sorted order.

        ``power`` above one gives rare keys more weight than the textbook's logarithm does.
        """
        counts: Counter[str] = Counter()
        total = 0
        for keys in documents:
            counts.update(keys)
            total += 1
        kept = sorted(key for key, count in counts.most_common(at_most) if count >= at_least)
        frequency = np.array([counts[key] for key in kept], dtype=np.float32)
        return cls(kept, ((np.log((1 + total) / (1 + frequency)) + 1) ** power).astype(np.float32))

    def rows(self, documents: Sequence[Iterable[str]]) -> sparse.csr_matrix:
        """A sparse matrix, one row a document of keys, shape ``(documents, len(self))``, float32."""
        index = self.index
        found = [[index[key] for key in keys if key in index] for keys in documents]
        return self._matrix(*_flat(found), len(found))

    def rows_of(
        self, words: Sequence[Sequence[str]], others: Sequence[Sequence[str]]
    ) -> tuple[sparse.csr_matrix, npt.NDArray[np.float64]]:
        """The same rows from the syllables (``word_keys``) and the other keys, several times as fast.

        Beside them, for each document, the share of its syllables that the vocabulary knows.

        >>> vocabulary = Vocabulary(["sửa", "sửa đường", "^sua"], np.ones(3, dtype=np.float32))
        >>> rows, known_share = vocabulary.rows_of([["sửa", "đường"]], [["^sua"]])
        >>> rows.indices.tolist(), known_share.tolist()
        ([0, 1, 2], [0.5])
        """
        index = self.index
        owners, numbers, known_share = self._runs.find(words)
        more = _flat([[index[key] for key in keys if key in index] for keys in others])
        rows = self._matrix(np.concatenate((owners, more[0])), np.concatenate((numbers, more[1])), len(words))
        return rows, known_share

    @cached_property
    def _runs(self) -> Runs:
        return Runs(self.index)

    def _matrix(self, owners: Numbers, numbers: Numbers, count: int) -> sparse.csr_matrix:
        """``count`` rows of length one; row ``owners[i]`` has the feature ``numbers[i]``, in any order."""
        width = max(len(self), 1)
        cells = owners * width + numbers
        cells.sort()
        once = np.empty(len(cells), dtype=np.bool_)
        once[:1] = True
        np.not_equal(cells[1:], cells[:-1], out=once[1:])
        cells = cells[once]
        rows = cells // width
        columns = cells - rows * width
        values = self.idf[columns]
        bounds, squares = np.zeros(count + 1, dtype=np.int32), np.zeros(len(values) + 1)
        np.cumsum(np.bincount(rows, minlength=count), out=bounds[1:])
        np.cumsum(values.astype(np.float64) ** 2, out=squares[1:])
        borders = squares[bounds]
        lengths = np.sqrt(borders[1:] - borders[:-1])
        lengths[lengths == 0] = 1.0
        values = (values / lengths[rows]).astype(np.float32)
        # indexes that all are int32 already spare scipy a look through them
        return sparse.csr_matrix((values, columns.astype(np.int32), bounds), shape=(count, len(self)))


def _flat(found: Sequence[Sequence[int]]) -> tuple[Numbers, Numbers]:
    """Lists of numbers as two arrays in step: the list's place, the number."""
    owners = np.repeat(np.arange(len(found)), np.array([len(numbers) for numbers in found], dtype=np.int64))
    return owners, np.array(list(chain.from_iterable(found)), dtype=np.int64)

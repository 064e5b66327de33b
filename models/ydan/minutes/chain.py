"""A linear-chain conditional random field, decoded with NumPy; learned by ``ydan_training.minutes``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain, repeat

import numpy as np
import numpy.typing as npt
from scipy import sparse

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Observed:
    """What ``size`` positions show, without a string for each feature of each: long minutes have millions.

    ``columns`` give every position a value under a name (the feature ``name=value``); ``spans`` are features that hold
    from a position to another, half open.
    """

    size: int
    columns: dict[str, Sequence[str]]
    spans: Sequence[tuple[int, int, Sequence[str]]]

    def rows(self) -> list[list[str]]:
        """The same as a list of features for each position, as learning wants them.

        >>> Observed(2, {"w": ["đường", "lầy"]}, [(0, 1, ["first"])]).rows()
        [['w=đường', 'first'], ['w=lầy']]
        """
        names = list(self.columns)
        rows = [
            [f"{name}={value}" for name, value in zip(names, values, strict=True)]
            for values in zip(*self.columns.values(), strict=True)
        ] or [[] for _ in range(self.size)]
        for first, last, features in self.spans:
            for row in rows[first:last]:
                row += features
        return rows


@dataclass(frozen=True)
class Chain:
    """Weights of a chain: ``weights`` has shape ``(features, labels)``, ``moves`` ``(from label, to label)``."""

    labels: tuple[str, ...]
    features: dict[str, int]
    weights: Floats
    moves: Floats

    def scores(self, sequence: Sequence[Sequence[str]]) -> Floats:
        """What the features alone say, shape ``(positions, labels)``; unknown features say nothing."""
        known = self.features
        found = [[known[name] for name in position if name in known] for position in sequence]
        return self._sums(found)

    def observe(self, sequences: Sequence[Observed]) -> list[Floats]:
        """:meth:`scores` of many sequences at once, each of the shape ``(positions, labels)``."""
        if not sequences:
            return []
        sizes = [one.size for one in sequences]
        starts = [0, *accumulate(sizes)]
        result = np.zeros((starts[-1] + 1, len(self.labels)), dtype=np.float64)
        spans = [(start, span) for start, one in zip(starts, sequences, strict=False) for span in one.spans]
        known = self.features
        sums = self._sums([[known[name] for name in names if name in known] for _start, (_a, _b, names) in spans])
        firsts = _choose([start + first for start, (first, _last, _names) in spans], len(result))
        lasts = _choose([start + last for start, (_first, last, _names) in spans], len(result))
        result += (firsts - lasts) @ sums.astype(np.float64)
        result = result.cumsum(axis=0)[:-1]
        padded = np.vstack((self.weights, np.zeros_like(self.weights[:1])))
        for name in sequences[0].columns:
            table, nothing = self._tables.get(name, {}), repeat(-1)
            values = chain.from_iterable(one.columns[name] for one in sequences)
            result += padded[np.fromiter(map(table.get, values, nothing), np.int64, starts[-1])]
        return np.split(result.astype(np.float32), starts[1:-1])

    def decode(self, sequence: Sequence[Sequence[str]]) -> list[str]:
        """The likeliest labels of a sequence of feature lists.

        >>> chain = Chain(("B", "O"), {"a": 0}, np.array([[2, 0]], np.float32), np.zeros((2, 2), np.float32))
        >>> chain.decode([["a"], ["b", "a"], []])
        ['B', 'B', 'B']
        """
        return self.best([self.scores(sequence)])[0]

    def best(self, scores: Sequence[Floats]) -> list[list[str]]:
        """The likeliest labels of each sequence of scores (Viterbi); all step together, the longest to the end."""
        order = sorted(range(len(scores)), key=lambda at: -len(scores[at]))
        lengths = np.array([len(scores[at]) for at in order], dtype=np.int64)
        padded = np.zeros((len(order), int(lengths.max(initial=0)), len(self.labels)), dtype=np.float32)
        for place, at in enumerate(order):
            padded[place, : len(scores[at])] = scores[at]
        back = np.zeros(padded.shape, dtype=np.int8)
        best = padded[:, 0].copy() if padded.shape[1] else np.zeros((len(order), len(self.labels)), np.float32)
        for step in range(1, padded.shape[1]):
            going = int((lengths > step).sum())
            through = best[:going, :, None] + self.moves
            back[:going, step] = through.argmax(axis=1)
            best[:going] = through.max(axis=1) + padded[:going, step]
        path = np.zeros(padded.shape[:2], dtype=np.int8)
        label, row = best.argmax(axis=1), np.arange(len(order))
        for step in range(padded.shape[1] - 1, -1, -1):
            going = int((lengths > step).sum())
            path[:going, step] = label[:going]
            label[:going] = back[row[:going], step, label[:going]]
        result: list[list[str]] = [[] for _ in order]
        for place, (at, length) in enumerate(zip(order, lengths.tolist(), strict=True)):
            result[at] = [self.labels[number] for number in path[place, :length].tolist()]
        return result

    @cached_property
    def _tables(self) -> dict[str, dict[str, int]]:
        """The features ``name=value`` by name, then by value."""
        tables: dict[str, dict[str, int]] = {}
        for feature, number in self.features.items():
            name, equals, value = feature.partition("=")
            if equals:
                tables.setdefault(name, {})[value] = number
        return tables

    def _sums(self, found: Sequence[Sequence[int]]) -> Floats:
        """The sum of the weights of each list of features."""
        bounds = np.array([0, *accumulate(map(len, found))])
        numbers = np.fromiter(chain.from_iterable(found), np.int64, int(bounds[-1]))
        rows = sparse.csr_matrix(
            (np.ones(len(numbers), np.float32), numbers, bounds), shape=(len(found), len(self.features))
        )
        result: Floats = rows @ self.weights
        return result


def _choose(rows: Sequence[int], count: int) -> sparse.csr_matrix:
    """A matrix that adds the i-th line of another to the line ``rows[i]`` of ``count``."""
    ones = np.ones(len(rows))
    return sparse.csr_matrix((ones, (rows, np.arange(len(rows)))), shape=(count, len(rows)))

"""A linear-chain conditional random field, decoded with NumPy; learned by ``ydan_training.minutes``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Chain:
    """Weights of a chain: ``weights`` has shape ``(features, labels)``, ``moves`` ``(from label, to label)``."""

    labels: tuple[str, ...]
    features: dict[str, int]
    weights: Floats
    moves: Floats

    def scores(self, sequence: Sequence[Sequence[str]]) -> Floats:
        """What the features alone say, shape ``(positions, labels)``; unknown features say nothing."""
        rows: list[int] = []
        lengths = []
        known = self.features
        for position in sequence:
            found = [known[name] for name in position if name in known]
            lengths.append(len(found))
            rows += found
        result = np.zeros((len(sequence), len(self.labels)), dtype=np.float32)
        if rows:
            owners = np.repeat(np.arange(len(sequence)), lengths)
            np.add.at(result, owners, self.weights[rows])
        return result

    def decode(self, sequence: Sequence[Sequence[str]]) -> list[str]:
        """The likeliest labels of a sequence of feature lists (Viterbi).

        >>> chain = Chain(("B", "O"), {"a": 0}, np.array([[2, 0]], np.float32), np.zeros((2, 2), np.float32))
        >>> chain.decode([["a"], ["b", "a"], []])
        ['B', 'B', 'B']
        """
        if not sequence:
            return []
        scores = self.scores(sequence).tolist()
        into = self.moves.T.tolist()  # plain numbers: for three labels a loop is quicker than small arrays
        labels = range(len(self.labels))
        best, back = scores[0], []
        for score in scores[1:]:
            through = [[best[before] + moves[before] for before in labels] for moves in into]
            top = [max(row) for row in through]
            back.append([row.index(value) for row, value in zip(through, top, strict=True)])
            best = [value + own for value, own in zip(top, score, strict=True)]
        label = best.index(max(best))
        path = [label]
        for row in reversed(back):
            label = row[label]
            path.append(label)
        return [self.labels[label] for label in reversed(path)]

    def marginals(self, sequence: Sequence[Sequence[str]]) -> Floats:
        """The probability of each label at each position, shape ``(positions, labels)`` (forward-backward)."""
        scores = self.scores(sequence).astype(np.float64)
        forward, backward = np.zeros_like(scores), np.zeros_like(scores)
        if not len(scores):
            return scores.astype(np.float32)
        forward[0] = scores[0]
        for at in range(1, len(scores)):
            forward[at] = np.logaddexp.reduce(forward[at - 1][:, None] + self.moves, axis=0) + scores[at]
        for at in range(len(scores) - 2, -1, -1):
            backward[at] = np.logaddexp.reduce(self.moves + (scores[at + 1] + backward[at + 1])[None, :], axis=1)
        both = forward + backward
        result = np.exp(both - np.logaddexp.reduce(both, axis=1, keepdims=True))
        return result.astype(np.float32)

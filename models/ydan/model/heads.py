"""Linear heads over one vocabulary: topic, matter, type, level and each escalation code from one product."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ydan.features import Vocabulary
from ydan.model.links import sigmoid, softmax

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Head:
    """One question put to the text.

    ``kind`` is ``one`` (exactly one of the labels, softmax) or ``any`` (each by itself, sigmoid). ``slope`` and
    ``shift`` per label calibrate the raw scores: probability = link(slope · score + shift).
    """

    name: str
    kind: str
    labels: tuple[str, ...]
    slope: tuple[float, ...]
    shift: tuple[float, ...]


class LinearHeads:
    """All heads' weights side by side, shape ``(features, labels)``: one sparse product answers every question."""

    def __init__(self, vocabulary: Vocabulary, weights: Floats, bias: Floats, heads: Sequence[Head]) -> None:
        self.vocabulary = vocabulary
        self.weights = np.ascontiguousarray(weights, dtype=np.float32)
        self.bias = bias.astype(np.float32)
        self.heads = {head.name: head for head in heads}
        self.columns: dict[str, slice] = {}
        begin = 0
        for head in heads:
            self.columns[head.name] = slice(begin, begin + len(head.labels))
            begin += len(head.labels)
        self._slope = np.array([slope for head in heads for slope in head.slope], dtype=np.float32)
        self._shift = np.array([shift for head in heads for shift in head.shift], dtype=np.float32)
        if begin != self.weights.shape[1]:
            raise ValueError(f"{begin} labels in the heads, {self.weights.shape[1]} columns in the weights.")

    def only(self, name: str) -> LinearHeads:
        """One head alone over the same vocabulary: a caller who asks no other question spares the rest of the product.

        :raises KeyError: there is no such head.
        """
        columns = self.columns[name]
        return LinearHeads(self.vocabulary, self.weights[:, columns], self.bias[columns], [self.heads[name]])

    def scores(self, rows: sparse.csr_matrix) -> Floats:
        """Raw scores, shape ``(rows, labels of all heads)``."""
        result: Floats = rows @ self.weights + self.bias
        return result

    def probabilities(self, scores: Floats) -> dict[str, Floats]:
        """Calibrated probabilities of each head, shape ``(rows, labels)``."""
        shaped = scores * self._slope + self._shift
        return {name: _link(head.kind, shaped[:, self.columns[name]]) for name, head in self.heads.items()}

    def contributions(self, rows: sparse.csr_matrix, row: int, head: str, label: int) -> tuple[Integers, Floats]:
        """Feature numbers of one row and what each adds to the score of one label."""
        begin, end = rows.indptr[row], rows.indptr[row + 1]
        features = rows.indices[begin:end]
        column = self.columns[head].start + label
        return features, rows.data[begin:end] * self.weights[:, column][features]

    def shares(self, rows: sparse.csr_matrix, head: str, labels: npt.NDArray[np.int64]) -> Floats:
        """What each feature of each row adds to the score of that row's label, in step with ``rows.data``."""
        columns = np.repeat(self.columns[head].start + labels, np.diff(rows.indptr))
        result: Floats = rows.data * self.weights[rows.indices, columns]
        return result


def link(head: Head, scores: Floats) -> Floats:
    """Probabilities from the raw scores of one head."""
    shaped = scores * np.asarray(head.slope, dtype=np.float32) + np.asarray(head.shift, dtype=np.float32)
    return _link(head.kind, shaped)


def _link(kind: str, shaped: Floats) -> Floats:
    return sigmoid(shaped) if kind == "any" else softmax(shaped)

"""A small logistic layer over named inputs: how the model's words and the table's answer are weighed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ydan.model.links import sigmoid, softmax

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Layer:
    """Weights of shape ``(inputs, labels)`` and a bias per label; one label means a yes-or-no answer."""

    inputs: tuple[str, ...]
    labels: tuple[str, ...]
    weights: Floats
    bias: Floats

    def scores(self, values: Floats) -> Floats:
        """Raw scores, shape ``(rows, labels)``, of inputs of shape ``(rows, inputs)``."""
        if values.shape[1] != len(self.inputs):
            raise ValueError(f"{values.shape[1]} inputs given, the layer was trained on {len(self.inputs)}.")
        result: Floats = values @ self.weights + self.bias
        return result

    def probabilities(self, values: Floats, allowed: npt.NDArray[np.bool_] | None = None) -> Floats:
        """Softmax over the labels (sigmoid when there is one); labels not ``allowed`` get probability nought."""
        scores = self.scores(values)
        if scores.shape[1] == 1:
            return sigmoid(scores)
        if allowed is not None:
            scores = np.where(allowed, scores, np.float32(-1e9))
        return softmax(scores)

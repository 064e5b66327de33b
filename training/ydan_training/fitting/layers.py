"""The two small layers: level from words and table, "goes up" from level and codes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from ydan.model.layer import Layer

Floats = npt.NDArray[np.float32]


def fit_layer(
    values: Floats, answers: npt.NDArray[np.int64], inputs: Sequence[str], labels: Sequence[str], strength: float
) -> Layer:
    """A logistic layer on ``values`` of shape ``(rows, inputs)``; the scaling of the inputs is folded into it.

    ``answers`` are label numbers; with a single label they are 0 or 1.
    """
    scaler = StandardScaler().fit(values)
    model = LogisticRegression(C=strength, max_iter=3000).fit(scaler.transform(values), answers)
    scale = np.where(scaler.scale_ == 0, 1.0, scaler.scale_)
    weights = (model.coef_ / scale).T
    bias = model.intercept_ - scaler.mean_ @ weights
    if len(labels) > 1:
        if len(model.classes_) == 2:  # scikit-learn then gives one column: the second class against the first
            weights, bias = np.hstack([np.zeros_like(weights), weights]), np.array([0.0, bias[0]])
        full = np.zeros((len(inputs), len(labels)))
        full_bias = np.full(len(labels), -20.0)
        full[:, model.classes_] = weights
        full_bias[model.classes_] = bias
        weights, bias = full, full_bias
    return Layer(tuple(inputs), tuple(labels), weights.astype(np.float32), bias.astype(np.float32))

"""One linear model a head, and its scores on opinions that it has not seen."""

from __future__ import annotations

import warnings

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.svm import LinearSVC

from ydan_training.fitting.targets import Target

Floats = npt.NDArray[np.float32]


def fit_head(
    rows: sparse.csr_matrix, target: Target, strength: float, seed: int, weight: npt.NDArray[np.float64] | None = None
) -> tuple[Floats, Floats]:
    """Weights ``(features, labels)`` and bias of one-against-rest linear models for every label of the head.

    A label that no row has gets a constant, low score. ``strength`` is scikit-learn's ``C``, ``weight`` how much each
    row counts.
    """
    count = len(target.labels)
    weights = np.zeros((rows.shape[1], count), dtype=np.float32)
    bias = np.full(count, -1.5, dtype=np.float32)
    for label in range(count):
        wanted = target.answers[:, label] if target.kind == "any" else (target.answers == label).astype(np.int64)
        positives = int(wanted.sum())
        if positives < 2 or positives == len(wanted):
            continue
        balance = min(8.0, (len(wanted) / (2.0 * positives)) ** 0.5)
        model = LinearSVC(C=strength, class_weight={0: 1.0, 1: max(1.0, balance)}, random_state=seed, max_iter=3000)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            model.fit(rows, wanted, sample_weight=weight)
        weights[:, label] = model.coef_[0]
        bias[label] = model.intercept_[0]
    return weights, bias

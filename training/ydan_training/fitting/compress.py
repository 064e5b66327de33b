"""The heads' weights as a product of two thin matrices."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from sklearn.utils.extmath import randomized_svd

Floats = npt.NDArray[np.float32]


def factored(weights: Floats, idf: Floats, rank: int, seed: int) -> tuple[Floats, Floats]:
    """``left @ right`` close to ``weights``, of rank ``rank`` (the weights themselves and the identity for 0).

    Columns are first brought to one scale, so that a head with small weights is kept as well as one with large.
    """
    if rank <= 0 or rank >= min(weights.shape):
        return weights, np.eye(weights.shape[1], dtype=np.float32)
    scale = np.sqrt((weights**2).sum(axis=0)) + 1e-6
    left, values, right = randomized_svd(weights / scale, n_components=rank, n_iter=6, random_state=seed)
    return (left * values).astype(np.float32), (right * scale).astype(np.float32)

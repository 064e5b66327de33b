"""From scores to probabilities."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
_MOST = 30.0  # beyond it exp() says nothing new and may overflow


def sigmoid(scores: Floats) -> Floats:
    """Each score by itself, any shape.

    >>> float(sigmoid(np.zeros(1, dtype=np.float32))[0])
    0.5
    """
    kept = np.minimum(np.maximum(scores, -_MOST), _MOST)
    result: Floats = (1.0 / (1.0 + np.exp(-kept))).astype(np.float32, copy=False)
    return result


def softmax(scores: Floats) -> Floats:
    """Rows that sum to one, shape ``(rows, labels)``."""
    risen = scores - np.maximum.reduce(scores, axis=1, keepdims=True)
    np.exp(risen, out=risen)
    risen /= np.add.reduce(risen, axis=1, keepdims=True)
    result: Floats = risen.astype(np.float32, copy=False)
    return result

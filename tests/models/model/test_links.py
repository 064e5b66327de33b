"""From scores to probabilities."""

from __future__ import annotations

import numpy as np

from ydan.model.links import sigmoid, softmax


def test_softmax_rows_sum_to_one_however_large_the_scores() -> None:
    """No overflow at a thousand."""
    rows = softmax(np.array([[1000.0, 0.0], [-1000.0, -1000.0]], dtype=np.float32))
    assert np.allclose(rows.sum(axis=1), 1.0)
    assert np.allclose(rows[1], 0.5)


def test_sigmoid_stays_between_nought_and_one() -> None:
    """No overflow either."""
    values = sigmoid(np.array([-1e6, 0.0, 1e6], dtype=np.float32))
    assert values[0] < 1e-9
    assert values[1] == 0.5
    assert values[2] > 0.999

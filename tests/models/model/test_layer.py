"""The small layers that weigh words against the table."""

from __future__ import annotations

import numpy as np
import pytest

from ydan.model import Layer


def layer(labels: tuple[str, ...]) -> Layer:
    weights = np.ones((2, len(labels)), dtype=np.float32) * np.arange(1, len(labels) + 1, dtype=np.float32)
    return Layer(("x", "y"), labels, weights, np.zeros(len(labels), dtype=np.float32))


def test_a_label_that_is_not_allowed_gets_nothing() -> None:
    """A district after 2025-06-30 is never answered, however the words read."""
    allowed = np.array([[True, False, True]])
    found = layer(("a", "b", "c")).probabilities(np.ones((1, 2), dtype=np.float32), allowed)
    assert found[0, 1] == 0
    assert found.sum() == pytest.approx(1.0)


def test_one_label_is_a_yes_or_no_answer() -> None:
    """Sigmoid, shape (rows, 1)."""
    found = layer(("up",)).probabilities(np.zeros((3, 2), dtype=np.float32))
    assert found.shape == (3, 1)
    assert np.allclose(found, 0.5)


def test_inputs_of_another_number_are_refused() -> None:
    """A layer fed with the wrong columns would answer nonsense."""
    with pytest.raises(ValueError, match="trained on 2"):
        layer(("a", "b")).probabilities(np.zeros((1, 3), dtype=np.float32))

"""Linear heads over one vocabulary."""

from __future__ import annotations

import numpy as np
import pytest

from ydan.features import Vocabulary
from ydan.model import Head, LinearHeads

VOCABULARY = Vocabulary.learn([["a", "b"], ["a", "c"]], at_least=1, at_most=9)
TOPIC = Head("topic", "one", ("x", "y"), (1.0, 1.0), (0.0, 0.0))
CODE = Head("code", "any", ("danger",), (2.0,), (-1.0,))


def heads() -> LinearHeads:
    weights = np.array([[0.0, 0.0, 0.0], [3.0, 0.0, 1.0], [0.0, 3.0, 0.0]], dtype=np.float32)
    return LinearHeads(VOCABULARY, weights, np.zeros(3, dtype=np.float32), [TOPIC, CODE])


def test_each_head_has_its_own_columns() -> None:
    """Topic two, code one."""
    found = heads().probabilities(heads().scores(VOCABULARY.rows([["b"], ["c"]])))
    assert found["topic"].argmax(axis=1).tolist() == [0, 1]
    assert found["code"].shape == (2, 1)
    assert found["code"][0, 0] > found["code"][1, 0]


def test_contributions_sum_to_the_score() -> None:
    """The evidence shown adds up to what decided."""
    rows = VOCABULARY.rows([["a", "b"]])
    features, shares = heads().contributions(rows, 0, "topic", 0)
    assert len(features) == 2
    assert shares.sum() == pytest.approx(float(heads().scores(rows)[0, 0]), abs=1e-6)


def test_columns_that_do_not_fit_the_heads_are_refused() -> None:
    """A bundle put together wrongly must not load."""
    with pytest.raises(ValueError, match="columns"):
        LinearHeads(VOCABULARY, np.zeros((3, 9), dtype=np.float32), np.zeros(9, dtype=np.float32), [TOPIC])

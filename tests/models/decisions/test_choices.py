"""The likeliest labels of a batch, row by row."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from ydan.assessment import Choice
from ydan.competence import load_competence
from ydan.decisions.choices import Labels, Matters
from ydan.model.signals import NO_MATTER
from ydan.opinion import Session
from ydan.taxonomy import load_taxonomy

SESSION = Session(date(2026, 3, 1))
ROAD = Choice("transport_roads", "Giao thông", 0.9)


def test_each_row_has_its_labels_in_falling_order() -> None:
    """And no more of them than are asked for."""
    rows = np.array([[0.1, 0.6, 0.3], [0.5, 0.2, 0.3]], dtype=np.float32)
    found = Labels(("a", "b", "c"), ("A", "B", "C")).likeliest(rows, 2)
    assert [[choice.id for choice in row] for row in found] == [["b", "c"], ["a", "c"]]
    assert found[0][0] == Choice("b", "B", 0.6)


def test_rounding_together_is_rounding_one_by_one() -> None:
    """Also where the fifth digit is a five."""
    values = np.concatenate([np.random.default_rng(7).random(20_000), np.arange(20_001) / 20_000]).astype(np.float32)
    choices = Labels(("a",), ("A",)).at(np.zeros(len(values), dtype=np.int64), values)
    assert [choice.confidence for choice in choices] == [round(float(value), 4) for value in values]


@pytest.mark.parametrize(
    ("label", "probability", "shown"),
    [
        ("village_road", 0.31, True),
        ("village_road", 0.29, False),
        ("power_fault", 0.49, False),
        ("power_fault", 0.51, True),
        (NO_MATTER, 0.99, False),
    ],
)
def test_a_matter_is_shown_when_it_is_likely_enough(label: str, probability: float, shown: bool) -> None:
    """One that belongs to another topic than the opinion's must be as likely as not."""
    matters = Matters(load_taxonomy(), load_competence(), (label,), 0.3)
    matter, ruling = matters.decide(np.array([[probability]], dtype=np.float32), [ROAD], [SESSION])[0]
    assert (matter is not None, ruling is not None) == (shown, shown)

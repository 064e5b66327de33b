"""A fit learns, repeats itself to the letter, and calibrates on what it had not seen."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.training.tiny import tiny_config, tiny_rows
from ydan.model import load_bundle
from ydan.opinion import Opinion, Session
from ydan.predictor import Predictor
from ydan_training.fitting.model import fit


def test_the_same_rows_and_seed_give_the_same_bundle(tiny_bundle: Path) -> None:
    """Randomness is passed in."""
    again = fit(tiny_rows(), tiny_config(), lambda _: None)
    first = load_bundle(tiny_bundle)
    assert again.heads.vocabulary.keys == first.heads.vocabulary.keys
    assert np.allclose(again.heads.weights, first.heads.weights, atol=0.02)
    assert again.thresholds == first.thresholds


def test_it_learns_what_it_was_told(tiny_bundle: Path) -> None:
    """New wording, known words."""
    from datetime import date

    predictor = Predictor.load(tiny_bundle)
    found = predictor.assess(Opinion("1", "Tối nào cũng sụt áp, điện yếu lắm", Session(date(2026, 3, 1))))
    assert found.topic.id == "power_telecom"


def test_the_limits_are_all_there(tiny_bundle: Path) -> None:
    """One a code, one for the whole, one a head for review."""
    limits = load_bundle(tiny_bundle).thresholds
    assert len(limits["codes"]) == 11
    assert set(limits["review"]) >= {"topic", "type", "level", "known_share"}
    assert all(0 <= value <= 1 for value in limits["codes"].values())

"""The shipped weights."""

from __future__ import annotations

import pytest

from ydan.alike.pairs import FEATURES
from ydan.alike.weigh import load_grades, read_grades
from ydan.errors import BundleError


def test_the_shipped_weights_fit_the_features() -> None:
    grades = load_grades()
    assert all(len(grade.weights) == len(FEATURES) and 0 < grade.threshold < 1 for grade in grades.values())


def test_weights_for_other_features_are_refused() -> None:
    with pytest.raises(BundleError, match=r"ydan_training\.alike fit"):
        read_grades({"features": ["overlap"]})

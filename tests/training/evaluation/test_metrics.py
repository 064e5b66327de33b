"""Each figure, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from ydan_training.evaluation import metrics


def test_macro_f1_is_the_mean_over_the_classes_that_were_wanted() -> None:
    """A class that was only said counts through the precision of the others."""
    assert metrics.macro_f1(["a", "a", "b"], ["a", "b", "b"]) == pytest.approx(2 / 3)
    assert metrics.macro_f1(["a", "b"], ["a", "c"]) == pytest.approx(0.5)


def test_precision_recall_and_support_of_a_class() -> None:
    """Two of three found, one false alarm."""
    row = metrics.per_class(["a", "a", "a", "b"], ["a", "a", "b", "a"])["a"]
    assert (row["precision"], row["recall"], row["support"]) == (pytest.approx(2 / 3), pytest.approx(2 / 3), 3)


def test_confidence_that_comes_true_has_no_calibration_error() -> None:
    """Ten times 0.75 with three in four right is exact; sure and wrong is one."""
    assert metrics.calibration_error([0.75] * 4, [True, True, True, False]) == pytest.approx(0.0)
    assert metrics.calibration_error([1.0, 1.0], [False, False]) == pytest.approx(1.0)


def test_coverage_counts_from_the_most_confident_down() -> None:
    """The two surest are right, the third is not."""
    assert metrics.coverage_at([0.9, 0.8, 0.7, 0.6], [True, True, False, False]) == 0.5
    assert metrics.coverage_at([0.9], [False]) == 0.0


def test_flags_of_nothing_wanted_and_nothing_said_are_perfect() -> None:
    """No escalation in the set, none given."""
    assert metrics.flags([False], [False]) == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "support": 0}


def test_the_interval_holds_the_figure_and_repeats_with_its_seed() -> None:
    """Bootstrap with a seed passed in."""
    values = np.arange(100)
    first = metrics.interval(100, lambda at: float(values[at].mean()), seed=3)
    assert first[0] < 49.5 < first[1]
    assert first == metrics.interval(100, lambda at: float(values[at].mean()), seed=3)
    assert first != metrics.interval(100, lambda at: float(values[at].mean()), seed=4)


def test_confusions_are_sorted_by_how_often() -> None:
    """The commonest first."""
    assert metrics.confusions("aab", "bbc")[0] == ("a", "b", 2)

"""Counts corrected for the model's known error."""

from __future__ import annotations

from random import Random

import pytest

from ydan.measured import Confusion, load_measured
from ydan_service.office.leading.correcting import Corrector
from ydan_service.office.leading.estimating import estimate, without

TABLE = Confusion(("road", "drain"), ((80, 20), (5, 95)))


def test_a_bias_is_undone_and_people_count_exactly() -> None:
    """A fifth of the roads is called drains: of 160 roads among 200 the model says 130."""
    found = estimate(TABLE, {"road": (130 + 40, 130), "drain": (70 + 3, 70)})
    assert found["road"].middle == pytest.approx(40 + 160, abs=14)
    assert found["road"].low < 200 < found["road"].high
    assert found["road"].middle + found["drain"].middle == pytest.approx(243)
    assert found["drain"].low >= 3


def test_nothing_is_corrected_where_all_was_reviewed_or_nothing_is_known() -> None:
    """Then the count is the count."""
    assert estimate(TABLE, {"road": (5, 0), "drain": (2, 0)}) == {}
    assert estimate(None, {"road": (5, 5)}) == {}


def test_a_label_may_be_left_out() -> None:
    """In truth and in answers; one that is not there changes nothing."""
    assert without(TABLE, "drain") == Confusion(("road",), ((80,),))
    assert without(TABLE, "school") is TABLE
    assert without(None, "road") is None


def test_the_interval_holds_the_truth_nineteen_times_of_twenty() -> None:
    """With the shipped table: a truth is drawn, the model's answers from the table's rows, then corrected."""
    measured = load_measured()
    assert measured is not None, "run `ydan-train measured`"
    table = measured.confusions["topic"]
    corrector, dice = Corrector.of(table), Random(5)
    size, held, all_ = len(table.labels), 0, 0
    for _round in range(12):
        weights = [dice.random() ** 2 for _ in range(size)]
        truth = dice.choices(range(size), weights, k=120)
        said = [dice.choices(range(size), table.counts[true])[0] for true in truth]
        answers = [said.count(at) for at in range(size)]
        for at, found in enumerate(corrector.correct(answers, [0] * size)):
            _middle, low, high = found.shown
            held += low <= truth.count(at) <= high
            all_ += 1
    assert held / all_ > 0.93


def test_the_same_counts_always_give_the_same_answer() -> None:
    """A leader who opens the page twice sees one number."""
    parts: dict[str | None, tuple[int, int]] = {"road": (30, 20), "drain": (10, 10)}
    first = estimate(TABLE, parts)
    assert estimate(TABLE, parts) == first

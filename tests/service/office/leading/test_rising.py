"""Which topics are raised more than before, beyond chance."""

from __future__ import annotations

from random import Random

import pytest

from ydan_service.office.leading.rising import FEWEST, compare, spread


def test_a_threefold_rise_of_many_is_marked_and_of_few_is_not() -> None:
    """Three opinions instead of one tell nothing."""
    found = compare({"road": 30, "school": 3}, {"road": 10, "school": 1}, (1, 1), 1.0)
    assert found["road"].rising
    assert found["road"].low > 1
    assert not found["school"].rising


def test_a_rate_is_for_each_session() -> None:
    """Twice as many in twice as many sessions is no rise."""
    found = compare({"road": 40}, {"road": 20}, (2, 1), 1.0)
    assert found["road"].ratio == pytest.approx(1.0)
    assert not found["road"].rising


def test_a_topic_that_is_new_is_marked_once_there_are_enough() -> None:
    """Its ratio has no end."""
    found = compare({"dyke": 12, "x": FEWEST - 1}, {"road": 20}, (2, 4), 1.0)
    assert found["dyke"].rising
    assert found["dyke"].ratio == float("inf")
    assert not found["x"].rising


def test_without_sessions_before_or_now_nothing_is_said() -> None:
    """No ratio to nothing."""
    assert compare({"road": 5}, {}, (1, 0), 1.0) == {}


def test_clumps_make_the_test_careful() -> None:
    """A village that comes with one matter is no trend: sessions that differ much need a larger rise."""
    even = spread({"road": (20.0, 102.0)}, 4)
    clumped = spread({"road": (20.0, 20.0 * 20)}, 4)
    assert even == 1.0
    assert clumped > 5
    assert compare({"road": 20}, {"road": 6}, (1, 1), even)["road"].rising
    assert not compare({"road": 20}, {"road": 6}, (1, 1), clumped)["road"].rising


def test_chance_alone_marks_any_of_twenty_topics_seldom() -> None:
    """Holm's step: at most one page of twenty, though each looks at twenty topics."""
    dice = Random(3)
    pages = 0
    for _page in range(300):
        now, before = ({str(t): sum(dice.random() < 0.3 for _ in range(40)) for t in range(20)} for _ in range(2))
        pages += any(one.rising for one in compare(now, before, (4, 4), 1.0).values())
    assert pages <= 300 * 0.05

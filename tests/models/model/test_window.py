"""The last opinions that a running model answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ydan.model.drift import Profile
from ydan.model.window import Window

DAY = datetime(2026, 3, 1, tzinfo=UTC)


def some(count: int, topic: str = "other") -> Profile:
    made = Profile(opinions=count)
    made.counts["topic"][topic] = count
    return made


def test_what_was_added_is_seen() -> None:
    """All of it, and since when."""
    window = Window()
    window.add(some(3), DAY)
    window.add(some(4), DAY + timedelta(hours=1))
    profile, since = window.seen(DAY + timedelta(hours=2))
    assert (profile.opinions, profile.counts["topic"]["other"], since) == (7, 7, DAY)


def test_the_oldest_go_first() -> None:
    """When there are newer ones enough."""
    window = Window(chunk=10, most=30)
    for number in range(10):
        window.add(some(10, f"t{number}"), DAY + timedelta(minutes=number))
    profile, since = window.seen(DAY + timedelta(hours=1))
    assert profile.opinions == 30
    assert sorted(+profile.counts["topic"]) == ["t7", "t8", "t9"]
    assert since == DAY + timedelta(minutes=7)


def test_one_large_batch_stays() -> None:
    """More at once than the window holds."""
    window = Window(chunk=10, most=30)
    window.add(some(100), DAY)
    assert window.seen(DAY).profile.opinions == 100


def test_what_is_older_than_a_month_goes() -> None:
    """A small office's winter says nothing of its summer."""
    window = Window()
    window.add(some(3), DAY)
    assert window.seen(DAY + timedelta(days=31)) == (Profile(), None)


def test_another_model_begins_anew() -> None:
    """Its labels are its own."""
    window = Window()
    window.add(some(3), DAY)
    window.clear()
    assert window.seen(DAY).profile.opinions == 0


def test_what_was_seen_is_a_copy() -> None:
    """Nobody changes the window through it."""
    window = Window()
    window.add(some(3), DAY)
    window.seen(DAY).profile.merge(some(5))
    assert window.seen(DAY).profile.opinions == 3

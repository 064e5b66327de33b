"""Small things that a served process does every second."""

from __future__ import annotations

import threading
import time

import pytest

from ydan_service.ticker import Ticker


class Times:
    """Counts, and says when it was often enough."""

    def __init__(self, enough: int) -> None:
        self.count, self.enough = 0, enough

    def add(self, done: threading.Event) -> None:
        self.count += 1
        if self.count > self.enough:
            done.set()


def fail() -> None:
    raise RuntimeError


def test_everything_is_done_again_and_again() -> None:
    """Until it is stopped."""
    ticker, done, times = Ticker(0.01), threading.Event(), Times(3)
    ticker.work.append(lambda: times.add(done))
    ticker.start()
    assert done.wait(10)
    ticker.stop()
    count = times.count
    time.sleep(0.05)
    assert times.count == count


def test_an_error_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """Neither the others nor the next time."""
    ticker, done, times = Ticker(0.01), threading.Event(), Times(2)
    ticker.work += [fail, lambda: times.add(done)]
    ticker.start()
    assert done.wait(10)
    ticker.stop()
    assert "goes on" in caplog.text


def test_one_that_never_began_can_be_stopped() -> None:
    """A start that failed."""
    Ticker().stop()

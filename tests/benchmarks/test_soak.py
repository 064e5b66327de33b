"""The mixed load: what grows, fails or is lost is said; and two minutes of the real thing."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import soak
from benchmarks.soak import Asked, Log


def a_log(last: float = 101.0, status: int = 200) -> Log:
    log = Log()
    log.memory = [(float(at), 50.0 if at < 30 else 100.0 if at < 90 else last) for at in range(101)]
    log.asked = {"POST /v1/classify": [Asked(float(at), 0.01, 200 if at else status) for at in range(100)]}
    return log


def test_memory_counts_after_the_warm_up() -> None:
    """What is loaded in the beginning is no leak."""
    assert soak.growth(a_log().memory) == (100.0, 101.0)


@pytest.mark.parametrize(
    ("log", "kept"),
    [(a_log(), True), (a_log(last=106.0), False), (a_log(status=503), False), (a_log(status=500), False)],
)
def test_what_grows_or_fails_is_missed(log: Log, kept: bool) -> None:
    """And the answers that failed are counted by status."""
    shown, held = soak.report(log)
    assert held is kept
    assert ("1 × 50" in shown) is (log.asked["POST /v1/classify"][0].status >= 500)


@pytest.mark.heavy
def test_two_minutes_of_everything(tmp_path: Path) -> None:
    """No error, no growth, nothing lost."""
    assert soak.main(["--minutes", "2", "--output", str(tmp_path / "page.md")]) == 0

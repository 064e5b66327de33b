"""The endpoint against the bare web: what is missed is said and fails; and a quick run of the real thing."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import endpoint
from benchmarks.endpoint import Batches, Limits, Row, Side, Workers

ECHO, OURS = Side(2000, 0.008, 0.012, 0.0004), Side(1400, 0.011, 0.02, 0.0006)


@pytest.mark.parametrize(
    ("ours", "batches", "kept"),
    [
        (OURS, Batches(4000, 4500, 4000, 4500), True),
        (OURS._replace(per_second=1100), Batches(4000, 4500, 4000, 4500), False),
        (OURS._replace(p99=0.05), Batches(4000, 4500, 4000, 4500), False),
        (OURS, Batches(3000, 4500, 3000, 4500), False),
    ],
)
def test_every_limit_counts(ours: Side, batches: Batches, kept: bool) -> None:
    """Requests a second, the slowest answers, batches."""
    shown, held = endpoint.report([Row(16, ECHO, ours)], batches, None, Limits())
    assert held is kept
    assert ("**missed**" in shown) is not kept


def test_one_connection_is_shown_and_limits_nothing() -> None:
    """A client that waits for each answer sees the assessment's own time."""
    _shown, held = endpoint.report(
        [Row(1, ECHO, OURS._replace(per_second=500))], Batches(4000, 4500, 1, 1), None, Limits()
    )
    assert held


def test_processes_are_compared_by_the_clock_where_there_are_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else by what they cost, since the load generator takes a core of its own."""
    workers = Workers(2, 1000, 1200, 1500, 1450)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert "1.93 ×" in endpoint.report([], Batches(1, 1, 1, 1), workers, Limits())[0]
    monkeypatch.setattr("os.cpu_count", lambda: 8)
    assert "1.20 ×" in endpoint.report([], Batches(1, 1, 1, 1), workers, Limits())[0]


@pytest.mark.heavy
def test_a_quick_run_keeps_looser_limits(tmp_path: Path) -> None:
    """Real servers, a real load."""
    assert endpoint.main(["--quick", "--output", str(tmp_path / "page.md")]) == 0
    assert "| 64 |" in (tmp_path / "page.md").read_text(encoding="utf-8")
    assert (tmp_path / "endpoint.json").exists()

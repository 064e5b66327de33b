"""What a peer's own process does around the peer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.candidates import CANDIDATES, OURS, PLAIN, find_candidate
from benchmarks.worker import read_rows, repeated, resident, timed


def test_a_sample_is_taken_evenly(tmp_path: Path) -> None:
    """The corpus is sorted by author; its head alone would be one author."""
    file = tmp_path / "a.jsonl"
    file.write_text("".join(json.dumps({"text": str(n), "topic": "x"}) + "\n" for n in range(10)), encoding="utf-8")
    assert [row["text"] for row in read_rows(file, 4)] == ["0", "2", "5", "7"]
    assert len(read_rows(file, 99)) == len(read_rows(file)) == 10


@pytest.mark.parametrize(("size", "at_least", "found"), [(3, 7, 9), (3, 3, 3), (5, 1, 5)])
def test_a_short_split_is_repeated(size: int, at_least: int, found: int) -> None:
    """Whole repetitions, so that the mix of opinions stays."""
    assert len(repeated([{"text": "a"}] * size, at_least)) == found


def test_the_peak_is_not_below_the_present() -> None:
    """Megabytes, from the kernel."""
    if not Path("/proc/self/status").exists():
        pytest.skip("memory is measured on Linux")
    assert resident("VmHWM") >= resident("VmRSS") * 0.99 > 1


def test_time_does_not_run_backwards() -> None:
    """Seconds."""
    assert timed(lambda: None) >= 0


def test_an_unknown_peer_is_answered_with_the_list() -> None:
    """The error names the choices."""
    with pytest.raises(ValueError, match=f"{OURS}.*{PLAIN}"):
        find_candidate("bert")


def test_each_peer_has_its_own_id() -> None:
    """Results are kept by it."""
    assert len({candidate.id for candidate in CANDIDATES}) == len(CANDIDATES)

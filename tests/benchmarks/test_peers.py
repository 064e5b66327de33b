"""The comparison from end to end, on a sample."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.candidates import CANDIDATES
from benchmarks.peers import main, score


def test_a_score_lies_in_its_interval() -> None:
    """The point is the metric of our own evaluation."""
    found = score(["a", "b"] * 20, ["a", "b"] * 15 + ["a", "a"] * 5)
    assert found.low <= found.f1 <= found.high


@pytest.mark.heavy
def test_every_peer_is_trained_and_measured(tmp_path: Path, root: Path) -> None:
    """One command; the page, the numbers, every peer with plausible figures."""
    for package in ("fasttext", "underthesea", "sklearn"):
        pytest.importorskip(package)
    page = tmp_path / "README.md"
    more = root / "data" / "opinions" / "validation.jsonl"
    assert main(["--sample", "300", "--data", str(more), "--output", str(page)]) == 0
    numbers = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert [peer["id"] for peer in numbers["peers"]] == [candidate.id for candidate in CANDIDATES]
    assert [one["name"] for one in numbers["sets"]] == ["test", "validation"]
    for peer in numbers["peers"]:
        assert all(0 < one["f1"] <= 1 for one in peer["scores"])
        assert min(peer["single_per_second"], peer["batch_per_second"], peer["size_mb"], peer["memory_mb"]) > 0
    text = page.read_text(encoding="utf-8")
    assert all(candidate.title in text for candidate in CANDIDATES)
    assert "A rehearsal" in text

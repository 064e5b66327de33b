"""Cohen's kappa and its table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ydan_training.corpus.agreement import agreement_table, cohen_kappa
from ydan_training.corpus.record import CorpusError

LABELS = {"topic": "other", "matter": None, "type": "other", "level": "unclear", "codes": [], "escalate": False}
LABELS |= {"transfer": False}


@pytest.mark.parametrize(
    ("first", "second", "kappa"),
    [("ab", "ab", 1.0), ("aa", "aa", 1.0), ("ab", "ba", -1.0), ("aabb", "aaba", 0.5), ("aabb", "abab", 0.0)],
)
def test_kappa_is_agreement_beyond_chance(first: str, second: str, kappa: float) -> None:
    """Cohen 1960, worked by hand."""
    assert cohen_kappa(first, second) == kappa


def test_lists_of_different_lengths_are_refused() -> None:
    """A shifted list would give a kappa of nothing."""
    with pytest.raises(ValueError, match="same"):
        cohen_kappa("ab", "a")


def test_the_table_tells_how_many_were_changed(tmp_path: Path) -> None:
    """One of two readings was settled against the author."""
    other = LABELS | {"topic": "justice"}
    file = tmp_path / "read.jsonl"
    rows = [
        {"id": "1", "first": LABELS, "second": LABELS, "settled": LABELS},
        {"id": "2", "first": LABELS, "second": other, "settled": other},
    ]
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    table = agreement_table(file)
    assert table.startswith("2 opinions read blind. After settling, 1 of them")
    assert "| **topic** | 2 | 0.500 | 0.00 |" in table


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    """With what to put there."""
    (tmp_path / "none.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(CorpusError, match="settled"):
        agreement_table(tmp_path / "none.jsonl")

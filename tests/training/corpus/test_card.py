"""Measured parts of a page are written between markers, and nothing else is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.training.tiny import tiny_rows
from ydan_training.corpus.card import counts_tables, write_between
from ydan_training.corpus.record import CorpusError


def test_only_what_stands_between_the_markers_changes(tmp_path: Path) -> None:
    """Text before and after stays to the letter; backslashes survive."""
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- x:begin -->\nold\n<!-- x:end -->\nb\n", encoding="utf-8")
    write_between(page, "x", r"new \1")
    assert page.read_text(encoding="utf-8") == "a\n<!-- x:begin -->\nnew \\1\n<!-- x:end -->\nb\n"


def test_a_page_without_markers_is_refused(tmp_path: Path) -> None:
    """The message names both markers."""
    page = tmp_path / "page.md"
    page.write_text("nothing", encoding="utf-8")
    with pytest.raises(CorpusError, match="x:begin"):
        write_between(page, "x", "new")


def test_the_counts_add_up() -> None:
    """Two splits and their sum."""
    rows = tiny_rows()
    table = counts_tables({"train": rows[:10], "test": rows[10:]})
    assert "| opinions | 10 | 5 | 15 |" in table
    assert "| `transport_roads` | 3 | 0 | 3 |" in table

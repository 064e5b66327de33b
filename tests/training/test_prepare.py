"""`ydan-train prepare` refuses what breaks the corpus."""

from __future__ import annotations

from dataclasses import replace

from tests.training.tiny import tiny_rows
from ydan_training.prepare import corpus_faults

ROWS = tiny_rows()


def test_a_good_corpus_has_no_faults() -> None:
    """The fixture's rows, parted by author."""
    parts = {f"s{n}": [row for row in ROWS if row.author == f"a{n}"] for n in range(3)}
    assert corpus_faults(parts) == []


def test_an_id_twice_is_found() -> None:
    """Even in two splits."""
    twin = replace(ROWS[1], id=ROWS[0].id)
    assert any("also in" in fault for fault in corpus_faults({"train": [ROWS[0]], "test": [twin]}))


def test_a_group_that_straddles_is_found() -> None:
    """One author's twins in two splits."""
    twin = replace(ROWS[0], id="x", text="Ngõ nhà tôi lún sâu, xe máy không qua được nữa")
    assert any("group" in fault for fault in corpus_faults({"train": [ROWS[0]], "test": [twin]}))


def test_a_near_duplicate_is_found() -> None:
    """With both ids."""
    copy = replace(ROWS[0], id="copy", author="z")
    faults = corpus_faults({"train": [ROWS[0], copy]})
    assert faults == [f"copy nearly repeats {ROWS[0].id} (overlap 1.0)"]

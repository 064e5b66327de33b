"""The split of an opinion follows from its author and matter alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.training.tiny import tiny_rows
from ydan_training.corpus import read_jsonl
from ydan_training.corpus.split import merge_into, split_of


def test_a_test_author_goes_to_the_test_split() -> None:
    """Whatever the matter."""
    assert {split_of(row, ["a1"], 0.5) for row in tiny_rows() if row.author == "a1"} == {"test"}


def test_twins_never_part() -> None:
    """One author's opinions on one matter share their split."""
    for row in tiny_rows():
        twin = replace(row, id="other", text="another text")
        assert split_of(row, [], 0.5) == split_of(twin, [], 0.5)


def test_merging_again_replaces_and_loses_nothing(tmp_path: Path) -> None:
    """A corrected record takes the place of the old one, in whichever split."""
    rows = tiny_rows()
    merge_into(tmp_path, rows, ["a2"], 0.3)
    merge_into(tmp_path, [replace(rows[0], text="Đường xóm đã khác hẳn")], ["a2"], 0.3)
    found = [row for name in ("train", "validation", "test") for row in read_jsonl(tmp_path / f"{name}.jsonl")]
    assert len(found) == len(rows)
    assert [row.text for row in found if row.id == rows[0].id] == ["Đường xóm đã khác hẳn"]

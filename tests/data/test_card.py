"""The dataset card is read by `datasets`, and its tables are those of the data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ydan_training.corpus import read_jsonl
from ydan_training.corpus.agreement import agreement_table
from ydan_training.corpus.card import counts_tables

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


def test_datasets_loads_the_folder(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``load_dataset("./data")`` gives three splits with as many rows as the files have lines."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path))
    datasets = pytest.importorskip("datasets")
    loaded = datasets.load_dataset(str(root / "data"), cache_dir=str(tmp_path))
    assert set(loaded) == {"train", "validation", "test"}
    for name, part in loaded.items():
        assert len(part) == len(read_jsonl(root / f"data/opinions/{name}.jsonl"))
        assert {"text", "topic", "matter", "type", "level", "codes", "escalate", "region"} <= set(part.column_names)


def test_the_counts_on_the_card_are_those_of_the_data(root: Path) -> None:
    """`ydan-train prepare` was run after the last change."""
    splits = {name: read_jsonl(root / f"data/opinions/{name}.jsonl") for name in ("train", "validation", "test")}
    assert counts_tables(splits) in (root / "data/README.md").read_text(encoding="utf-8")


def test_the_agreement_on_the_card_is_that_of_the_blind_reading(root: Path) -> None:
    """At least 500 opinions, kappa for every label."""
    file = root / "data/agreement/relabelled.jsonl"
    assert len(file.read_text(encoding="utf-8").splitlines()) >= 500
    assert agreement_table(file) in (root / "data/README.md").read_text(encoding="utf-8")


def test_what_was_settled_stands_in_the_corpus(root: Path) -> None:
    """A settled label that the corpus does not carry would be a kappa of nothing."""
    rows = {
        row.id: row
        for name in ("train", "validation", "test")
        for row in read_jsonl(root / f"data/opinions/{name}.jsonl")
    }
    for line in (root / "data/agreement/relabelled.jsonl").read_text(encoding="utf-8").splitlines():
        read = json.loads(line)
        row = rows[read["id"]]
        assert (row.topic, row.type, row.level, sorted(row.codes)) == (
            read["settled"]["topic"],
            read["settled"]["type"],
            read["settled"]["level"],
            sorted(read["settled"]["codes"]),
        ), read["id"]

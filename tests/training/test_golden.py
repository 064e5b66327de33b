"""``ydan-train golden`` chooses the same opinions each time and writes what the model answers."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.training.tiny import tiny_rows
from ydan.golden import FILE, prove
from ydan.model import default_bundle_path
from ydan.predictor import Predictor
from ydan_training.cli import main
from ydan_training.corpus import read_jsonl, write_jsonl
from ydan_training.golden import choose


def test_the_choice_is_even_and_does_not_depend_on_the_order(root: Path) -> None:
    """Topics differ by one at most where there are enough."""
    rows = read_jsonl(root / "data/opinions/test.jsonl")
    chosen = choose(rows)
    assert [row.id for row in chosen] == [row.id for row in choose(rows[::-1])]
    assert len(chosen) == 60
    counts = Counter(row.topic for row in chosen)
    assert max(counts.values()) - min(counts.values()) <= 1
    assert len({row.escalate for row in chosen}) == 2


def test_the_shipped_file_is_what_the_command_writes(root: Path, tmp_path: Path) -> None:
    """Byte for byte."""
    folder = Path(shutil.copytree(default_bundle_path(), tmp_path / "bundle"))
    (folder / FILE).unlink()
    assert main(["--root", str(root), "golden", "--model", str(folder)]) == 0
    for name in (FILE, "bundle.json"):
        assert (folder / name).read_bytes() == (default_bundle_path() / name).read_bytes()


def test_a_bundle_of_ones_own_gets_examples_and_proves_itself(tiny_bundle: Path, tmp_path: Path) -> None:
    """With its own test split."""
    pytest.importorskip("sklearn")
    folder = Path(shutil.copytree(tiny_bundle, tmp_path / "bundle"))
    write_jsonl(tmp_path / "data/opinions/test.jsonl", tiny_rows()[:4])
    assert main(["--root", str(tmp_path), "golden", "--model", str(folder)]) == 0
    assert prove(Predictor.load(folder), folder).passed
    head = json.loads((folder / FILE).read_text(encoding="utf-8").splitlines()[0])
    assert head["figures"]["topic_accuracy"] > 0

"""``ydan-train reference``, ``signing-key`` and ``sign-bundle``: what goes beside a bundle after it was fitted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ydan.model import load_bundle
from ydan.model.bundle import default_bundle_path
from ydan.model.drift import LABELS, TEXTS, load_reference
from ydan.predictor import Predictor
from ydan_training.cli import main
from ydan_training.corpus import read_jsonl
from ydan_training.reference import profile_of


def test_labels_are_of_all_opinions_and_texts_of_the_held_out(predictor: Predictor, root: Path) -> None:
    """The vocabulary was made from the others."""
    rows = read_jsonl(root / "data/opinions/test.jsonl")
    profile = profile_of(predictor, rows[:60], rows[60:100])
    assert (profile.opinions, profile.texts) == (100, 40)
    assert {profile.counts[name].total() for name in LABELS} == {100}
    assert {profile.counts[name].total() for name in TEXTS} == {40}


def test_the_shipped_reference_is_that_of_the_shipped_model_and_corpus(predictor: Predictor, root: Path) -> None:
    """Somebody changed one and forgot the other; checked on the held-out opinions."""
    found = load_reference(default_bundle_path(), predictor.bundle.version)
    assert found is not None
    held_out = [row for name in ("validation", "test") for row in read_jsonl(root / f"data/opinions/{name}.jsonl")]
    made = profile_of(predictor, [], held_out)
    assert {name: found.counts[name] for name in TEXTS} == {name: made.counts[name] for name in TEXTS}
    assert found.unknown == pytest.approx(made.unknown, abs=1e-3)


def test_a_bundle_is_signed_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Key, signature, and the server's side of it."""
    bundle, key = tmp_path / "bundle", tmp_path / "key"
    shutil.copytree(default_bundle_path(), bundle)
    assert main(["signing-key", str(key)]) == 0
    assert "key.pub" in capsys.readouterr().out
    assert main(["sign-bundle", str(bundle), "--key", str(key)]) == 0
    assert load_bundle(bundle, tmp_path / "key.pub").version == "1.0.0"
    assert main(["signing-key", str(key)]) == 2
    assert "Đã có tệp" in capsys.readouterr().err

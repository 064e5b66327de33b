"""A model proves that it is the one that was measured; one that was tampered with does not."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ydan.golden import FIELDS, FILE, HASH, prove, read_golden
from ydan.measured import fingerprint_of
from ydan.model import default_bundle_path
from ydan.model.arrays import write_arrays
from ydan.predictor import Predictor


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(default_bundle_path(), tmp_path / "bundle"))


def failed(folder: Path) -> set[str]:
    """The checks that the model in a folder does not pass."""
    return {check.name for check in prove(Predictor.load(folder), folder).checks if not check.passed}


def tamper(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the weights, and the manifest so that the bundle loads as if nothing had happened."""
    file = folder / "weights.npz"
    with np.load(file) as loaded:
        arrays = {name: loaded[name].copy() for name in loaded.files}
    change(arrays)
    write_arrays(file, arrays)
    manifest = json.loads((folder / "bundle.json").read_text(encoding="utf-8"))
    manifest["files"]["weights.npz"] = hashlib.sha256(file.read_bytes()).hexdigest()
    (folder / "bundle.json").write_text(json.dumps(manifest), encoding="utf-8")


def forge(folder: Path) -> None:
    """The examples' first line and its hash as well: everything but what the model answers."""
    lines = (folder / FILE).read_text(encoding="utf-8").splitlines()
    head, manifest = json.loads(lines[0]), json.loads((folder / "bundle.json").read_text(encoding="utf-8"))
    head["files"], head["fingerprint"] = manifest["files"], fingerprint_of(folder)
    data = ("\n".join([json.dumps(head, ensure_ascii=False), *lines[1:]]) + "\n").encode()
    (folder / FILE).write_bytes(data)
    manifest["about"][HASH] = hashlib.sha256(data).hexdigest()
    (folder / "bundle.json").write_text(json.dumps(manifest), encoding="utf-8")


def _one_weight(arrays: dict[str, Any]) -> None:
    arrays["weights"][0, 0] ^= 1


def _a_bias(arrays: dict[str, Any]) -> None:
    arrays["bias"][3] += 0.5


def test_the_shipped_model_passes(predictor: Predictor) -> None:
    """Files, versions, labels of every kind, confidences, figures."""
    proof = prove(predictor)
    assert proof.passed
    names = [check.name for check in proof.checks]
    assert {"golden_file", "files.weights.npz", "confidences", "figures.topic_accuracy"} <= set(names)
    assert {f"labels.{field}" for field in FIELDS} <= set(names)
    assert proof.examples == 60


def test_the_examples_are_of_our_own_test_split_and_of_every_topic(root: Path, predictor: Predictor) -> None:
    """With the labels that people gave them."""
    test = {}
    for line in (root / "data/opinions/test.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        test[row["id"]] = row
    _, rows = read_golden((default_bundle_path() / FILE).read_bytes())
    assert all(row["text"] == test[row["id"]]["text"] for row in rows)
    assert all(row["labels"][name] == test[row["id"]][name] for row in rows for name in row["labels"])
    assert {row["labels"]["topic"] for row in rows} == set(predictor.taxonomy.topics)


def test_one_changed_weight_is_found(folder: Path) -> None:
    """Even one that no example feels, with the manifest mended."""
    tamper(folder, _one_weight)
    assert "files.weights.npz" in failed(folder)


def test_a_model_that_answers_otherwise_is_found_though_every_hash_was_mended(folder: Path) -> None:
    """The answers themselves tell."""
    tamper(folder, _a_bias)
    forge(folder)
    found = failed(folder)
    assert "confidences" in found
    assert not any(name.startswith(("files.", "golden_", "fingerprint")) for name in found)


def test_examples_that_were_changed_are_found(folder: Path) -> None:
    """Their hash is in the manifest."""
    text = (folder / FILE).read_text(encoding="utf-8")
    (folder / FILE).write_text(text.replace('"topic": "education"', '"topic": "justice"', 1), encoding="utf-8")
    assert {"golden_file", "figures.topic_accuracy"} <= failed(folder)


@pytest.mark.parametrize("data", [b"", b"{", b"[]\n[]\n", b'{"format": 9}\n{}\n', b"\xff\n"])
def test_examples_that_cannot_be_read_fail_and_raise_nothing(folder: Path, data: bytes) -> None:
    """A report all the same."""
    (folder / FILE).write_bytes(data)
    assert failed(folder) == {"golden_file", "golden_format"}


def test_a_model_without_examples_cannot_prove_itself(tiny_bundle: Path) -> None:
    """Which is told, not passed over."""
    assert failed(tiny_bundle) == {"golden_file"}


def test_the_tolerance_is_for_rounding_not_for_other_answers(predictor: Predictor) -> None:
    """The shipped model meets its own confidences to the digit here."""
    (check,) = (check for check in prove(predictor).checks if check.name == "confidences")
    assert check.found <= 0.0005

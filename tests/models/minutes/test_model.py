"""The chains on disk: the same after writing and reading, refused when anything was changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.models.minutes.small import small_model
from ydan.errors import BundleError
from ydan.minutes.model import default_minutes_model_path, load_minutes_model, save_minutes_model


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small model, written."""
    save_minutes_model(small_model(), tmp_path / "minutes")
    return tmp_path / "minutes"


def test_a_model_is_read_as_it_was_written(folder: Path) -> None:
    """Labels, features, weights (to a ten-thousandth of the largest), moves, what it says of itself."""
    written, read = small_model(), load_minutes_model(folder)
    assert (read.version, read.about) == (written.version, written.about)
    for name in ("roles", "splitter", "changes"):
        one, other = getattr(written, name), getattr(read, name)
        assert (one.labels, one.features) == (other.labels, other.features)
        assert np.allclose(one.weights, other.weights, atol=1e-3)
        assert np.array_equal(one.moves, other.moves)


def test_the_same_model_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    """A release can be compared by its checksums."""
    save_minutes_model(load_minutes_model(folder), tmp_path / "again")
    for file in sorted(folder.iterdir()):
        assert (tmp_path / "again" / file.name).read_bytes() == file.read_bytes()


def test_the_model_that_ships_loads() -> None:
    """Every chain has weights for its features."""
    model = load_minutes_model()
    for chain in (model.roles, model.splitter, model.changes):
        assert chain.weights.shape == (len(chain.features), len(chain.labels))
    assert default_minutes_model_path().name == "minutes"


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-5])


def _flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))


@pytest.mark.parametrize(
    "name", ["roles.txt", "roles.npz", "splitter.txt", "splitter.npz", "changes.npz", "minutes.json"]
)
@pytest.mark.parametrize("harm", [_cut, _flip, Path.unlink, lambda file: file.write_bytes(b"")])
def test_a_harmed_file_is_refused(folder: Path, name: str, harm: Callable[[Path], object]) -> None:
    """Cut short, altered by a bit, missing or empty: the error says what to do."""
    harm(folder / name)
    with pytest.raises(BundleError, match="Hãy chép lại"):
        load_minutes_model(folder)


@pytest.mark.parametrize(
    "change",
    [
        {"format": 99},
        {"format": None},
        {"files": None},
        {"files": {}},
        {"files": {"../roles.txt": "0"}},
        {"version": None},
    ],
)
def test_another_manifest_is_refused(folder: Path, change: dict[str, object]) -> None:
    """Of another format, or that lists other files than the model has."""
    manifest = json.loads((folder / "minutes.json").read_text(encoding="utf-8"))
    (folder / "minutes.json").write_text(json.dumps(manifest | change), encoding="utf-8")
    with pytest.raises(BundleError, match="Hãy chép lại"):
        load_minutes_model(folder)


@pytest.mark.parametrize("text", ["[]", "3", "{}", "null", "{", "\x00"])
def test_a_manifest_that_is_none_is_refused(folder: Path, text: str) -> None:
    """JSON of another kind, or no JSON."""
    (folder / "minutes.json").write_text(text, encoding="utf-8")
    with pytest.raises(BundleError, match="Hãy chép lại"):
        load_minutes_model(folder)


@pytest.mark.parametrize("features", [["bias"], ["bias", "sec=opinions", "sec=answers", "one", "two", "too", "many"]])
def test_weights_that_do_not_fit_their_features_are_refused(folder: Path, features: list[str]) -> None:
    """A file that was exchanged together with its checksum."""
    listed = folder / "roles.txt"
    listed.write_text("\n".join(features) + "\n", encoding="utf-8", newline="\n")
    manifest = json.loads((folder / "minutes.json").read_text(encoding="utf-8"))
    manifest["files"]["roles.txt"] = hashlib.sha256(listed.read_bytes()).hexdigest()
    (folder / "minutes.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(BundleError, match="không khớp"):
        load_minutes_model(folder)


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    """The path stands in the message."""
    with pytest.raises(BundleError, match="nowhere"):
        load_minutes_model(tmp_path / "nowhere")

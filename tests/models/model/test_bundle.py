"""A bundle is checked before a single number of it is used; each fault is a clear error."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ydan.errors import BundleError
from ydan.model import default_bundle_path, load_bundle, save_bundle


@pytest.fixture
def folder(tiny_bundle: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny_bundle, tmp_path / "bundle"))


def rewrite(folder: Path, change: Callable[[dict[str, object]], None]) -> None:
    file = folder / "bundle.json"
    manifest = json.loads(file.read_text(encoding="utf-8"))
    change(manifest)
    file.write_text(json.dumps(manifest), encoding="utf-8")


def test_what_is_saved_is_what_is_loaded(folder: Path, tmp_path: Path) -> None:
    """Saving the loaded bundle again gives the same bytes: nothing depends on the clock."""
    save_bundle(load_bundle(folder), tmp_path / "again")
    first, second = (load_bundle(path) for path in (folder, tmp_path / "again"))
    assert first.heads.vocabulary.keys == second.heads.vocabulary.keys
    assert np.allclose(first.heads.weights, second.heads.weights, atol=1e-4)
    assert first.thresholds == second.thresholds


def test_the_shipped_bundle_is_small_and_holds_no_pickle() -> None:
    """Under 10 MB, plain files: three of the model, the examples that prove it, what drift is told from."""
    files = list(default_bundle_path().iterdir())
    extra = {"golden.jsonl", "reference.json"}
    assert {file.name for file in files} == {"bundle.json", "vocabulary.txt", "weights.npz"} | extra
    assert sum(file.stat().st_size for file in files) < 10_000_000
    with np.load(default_bundle_path() / "weights.npz", allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays.files)


def test_the_shipped_bundle_knows_the_data_it_learned_from(root: Path) -> None:
    """The hash in the manifest is that of the corpus in this very checkout."""
    import hashlib

    about = load_bundle().about
    files = [root / "data" / "opinions" / f"{name}.jsonl" for name in ("train", "validation", "test")]
    assert about["data_sha256"] == hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def test_a_missing_bundle_says_where_and_what_to_do(tmp_path: Path) -> None:
    """The message names the folder and the command."""
    with pytest.raises(BundleError, match="ydan-train fit"):
        load_bundle(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["vocabulary.txt", "weights.npz"])
def test_a_file_that_is_gone_is_named(folder: Path, name: str) -> None:
    """So that the right file is copied again."""
    (folder / name).unlink()
    with pytest.raises(BundleError, match=name):
        load_bundle(folder)


@pytest.mark.parametrize("name", ["vocabulary.txt", "weights.npz"])
def test_a_truncated_file_is_refused(folder: Path, name: str) -> None:
    """A copy that broke off."""
    data = (folder / name).read_bytes()
    (folder / name).write_bytes(data[: len(data) // 2])
    with pytest.raises(BundleError, match="mã băm"):
        load_bundle(folder)


def test_one_altered_byte_is_refused(folder: Path) -> None:
    """Altered weights would answer wrongly without a word."""
    file = folder / "weights.npz"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))
    with pytest.raises(BundleError, match="mã băm"):
        load_bundle(folder)


def test_a_manifest_that_is_cut_off_is_refused(folder: Path) -> None:
    """Half a JSON file."""
    file = folder / "bundle.json"
    file.write_text(file.read_text(encoding="utf-8")[:200], encoding="utf-8")
    with pytest.raises(BundleError, match="không đọc được"):
        load_bundle(folder)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [("taxonomy", "0.0.1", "bộ nhãn"), ("text_fingerprint", "0" * 16, "vân tay"), ("format", 99, "định dạng")],
)
def test_a_bundle_of_another_version_is_refused(folder: Path, field: str, value: object, says: str) -> None:
    """Another taxonomy, text pipeline or format: each says which."""
    rewrite(folder, lambda manifest: manifest.update({field: value}))
    with pytest.raises(BundleError, match=says):
        load_bundle(folder)

"""A trained model on disk: a folder of plain files, no pickle, checked before a single number is used.

``bundle.json`` (names, versions, hashes, heads, thresholds, metrics), ``vocabulary.txt`` (a feature a line),
``weights.npz`` (arrays, loaded with ``allow_pickle=False``).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ydan.errors import BundleError
from ydan.features import Vocabulary
from ydan.model.arrays import write_arrays
from ydan.model.fingerprint import text_fingerprint
from ydan.model.heads import Head, LinearHeads
from ydan.model.layer import Layer
from ydan.taxonomy import load_taxonomy

FORMAT = 2
_FILES = ("vocabulary.txt", "weights.npz")
_AGAIN = "Hãy chép lại cả thư mục mô hình từ bản phát hành, hoặc chạy `ydan-train fit`."


@dataclass(frozen=True, slots=True)
class Bundle:
    """A loaded model. ``thresholds`` holds the decision limits, ``about`` what the model card needs."""

    name: str
    version: str
    heads: LinearHeads
    level_layer: Layer
    escalation_layer: Layer
    thresholds: dict[str, Any]
    about: dict[str, Any]


def shipped(name: str) -> Path:
    """The folder of a model that ships with the package: inside the wheel, else beside the sources."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "bundles" / name
    return inside if inside.exists() else package.parent / "bundles" / name


def default_bundle_path() -> Path:
    """The classifier that ships with the package."""
    return shipped("default")


def save_bundle(bundle: Bundle, folder: Path) -> None:
    """Write a bundle. Weights go as int8 with a scale per column: a quarter of the size, no loss that shows."""
    folder.mkdir(parents=True, exist_ok=True)
    heads = bundle.heads
    (folder / "vocabulary.txt").write_text("\n".join(heads.vocabulary.keys) + "\n", encoding="utf-8", newline="\n")
    scale = np.abs(heads.weights).max(axis=0) / 127.0
    scale[scale == 0] = 1.0
    arrays = {
        "idf": heads.vocabulary.idf,
        "weights": np.round(heads.weights / scale).astype(np.int8),
        "scale": scale.astype(np.float32),
        "bias": heads.bias,
        "level_weights": bundle.level_layer.weights,
        "level_bias": bundle.level_layer.bias,
        "escalation_weights": bundle.escalation_layer.weights,
        "escalation_bias": bundle.escalation_layer.bias,
    }
    write_arrays(folder / "weights.npz", arrays)
    manifest = {
        "format": FORMAT,
        "name": bundle.name,
        "version": bundle.version,
        "taxonomy": load_taxonomy().version,
        "text_fingerprint": text_fingerprint(),
        "files": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in _FILES},
        "heads": [
            {
                "name": head.name,
                "kind": head.kind,
                "labels": list(head.labels),
                "slope": [round(value, 6) for value in head.slope],
                "shift": [round(value, 6) for value in head.shift],
            }
            for head in heads.heads.values()
        ],
        "level_layer": {"inputs": bundle.level_layer.inputs, "labels": bundle.level_layer.labels},
        "escalation_layer": {"inputs": bundle.escalation_layer.inputs, "labels": bundle.escalation_layer.labels},
        "thresholds": bundle.thresholds,
        "about": bundle.about,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (folder / "bundle.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def load_bundle(folder: Path | None = None, public_key: Path | None = None) -> Bundle:
    """Load and check a bundle; with ``public_key`` its signature too (:mod:`ydan.model.signature`).

    :raises BundleError: missing, truncated, altered, not signed with that key, another format, taxonomy or text
        pipeline; the message says which and what to do.
    """
    folder = default_bundle_path() if folder is None else folder
    manifest = _read_manifest(folder, public_key)
    for name in _FILES:
        file = folder / name
        if not file.exists():
            raise BundleError(f"Mô hình ở {folder} thiếu tệp {name}. {_AGAIN}")
        if hashlib.sha256(file.read_bytes()).hexdigest() != manifest["files"][name]:
            raise BundleError(f"Tệp {name} của mô hình ở {folder} bị cắt cụt hoặc đã bị sửa (sai mã băm). {_AGAIN}")
    _check_versions(manifest, folder)
    keys = (folder / "vocabulary.txt").read_text(encoding="utf-8").split("\n")[:-1]
    with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
        vocabulary = Vocabulary(keys, arrays["idf"])
        weights = arrays["weights"] * arrays["scale"]
        heads = [
            Head(row["name"], row["kind"], tuple(row["labels"]), tuple(row["slope"]), tuple(row["shift"]))
            for row in manifest["heads"]
        ]
        linear = LinearHeads(vocabulary, weights, arrays["bias"], heads)
        layers = {
            name: Layer(
                tuple(manifest[f"{name}_layer"]["inputs"]),
                tuple(manifest[f"{name}_layer"]["labels"]),
                arrays[f"{name}_weights"],
                arrays[f"{name}_bias"],
            )
            for name in ("level", "escalation")
        }
    return Bundle(
        name=manifest["name"],
        version=manifest["version"],
        heads=linear,
        level_layer=layers["level"],
        escalation_layer=layers["escalation"],
        thresholds=manifest["thresholds"],
        about=manifest["about"],
    )


def _read_manifest(folder: Path, public_key: Path | None) -> dict[str, Any]:
    file = folder / "bundle.json"
    if not file.exists():
        raise BundleError(f"Không thấy mô hình ở {folder} (thiếu bundle.json). {_AGAIN}")
    raw = file.read_bytes()
    if public_key is not None:
        from ydan.model.signature import verify

        verify(folder, raw, public_key)
    try:
        manifest = json.loads(raw.decode("utf-8"))
        known = manifest["format"]
        names = set(manifest["files"]) >= set(_FILES)
    except (ValueError, KeyError, TypeError, UnicodeDecodeError) as error:
        raise BundleError(f"bundle.json ở {folder} không đọc được ({error}). {_AGAIN}") from error
    if known != FORMAT or not names:
        raise BundleError(f"Mô hình ở {folder} theo định dạng {known}, bản này đọc định dạng {FORMAT}. {_AGAIN}")
    return dict(manifest)


def _check_versions(manifest: dict[str, Any], folder: Path) -> None:
    taxonomy = load_taxonomy()
    if manifest["taxonomy"] != taxonomy.version:
        raise BundleError(
            f"Mô hình ở {folder} học theo bộ nhãn {manifest['taxonomy']}, "
            f"bản đang cài dùng {taxonomy.version}. {_AGAIN}"
        )
    if manifest["text_fingerprint"] != text_fingerprint():
        raise BundleError(
            f"Mô hình ở {folder} học với cách xử lý chữ khác với bản đang cài (vân tay khác nhau). {_AGAIN}"
        )

"""The chains that read minutes, on disk: plain files, no pickle, checked before use."""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ydan.errors import BundleError
from ydan.minutes.chain import Chain
from ydan.minutes.changes import CHANGES
from ydan.minutes.roles import ROLES
from ydan.minutes.splitting import TAGS
from ydan.model.arrays import write_arrays
from ydan.model.bundle import shipped

FORMAT = 1
_CHAINS = {"roles": ROLES, "splitter": TAGS, "changes": CHANGES}
_FILES = tuple(f"{name}.{kind}" for name in _CHAINS for kind in ("txt", "npz"))
_AGAIN = "Hãy chép lại thư mục mô hình tách biên bản từ bản phát hành, hoặc chạy `ydan-train fit-minutes`."


@dataclass(frozen=True, slots=True)
class MinutesModel:
    """``roles`` tells citizens' turns from answers; ``splitter`` finds the matters in a turn, ``changes`` helps it."""

    version: str
    roles: Chain
    splitter: Chain
    changes: Chain
    about: dict[str, Any]


def default_minutes_model_path() -> Path:
    """The model that ships with the package."""
    return shipped("minutes")


def save_minutes_model(model: MinutesModel, folder: Path) -> None:
    """Write a model; its bytes depend on its numbers alone."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    for name in _CHAINS:
        chain: Chain = getattr(model, name)
        listed = folder / f"{name}.txt"
        listed.write_text("\n".join(chain.features) + "\n", encoding="utf-8", newline="\n")
        scale = np.abs(chain.weights).max(initial=0.0) / 32767.0 or 1.0
        arrays = {
            "weights": np.round(chain.weights / scale).astype(np.int16),
            "scale": np.asarray([scale], dtype=np.float32),
            "moves": chain.moves.astype(np.float32),
        }
        numbers = folder / f"{name}.npz"
        write_arrays(numbers, arrays)
        files.update({f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in (listed, numbers)})
    manifest = {"format": FORMAT, "version": model.version, "files": files, "about": model.about}
    (folder / "minutes.json").write_text(
        json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n"
    )


def load_minutes_model(folder: Path | None = None) -> MinutesModel:
    """Load and check the model.

    :raises BundleError: missing, truncated, altered or of another format.
    """
    folder = default_minutes_model_path() if folder is None else folder
    try:
        manifest = json.loads((folder / "minutes.json").read_text(encoding="utf-8"))
        if manifest["format"] != FORMAT:
            raise BundleError(f"Mô hình tách biên bản ở {folder} theo định dạng khác (cần {FORMAT}). {_AGAIN}")
        version, about, files = manifest["version"], manifest["about"], manifest["files"]
        if not (isinstance(version, str) and isinstance(about, dict) and set(files) == set(_FILES)):
            raise ValueError("minutes.json không liệt kê đủ tệp")
        for name in _FILES:
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != files[name]:
                raise BundleError(f"Tệp {name} của mô hình ở {folder} đã bị sửa hoặc bị cắt cụt. {_AGAIN}")
        chains = {name: _chain(folder, name, labels) for name, labels in _CHAINS.items()}
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise BundleError(f"Không đọc được mô hình tách biên bản ở {folder} ({error}). {_AGAIN}") from error
    return MinutesModel(version, chains["roles"], chains["splitter"], chains["changes"], about)


def _chain(folder: Path, name: str, labels: tuple[str, ...]) -> Chain:
    """One chain whose arrays fit its features and labels.

    :raises ValueError: they do not.
    """
    keys = (folder / f"{name}.txt").read_text(encoding="utf-8").split("\n")[:-1]
    with np.load(folder / f"{name}.npz", allow_pickle=False) as arrays:
        weights = arrays["weights"].astype(np.float32) * arrays["scale"].astype(np.float32)
        moves = arrays["moves"].astype(np.float32)
    if weights.shape != (len(keys), len(labels)) or moves.shape != (len(labels), len(labels)):
        raise ValueError(f"{name}.npz không khớp {name}.txt")
    if not (np.isfinite(weights).all() and np.isfinite(moves).all()):
        raise ValueError(f"{name}.npz có số không hợp lệ")
    return Chain(labels, {key: at for at, key in enumerate(keys)}, weights, moves)

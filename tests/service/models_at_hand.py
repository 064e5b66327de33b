"""Models to switch to: copies of the shipped one under other versions, good and bad."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from ydan.model.bundle import default_bundle_path


def another(folder: Path, version: str = "1.0.1", **about: object) -> Path:
    """A working bundle of that version; without the examples that prove the shipped one."""
    shutil.copytree(default_bundle_path(), folder)
    (folder / "golden.jsonl").unlink()
    change(folder, version=version, about={"golden_sha256": None, **about})
    return folder


def change(folder: Path, about: dict[str, object] | None = None, **values: object) -> None:
    """Change what ``bundle.json`` says; an ``about`` of None goes."""
    manifest = json.loads((folder / "bundle.json").read_text(encoding="utf-8"))
    manifest |= values
    for name, value in (about or {}).items():
        manifest["about"].pop(name, None)
        if value is not None:
            manifest["about"][name] = value
    (folder / "bundle.json").write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")


def cut_off(folder: Path) -> Path:
    """A bundle whose copying was interrupted."""
    another(folder)
    weights = folder / "weights.npz"
    weights.write_bytes(weights.read_bytes()[:1000])
    return folder

"""Steps of a run that are skipped when nothing they read has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import ydan
import ydan_training

STATE = "build/training/state.json"


def run_step(
    name: str,
    inputs: Sequence[Path],
    outputs: Sequence[Path],
    settings: object,
    root: Path,
    work: Callable[[], None],
    *,
    force: bool = False,
) -> bool:
    """Do ``work`` unless ``outputs`` are there and inputs, settings and code are as at the last time; tell which.

    The code counts: a changed feature must not be measured with yesterday's model.
    """
    state_file = root / STATE
    state = json.loads(state_file.read_text(encoding="utf-8")) if state_file.exists() else {}
    mark = fingerprint([*inputs, *_code()], settings)
    if not force and state.get(name) == mark and all(path.exists() for path in outputs):
        print(f"{name}: nothing changed, skipped (use --force to repeat)")
        return False
    work()
    state[name] = mark
    state_file.parent.mkdir(parents=True, exist_ok=True)
    state_file.write_text(json.dumps(state, indent=1) + "\n", encoding="utf-8")
    return True


def fingerprint(files: Sequence[Path], settings: object) -> str:
    """A hash of the files' bytes and the settings."""
    digest = hashlib.sha256(json.dumps(settings, sort_keys=True, default=str).encode())
    for file in sorted(files):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _code() -> list[Path]:
    """Every source and data file of the core and of the training."""
    folders = [Path(package.__file__ or "").parent for package in (ydan, ydan_training)]
    kinds = {".py", ".toml", ".csv"}
    return [file for folder in folders for file in sorted(folder.rglob("*")) if file.suffix in kinds]

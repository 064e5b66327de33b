"""What is known of the shipped model's error, counted on opinions by people that it never learned from.

A probability says how sure the model is; this says how often it was wrong when it was that sure. The figures are
written by ``ydan-train measured`` and hold for one model only: with another one there are none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Any

from ydan.errors import BundleError
from ydan.model.bundle import default_bundle_path

FORMAT = 1
HEADS = ("topic", "matter", "type", "level", "escalation")
CONFIDENCES = (0.0, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.97, 0.99)
YES, NO = "yes", "no"
"""The labels of ``escalation``: goes up, or does not."""
_FILE = Path(__file__).with_name("measured.json")
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Step:
    """Of the answers at or above ``confidence``: which ``share`` of all they are, how many, how often wrong.

    ``low`` and ``high`` are the 95 % interval of the error.
    """

    confidence: float
    share: float
    error: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Confusion:
    """``counts[true][said]``, both in the order of ``labels``."""

    labels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """All figures; ``size`` opinions of the set ``name``, the model's ``fingerprint``."""

    fingerprint: str
    name: str
    size: int
    steps: Mapping[str, tuple[Step, ...]]
    confusions: Mapping[str, Confusion]

    def error_at(self, head: str, confidence: float) -> Step:
        """The step that an answer of this confidence reaches."""
        return [step for step in self.steps[head] if step.confidence <= confidence][-1]

    def to_json(self) -> dict[str, list[dict[str, float]]]:
        """The steps as the review page reads them; those without a single answer are left out."""
        names = Step.__slots__
        return {
            head: [{name: getattr(step, name) for name in names} for step in steps if step.n]
            for head, steps in self.steps.items()
        }


def wilson(wrong: float, n: float) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927): sound for few cases and for none wrong, unlike mean ± error.

    >>> low, high = wilson(0, 30)
    >>> round(low, 3), round(high, 3)
    (0.0, 0.114)
    """
    if n <= 0:
        return 0.0, 1.0
    share, square = wrong / n, _Z * _Z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = _Z * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def fingerprint_of(bundle: Path | None = None) -> str:
    """Sixteen digits of everything in a bundle that an answer depends on.

    :raises BundleError: the folder has no readable ``bundle.json``.
    """
    folder = default_bundle_path() if bundle is None else bundle
    try:
        manifest = json.loads((folder / "bundle.json").read_text(encoding="utf-8"))
        used = {name: value for name, value in manifest.items() if name != "about"}
    except (OSError, ValueError, AttributeError) as error:
        raise BundleError(f"Không đọc được bundle.json ở {folder} ({error}). Hãy chép lại thư mục mô hình.") from error
    return hashlib.sha256(json.dumps(used, sort_keys=True).encode()).hexdigest()[:16]


@cache
def load_measured(bundle: Path | None = None, file: Path = _FILE) -> Measured | None:
    """The figures of the model in ``bundle`` (default: the shipped one); ``None`` when none were taken of it.

    >>> load_measured().error_at("topic", 0.93).error < 0.1
    True
    """
    if not file.exists():
        return None
    raw = json.loads(file.read_text(encoding="utf-8"))
    if raw.get("format") != FORMAT or raw["fingerprint"] != fingerprint_of(bundle):
        return None
    return read_measured(raw)


def read_measured(raw: Mapping[str, Any]) -> Measured:
    """A parsed ``measured.json``: it holds counts alone, shares and intervals are reckoned here."""
    steps = {
        head: tuple(_step(sure, n, wrong, rows[0][1]) for sure, n, wrong in rows) for head, rows in raw["steps"].items()
    }
    confusions = {
        head: Confusion(tuple(table["labels"]), tuple(tuple(row) for row in table["counts"]))
        for head, table in raw["confusions"].items()
    }
    return Measured(raw["fingerprint"], raw["name"], raw["size"], steps, confusions)


def _step(confidence: float, n: int, wrong: int, of: int) -> Step:
    low, high = wilson(wrong, n)
    error = wrong / n if n else 0.0
    return Step(confidence, round(n / of, 4) if of else 0.0, round(error, 4), round(low, 4), round(high, 4), n)

"""``ydan-train fit``: from the corpus on disk to the bundle on disk."""

from __future__ import annotations

import hashlib
import time
from dataclasses import replace
from pathlib import Path

from ydan.competence import load_competence
from ydan.model import save_bundle
from ydan.predictor import Predictor
from ydan_training.config import Config
from ydan_training.corpus import read_jsonl
from ydan_training.evaluation.measure import measure
from ydan_training.fitting.model import fit
from ydan_training.golden import write_golden
from ydan_training.reference import write_reference
from ydan_training.steps import run_step

MEASURED = ("validation", "test")


def fit_bundle(config: Config, *, output: Path | None, force: bool) -> int:
    """Fit, measure on our own validation and test splits, write the bundle with its figures."""
    folder = output or config.path("model", "bundle")
    files = [config.path("corpus", name) for name in ("train", *MEASURED)]
    manifest = folder / "bundle.json"

    def work() -> None:
        started = time.monotonic()
        rows = read_jsonl(files[0])
        bundle = fit(rows, config, print)
        predictor = Predictor(bundle, load_competence())
        seed = int(config.number("model", "seed"))
        figures = {
            name: _short(measure(predictor, read_jsonl(config.path("corpus", name)), name, seed=seed).figures)
            for name in MEASURED
        }
        about = {
            "trained_on": len(rows),
            "data_sha256": hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest(),
            "competence": load_competence().version,
            "config": config.values,
            "figures": figures,
        }
        save_bundle(replace(bundle, about=about), folder)
        write_golden(config, folder)
        write_reference(config, folder)
        size = sum(file.stat().st_size for file in folder.iterdir())
        print(f"wrote {folder}: {size / 1e6:.2f} MB in {time.monotonic() - started:.0f} s")

    run_step(f"fit {folder}", files, [manifest], config.values, config.root, work, force=force)
    return 0


def _short(figures: dict[str, dict[str, object]]) -> dict[str, object]:
    """The figures that belong in a bundle: one number each, no tables."""
    out: dict[str, object] = {}
    for head in ("topic", "matter", "type", "level"):
        if head in figures:
            kept = ("n", "accuracy", "accuracy_95", "macro_f1", "macro_f1_95", "calibration_error", "coverage_at_95")
            out[head] = {name: figures[head][name] for name in kept}
    names = ("precision", "precision_95", "recall", "recall_95", "support")
    out["escalation"] = {name: figures["escalation"][name] for name in names}
    return out

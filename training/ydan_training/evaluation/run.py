"""``ydan-train evaluate``: any labelled file, every figure, reports on disk, floors kept."""

from __future__ import annotations

import argparse
from typing import Any

from ydan.predictor import Predictor
from ydan_training.config import Config, ConfigError
from ydan_training.corpus import read_jsonl
from ydan_training.evaluation.measure import Measurement, measure
from ydan_training.evaluation.report import summary_table, write_report


def evaluate(options: argparse.Namespace, config: Config) -> int:
    """Measure, print the summary, write the reports; 1 when a floor is missed."""
    floors = [_floor(text) for text in options.floor]
    predictor = Predictor.load(options.model or config.path("model", "bundle"))
    seed = int(config.number("model", "seed"))
    files = options.data or [config.path("corpus", "test")]
    measured = [
        measure(predictor, read_jsonl(file), file.stem, seed=seed, top_errors=options.top_errors) for file in files
    ]
    print(summary_table(measured))
    for path in write_report(measured, options.output_dir):
        print(f"wrote {path}")
    missed = [line for m in measured for line in _missed(m, floors)]
    for line in missed:
        print(f"BELOW THE FLOOR: {line}")
    return 1 if missed else 0


def _floor(text: str) -> tuple[str, str, float]:
    try:
        path, value = text.split("=")
        head, figure = path.split(".")
        return head, figure, float(value)
    except ValueError:
        raise ConfigError(f"--floor {text!r} is not HEAD.FIGURE=VALUE, e.g. topic.macro_f1=0.80") from None


def _missed(measured: Measurement, floors: list[tuple[str, str, float]]) -> list[str]:
    out = []
    for head, figure, wanted in floors:
        found: Any = measured.figures.get(head, {}).get(figure)
        if found is None:
            raise ConfigError(f"--floor {head}.{figure}: no such figure. Heads: {', '.join(measured.figures)}.")
        if found < wanted:
            out.append(f"{measured.name} {head}.{figure} {found:.3f} < {wanted}")
    return out

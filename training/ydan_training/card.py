"""``ydan-train card``: the model card, written from the bundle so that it cannot say what was not measured."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ydan.card import load_card_words
from ydan.model import load_bundle
from ydan.predictor import Predictor
from ydan_training.config import Config
from ydan_training.corpus import read_jsonl
from ydan_training.corpus.card import write_between
from ydan_training.evaluation.measure import measure
from ydan_training.evaluation.report import summary_table

HEAD = """# Model card: {name} {version}

Written by `ydan-train card` from `{folder}/bundle.json`; edit the bundle's training, not this page.

## What it is

{kind}

Heads: topic ({topics}), matter ({matters}), type ({types}), level ({levels}), escalation code ({codes}).
scikit-learn at training time, NumPy and SciPy at run time; no torch, no pickle, no network.

## What it is for

{purpose}

## What it learned from

{trained_on} opinions. {origin}
Data hash `{data}`. Taxonomy {taxonomy}, competence table {competence}, text fingerprint `{fingerprint}`.
"""

LIMITS = """
## How the confidences were made

{confidence}

| Limit | Value |
|---|---|
{limits}

## Where it is weak

{weak}
"""


def write_card(config: Config, output: Path, files: Sequence[Path] = ()) -> int:
    """Write the card of the configured bundle; ``files`` are measured now and stand in the README too."""
    folder = config.path("model", "bundle")
    bundle = load_bundle(folder)
    manifest = json.loads((folder / "bundle.json").read_text(encoding="utf-8"))
    heads = bundle.heads.heads
    words = load_card_words()["en"]
    text = HEAD.format(
        name=bundle.name,
        version=bundle.version,
        folder=config.values["model"]["bundle"],
        topics=len(heads["topic"].labels),
        matters=len(heads["matter"].labels) - 1,
        types=len(heads["type"].labels),
        levels=len(heads["level"].labels),
        codes=len(heads["code"].labels),
        kind=_wrapped(words.kind),
        purpose=_wrapped(f"{words.intended_use} **{words.rule}** {' '.join(words.not_for)}"),
        origin=words.data,
        trained_on=bundle.about["trained_on"],
        data=bundle.about["data_sha256"][:16],
        taxonomy=manifest["taxonomy"],
        competence=bundle.about["competence"],
        fingerprint=manifest["text_fingerprint"],
    )
    text += "\n## How well it does on our own held-out opinions\n\n" + figures_table(bundle.about["figures"])
    if files:
        predictor, seed = Predictor.load(folder), int(config.number("model", "seed"))
        sets = [*files, config.path("corpus", "test")]
        table = summary_table([measure(predictor, read_jsonl(file), file.stem, seed=seed) for file in sets])
        text += f"\n## How well it does on text that nobody here wrote\n\n{table}\n"
        write_between(config.root / "README.md", "figures", table)
    text += LIMITS.format(
        confidence=_wrapped(words.confidence),
        limits="\n".join(f"| {name} | {value} |" for name, value in flat(bundle.thresholds)),
        weak="\n".join(f"- {limit}" for limit in words.limits),
    )
    target = config.root / output
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    print(f"wrote {target}")
    return 0


def _wrapped(text: str) -> str:
    return textwrap.fill(text, 118, break_long_words=False, break_on_hyphens=False)


def figures_table(figures: dict[str, Any]) -> str:
    """A row a figure, a column a split, 95 % bootstrap intervals in brackets."""
    names = list(figures)
    lines = ["| Figure | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    for head in ("topic", "matter", "type", "level"):
        for figure in ("accuracy", "macro_f1"):
            cells = [_with_interval(figures[name].get(head), figure) for name in names]
            lines.append(f"| {head} {figure} | " + " | ".join(cells) + " |")
        for figure in ("calibration_error", "coverage_at_95"):
            cells = [f"{figures[name][head][figure]:.3f}" if head in figures[name] else "–" for name in names]
            lines.append(f"| {head} {figure} | " + " | ".join(cells) + " |")
    for figure in ("recall", "precision"):
        cells = [_with_interval(figures[name]["escalation"], figure) for name in names]
        lines.append(f"| escalation {figure} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _with_interval(row: dict[str, Any] | None, figure: str) -> str:
    if row is None:
        return "–"
    low, high = row[f"{figure}_95"]
    return f"{row[figure]:.3f} [{low:.3f}, {high:.3f}]"


def flat(values: dict[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    """Nested settings as dotted names."""
    out: list[tuple[str, Any]] = []
    for name, value in values.items():
        out += flat(value, f"{prefix}{name}.") if isinstance(value, dict) else [(prefix + name, value)]
    return out

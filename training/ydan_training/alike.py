"""``python -m ydan_training.alike fit|evaluate``: when two opinions are the same matter, learned from labelled pairs.

``fit`` learns the weights of ``models/ydan/alike/weights.json`` from the pairs of the split ``fit`` and chooses the
limits there, on predictions for groups of pairs left out. ``evaluate`` measures on the split ``test`` beside two
plain baselines and writes the table into ``docs/alike.md``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from ydan.alike.items import AlikeItem
from ydan.alike.pairs import FEATURES, pair_features
from ydan.alike.vectors import read_items
from ydan.alike.weigh import read_grades, same_probabilities, told_apart
from ydan.cues import read
from ydan.predictor import Predictor
from ydan_training.corpus.card import write_between

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
LABELS = ("same", "similar", "different")
STRENGTHS = (0.03, 0.1, 0.3, 1.0)
FOLDS, ROUNDS, SEED, RESAMPLES = 8, 3, 20261124, 1000
PRECISION = 0.9
"""What the ``same`` limit must reach on pairs left out: a wrong merge hides a citizen's matter behind another's."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Labelled pairs with what is weighed of them; ``group`` keeps the pairs of one first opinion together."""

    rows: list[dict[str, Any]]
    features: npt.NDArray[np.float32]

    @property
    def same(self) -> Flags:
        return np.array([row["label"] == "same" for row in self.rows])

    @property
    def alike(self) -> Flags:
        """Same or similar."""
        return np.array([row["label"] != "different" for row in self.rows])

    @property
    def groups(self) -> list[str]:
        return [row["a"] for row in self.rows]

    def take(self, split: str) -> Pairs:
        kept = [number for number, row in enumerate(self.rows) if row["split"] == split]
        return Pairs([self.rows[number] for number in kept], self.features[kept])


def read_pairs(file: Path, predictor: Predictor) -> Pairs:
    """The labelled pairs of a file.

    :raises ValueError: an unknown label, or a text that stands in both splits; the message names the pair.
    """
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]
    split_of: dict[str, str] = {}
    for row in rows:
        if row["label"] not in LABELS:
            raise ValueError(f"{row['id']}: label {row['label']!r}, expected one of {', '.join(LABELS)}.")
        for text in (row["a"], row["b"]):
            if split_of.setdefault(text, row["split"]) != row["split"]:
                raise ValueError(f"{row['id']}: a text of the split {split_of[text]} stands in {row['split']} too.")
    items = [
        AlikeItem(row["id"] + side, row[side], address=row.get(f"{side}_address")) for row in rows for side in "ab"
    ]
    first = np.arange(0, len(items), 2)
    return Pairs(rows, pair_features(read_items(items, predictor), first, first + 1))


def left_out(pairs: Pairs, wanted: Flags, strength: float, grade: str) -> Floats:
    """The probability of each pair by models that have not seen its group, the mean of some rounds."""
    rounds = np.zeros((ROUNDS, len(wanted)))
    for number in range(ROUNDS):
        folds = GroupKFold(FOLDS, shuffle=True, random_state=SEED + number)
        for learned, asked in folds.split(pairs.features, wanted, pairs.groups):
            weights, bias = learn(pairs.features[learned], wanted[learned], strength)
            rounds[number, asked] = 1 / (1 + np.exp(-(pairs.features[asked] @ weights + bias)))
    result: Floats = rounds.mean(axis=0)
    if grade == "same":
        result[told_apart(pairs.features)] = 0
    return result


def learn(features: npt.NDArray[np.float32], wanted: Flags, strength: float) -> tuple[Floats, float]:
    """Weights and bias of a logistic regression on the features as they are; the scaling is folded in."""
    scaler = StandardScaler().fit(features)
    model = LogisticRegression(C=strength, max_iter=5000).fit(scaler.transform(features), wanted)
    weights = model.coef_[0] / scaler.scale_
    return weights, float(model.intercept_[0] - weights @ scaler.mean_)


def figures(score: Floats, wanted: Flags, threshold: float) -> tuple[float, float, float]:
    """Precision, recall and F1 of "at least the threshold"."""
    said = score >= threshold
    hit = int((said & wanted).sum())
    precision, recall = hit / max(int(said.sum()), 1), hit / max(int(wanted.sum()), 1)
    return precision, recall, 2 * hit / max(int(said.sum() + wanted.sum()), 1)


def best_threshold(score: Floats, wanted: Flags, precision: float = 0.0) -> float:
    """The threshold of the best F1 among those that reach the precision; the best of all if none does."""
    measured = [(*figures(score, wanted, limit), limit) for limit in np.unique(score)]
    allowed = [row for row in measured if row[0] >= precision] or measured
    return float(max(allowed, key=lambda row: (row[2], row[0]))[3])


def log_loss(score: Floats, wanted: Flags) -> float:
    """Mean of minus the logarithm of what was right's probability."""
    return float(-np.log(np.clip(np.where(wanted, score, 1 - score), 1e-6, 1)).mean())


def _loss_of(scores: dict[float, Floats], wanted: Flags, strength: float) -> float:
    return log_loss(scores[strength], wanted)


def fit(pairs: Pairs) -> dict[str, Any]:
    """The content of ``weights.json``."""
    out: dict[str, Any] = {"features": list(FEATURES), "pairs": len(pairs.rows), "seed": SEED}
    for grade, wanted, precision in (("same", pairs.same, PRECISION), ("similar", pairs.alike, 0.0)):
        scores = {strength: left_out(pairs, wanted, strength, grade) for strength in STRENGTHS}
        strength = min(STRENGTHS, key=partial(_loss_of, scores, wanted))
        weights, bias = learn(pairs.features, wanted, strength)
        limit = best_threshold(scores[strength], wanted, precision)
        out[grade] = {
            "weights": [round(float(weight), 5) for weight in weights],
            "bias": round(bias, 5),
            "threshold": round(limit, 3),
            "strength": strength,
            "left_out": [round(value, 3) for value in figures(scores[strength], wanted, limit)],
        }
    return out


def jaccard(a: str, b: str) -> float:
    """Shared syllables of all syllables."""
    first, second = set(read(a).words), set(read(b).words)
    return len(first & second) / max(len(first | second), 1)


def tfidf_cosine(rows: Sequence[dict[str, Any]], learned: Sequence[dict[str, Any]]) -> Floats:
    """Cosine of TF-IDF rows of syllables; the frequencies are those of the pairs learned from."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [" ".join(read(row[side]).words) for row in learned for side in "ab"]
    vectorizer = TfidfVectorizer(token_pattern=r"\S+").fit(texts)
    first, second = (vectorizer.transform([" ".join(read(row[side]).words) for row in rows]) for side in "ab")
    result: Floats = np.asarray(first.multiply(second).sum(axis=1)).ravel()
    return result


def interval(score: Floats, wanted: Flags, threshold: float) -> npt.NDArray[np.float64]:
    """95 % bootstrap intervals of precision, recall and F1, shape ``(3, 2)``."""
    random = np.random.default_rng(SEED)
    drawn = [random.integers(0, len(score), len(score)) for _ in range(RESAMPLES)]
    values = np.array([figures(score[at], wanted[at], threshold) for at in drawn])
    result: npt.NDArray[np.float64] = np.percentile(values, [2.5, 97.5], axis=0).T
    return result


def tables(pairs: Pairs, raw: dict[str, Any]) -> str:
    """The comparison on the test split and the curve on the fit split, as Markdown."""
    learned, asked = pairs.take("fit"), pairs.take("test")
    grades = read_grades(raw)
    left = {
        "same": left_out(learned, learned.same, raw["same"]["strength"], "same"),
        "similar": left_out(learned, learned.alike, raw["similar"]["strength"], "similar"),
    }
    methods = {
        "Jaccard of syllables": [np.array([jaccard(r["a"], r["b"]) for r in part.rows]) for part in (learned, asked)],
        "TF-IDF cosine": [tfidf_cosine(part.rows, learned.rows) for part in (learned, asked)],
        "**Ý Dân**": [left["same"], same_probabilities(grades["same"], asked.features).astype(np.float64)],
    }
    counts = {part: [row["label"] for row in rows.rows] for part, rows in (("fit", learned), ("test", asked))}
    lines = [
        *(f"{part}: {len(labels)} pairs, " + ", ".join(f"{labels.count(label)} {label}" for label in LABELS) + "  "
          for part, labels in counts.items()),
        "",
        "| Grade, method | Threshold | Precision | Recall | F1 |",
        "|---|---|---|---|---|",
    ]  # fmt: skip
    for name, (on_fit, on_test) in methods.items():
        for rule, precision in (("best F1", 0.0), ("precision ≥ 0.9", PRECISION)):
            limit = best_threshold(on_fit, learned.same, precision)
            if name == "**Ý Dân**" and precision:
                limit = grades["same"].threshold
                lines.append(_row(f"same, {name}, {rule} on fit (**in use**)", on_test, asked.same, limit))
            else:
                lines.append(_row(f"same, {name}, {rule} on fit", on_test, asked.same, limit))
    either = np.maximum(
        grades["similar"].probabilities(asked.features), same_probabilities(grades["same"], asked.features)
    )
    lines.append(_row("same or similar, **Ý Dân** (**in use**)", either, asked.alike, grades["similar"].threshold))
    lines += ["", "| `same` threshold | Precision | Recall | F1 |", "|---|---|---|---|"]
    for limit in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        values = figures(left["same"], learned.same, limit)
        lines.append(f"| {limit:.1f} | " + " | ".join(f"{value:.3f}" for value in values) + " |")
    return "\n".join(lines) + "\n"


def _row(name: str, score: Floats, wanted: Flags, threshold: float) -> str:
    values, bounds = figures(score, wanted, threshold), interval(score, wanted, threshold)
    cells = [f"{value:.3f} [{low:.3f}, {high:.3f}]" for value, (low, high) in zip(values, bounds, strict=True)]
    return f"| {name} | {threshold:.3f} | " + " | ".join(cells) + " |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``fit`` or ``evaluate``; 0 done, 2 wrong use."""
    parser = argparse.ArgumentParser(prog="python -m ydan_training.alike", description=__doc__.partition("\n")[0])
    parser.add_argument("command", choices=("fit", "evaluate"))
    parser.add_argument("--pairs", type=Path, default=Path("data/alike/pairs.jsonl"))
    parser.add_argument("--weights", type=Path, default=Path("models/ydan/alike/weights.json"))
    parser.add_argument("--page", type=Path, default=Path("docs/alike.md"), help="page that the table is written into")
    options = parser.parse_args(arguments)
    try:
        pairs = read_pairs(options.pairs, Predictor.load())
        if options.command == "fit":
            raw = fit(pairs.take("fit"))
            options.weights.write_text(json.dumps(raw, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            print(
                f"wrote {options.weights}: " + ", ".join(f"{g} from {raw[g]['threshold']}" for g in ("same", "similar"))
            )
            return 0
        table = tables(pairs, json.loads(options.weights.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        print(f"ydan_training.alike: {error}", file=sys.stderr)
        return 2
    if options.page.exists():
        write_between(options.page, "alike", table)
    print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())

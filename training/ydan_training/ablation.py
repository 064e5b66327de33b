"""``ydan-train ablate``: what each part of the features earns and costs, measured, as ``docs/ablations.md``.

Each variant learns the heads (all but the matters, which take the longest and decide nothing here) from the
training split and is asked about our own test split and any further set. Layers, table and limits are left out:
they stand on the heads, so a head that gains nothing gains nothing above.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import ComplementNB

from ydan.cues import CueHit, Document, load_cues, read
from ydan.features import Vocabulary, feature_keys
from ydan.features.keys import CUE, PLAIN
from ydan.text import fold, normalize, words
from ydan_training.config import Config
from ydan_training.corpus import LabelledOpinion, read_jsonl
from ydan_training.evaluation import metrics
from ydan_training.fitting.heads import fit_head
from ydan_training.fitting.knowledge import taxonomy_sayings
from ydan_training.fitting.targets import Target, targets

Floats = npt.NDArray[np.float32]
KeyMaker = Callable[[Document, list[CueHit]], list[str]]
ASKED = ("topic", "type", "level", "code")


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to make features, or to learn from them; ``blend`` adds other learners to the linear SVM."""

    name: str
    keys: KeyMaker = feature_keys
    undiacritized: float | None = None
    taxonomy: float | None = None
    blend: bool = False


def _without(prefix: str) -> KeyMaker:
    return lambda document, hits: [key for key in feature_keys(document, hits) if not key.startswith(prefix)]


def _both_spellings(document: Document, hits: list[CueHit]) -> list[str]:
    plain = [PLAIN + word for word in document.plain]
    return sorted({*feature_keys(document, hits), *plain, *(" ".join(pair) for pair in pairwise(plain))})


def _short_runs(document: Document, hits: list[CueHit]) -> list[str]:
    return [key for key in feature_keys(document, hits) if key.count(" ") < 2 or key.startswith(CUE)]


def _characters(document: Document, hits: list[CueHit]) -> list[str]:
    text = f" {' '.join(document.plain)} "
    runs = {f"c:{text[at : at + size]}" for size in (3, 4, 5) for at in range(len(text) - size + 1)}
    return feature_keys(document, hits) + sorted(runs)


def _segmented(document: Document, hits: list[CueHit]) -> list[str]:
    parts = [word.lower() for word in words(document.aligned.text)]
    pairs = {f"w:{first}_{second}" for first, second in pairwise(parts)}
    return feature_keys(document, hits) + sorted({f"w:{part}" for part in parts} | pairs)


VARIANTS = (
    Variant("the default"),
    Variant("without cue features (lexicon)", _without(CUE)),
    Variant("each feature also without its diacritics", _both_spellings),
    Variant("runs of one and two syllables only", _short_runs),
    Variant("nothing learned twice without diacritics", undiacritized=0.0),
    Variant("without the taxonomy's own words", taxonomy=0.0),
    Variant("with character runs of 3 to 5", _characters),
    Variant("with words segmented by underthesea", _segmented),
    Variant("ensemble: SVM, logistic regression, complement naive Bayes", blend=True),
)


def ablate(config: Config, files: Sequence[Path], output: Path) -> int:
    """Measure every variant and write the table to ``output``."""
    rows = read_jsonl(config.path("corpus", "train"))
    sets = {file.stem: read_jsonl(file) for file in (config.path("corpus", "test"), *files)}
    lines = [
        "# What each part earns",
        "",
        f"Written by `ydan-train ablate`: heads learned from {len(rows)} opinions of the training split, seed "
        f"{int(config.number('model', 'seed'))}. The figures are the heads' own, before the competence table, the "
        "layers and the limits. `Code F1` is micro-averaged over the ten reasons that the text itself gives. "
        "Reading is the time from text to features, one core, microseconds an opinion.",
        "",
    ]
    results = [(variant, *_measure(variant, rows, sets, config)) for variant in VARIANTS]
    for name, part in sets.items():
        lines += [f"## {name} ({len(part)} opinions)", ""]
        lines += ["| Variant | Topic macro-F1 | Topic acc. | Type acc. | Level acc. | Code F1 | Features | Reading |"]
        lines += ["|---|---|---|---|---|---|---|---|"]
        for variant, figures, features, micros in results:
            cells = " | ".join(f"{value:.3f}" for value in figures[name])
            lines.append(f"| {variant.name} | {cells} | {features} | {micros:.0f} µs |")
        lines.append("")
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))
    return 0


def _measure(
    variant: Variant, rows: Sequence[LabelledOpinion], sets: dict[str, list[LabelledOpinion]], config: Config
) -> tuple[dict[str, list[float]], int, float]:
    """Figures of each set, the number of features, microseconds of reading an opinion."""
    print(f"measuring: {variant.name}", flush=True)
    seed = int(config.number("model", "seed"))
    begun = time.perf_counter()
    keys = [_keys(variant, row.text) for row in rows]
    micros = (time.perf_counter() - begun) / len(rows) * 1e6
    share = config.number("augment", "undiacritized") if variant.undiacritized is None else variant.undiacritized
    dice = np.random.default_rng(seed)
    again = [number for number in range(len(rows)) if dice.random() < share]
    copies = [_keys(variant, fold(normalize(rows[number].text).text)) for number in again]
    weight = config.number("augment", "taxonomy") if variant.taxonomy is None else variant.taxonomy
    sayings = [(saying.topic, _keys(variant, saying.text)) for saying in taxonomy_sayings()] if weight else []
    vocabulary = Vocabulary.learn(
        [*keys, *copies, *(said for _, said in sayings)],
        at_least=int(config.number("vocabulary", "at_least")),
        at_most=int(config.number("vocabulary", "at_most")),
        power=config.number("vocabulary", "idf_power"),
    )
    matrix = sparse.vstack([vocabulary.rows(keys), vocabulary.rows(copies)]).tocsr()
    chosen = np.array([*range(len(rows)), *again], dtype=np.int64)
    wanted = [target for target in targets(rows) if target.name in ASKED]
    asked = {name: vocabulary.rows([_keys(variant, row.text) for row in part]) for name, part in sets.items()}
    answers: dict[str, dict[str, Floats]] = {name: {} for name in sets}
    said = vocabulary.rows([found for _, found in sayings])
    for target in wanted:
        rows_of, labels, counts = matrix, target.answers[chosen], np.ones(len(chosen))
        if target.name == "topic" and sayings:
            rows_of = sparse.vstack([matrix, said]).tocsr()
            labels = np.concatenate([labels, [target.labels.index(topic) for topic, _ in sayings]])
            counts = np.concatenate([counts, np.full(len(sayings), weight)])
        taught = Target(target.name, target.kind, target.labels, labels)
        weights, bias = fit_head(rows_of, taught, config.number("heads", target.name), seed, counts)
        for name, asked_rows in asked.items():
            answers[name][target.name] = asked_rows @ weights + bias
        if variant.blend and target.kind == "one":
            for name, more in _others(rows_of, taught, asked).items():
                answers[name][target.name] = _standard(answers[name][target.name]) + more
    return {name: _figures(part, answers[name]) for name, part in sets.items()}, len(vocabulary), micros


def _keys(variant: Variant, text: str) -> list[str]:
    document = read(text)
    return variant.keys(document, load_cues().find(document))


def _others(matrix: sparse.csr_matrix, target: Target, asked: dict[str, sparse.csr_matrix]) -> dict[str, Floats]:
    """Scores of a logistic regression and a complement naive Bayes, each brought to one scale, summed."""
    total = {name: np.zeros((rows.shape[0], len(target.labels)), dtype=np.float32) for name, rows in asked.items()}
    for model in (LogisticRegression(C=8.0, max_iter=400), ComplementNB(alpha=0.3)):
        model.fit(matrix, target.answers)
        for name, rows in asked.items():
            scores = model.predict_log_proba(rows)
            full = np.full(total[name].shape, scores.min(), dtype=np.float32)
            full[:, model.classes_] = scores
            total[name] += _standard(full)
    return total


def _standard(scores: Floats) -> Floats:
    spread = scores.std(axis=1, keepdims=True)
    result: Floats = (scores - scores.mean(axis=1, keepdims=True)) / np.where(spread == 0, 1.0, spread)
    return result


def _figures(rows: Sequence[LabelledOpinion], scores: dict[str, Floats]) -> list[float]:
    """Topic macro-F1 and accuracy, type and level accuracy, micro-F1 of the codes."""
    known = {target.name: target for target in targets(rows)}
    said = {name: [known[name].labels[at] for at in scores[name].argmax(axis=1)] for name in ("topic", "type", "level")}
    clear = [number for number, row in enumerate(rows) if row.level != "unclear"]
    flags = scores["code"] > 0
    wanted = known["code"].answers == 1
    return [
        metrics.macro_f1([row.topic for row in rows], said["topic"]),
        metrics.accuracy([row.topic for row in rows], said["topic"]),
        metrics.accuracy([row.type for row in rows], said["type"]),
        metrics.accuracy([rows[n].level for n in clear], [said["level"][n] for n in clear]),
        metrics.flags(wanted.ravel().tolist(), flags.ravel().tolist())["f1"],
    ]

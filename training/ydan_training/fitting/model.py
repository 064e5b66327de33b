"""The whole fit: vocabulary, heads, out-of-fold scores, calibration, layers, thresholds – a bundle comes out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from ydan.competence import load_competence
from ydan.model import Bundle, LinearHeads
from ydan.model.heads import link
from ydan.model.signals import (
    LEVELS,
    RANKS,
    Reading,
    Signals,
    TableAnswers,
    above_host,
    allowed_levels,
    escalation_input_names,
    escalation_inputs,
    level_input_names,
    level_inputs,
)
from ydan.opinion import Session
from ydan_training.config import Config
from ydan_training.corpus import LabelledOpinion
from ydan_training.fitting.calibrate import calibrated
from ydan_training.fitting.folds import folds
from ydan_training.fitting.layers import fit_layer
from ydan_training.fitting.lessons import Lessons
from ydan_training.fitting.targets import Target, targets
from ydan_training.fitting.thresholds import accuracy_limit, best_flag_limit, recall_limit

Floats = npt.NDArray[np.float32]
HEADS = ("topic", "matter", "type", "level", "code")


def fit(rows: Sequence[LabelledOpinion], config: Config, say: Callable[[str], None]) -> Bundle:
    """Learn a bundle from labelled opinions; the same rows, configuration and seed give the same bundle."""
    seed = int(config.number("model", "seed"))
    say(f"reading {len(rows)} opinions")
    lessons = Lessons.prepare(rows, config)
    wanted = targets(rows)
    strengths = {name: config.number("heads", name) for name in HEADS}
    scores = np.zeros((len(rows), sum(len(target.labels) for target in wanted)), dtype=np.float32)
    authors = [row.author or row.id for row in rows]
    for number, (learned, held) in enumerate(
        folds(authors, [row.group for row in rows], int(config.number("heads", "folds"))), 1
    ):
        say(f"fold {number}: learning from {len(learned)}, scoring {len(held)}")
        weights, bias = lessons.learn(wanted, learned, strengths, seed)
        scores[held] = lessons.opinions[held] @ weights + bias
    say(f"learning from all {len(rows)}, {len(lessons.vocabulary)} features")
    weights, bias = lessons.learn(wanted, np.arange(len(rows), dtype=np.int64), strengths, seed)

    say("calibrating, fitting the layers, choosing the limits on what was held out")
    heads, column = [], 0
    for target in wanted:
        heads.append(calibrated(target, scores[:, column : column + len(target.labels)]))
        column += len(target.labels)
    linear = LinearHeads(lessons.vocabulary, weights, bias, heads)
    held_out = {name: link(head, scores[:, linear.columns[name]]) for name, head in linear.heads.items()}
    sessions = [Session(date.fromisoformat(row.date), row.host_level) for row in rows]
    table = TableAnswers(load_competence(), linear.heads["matter"].labels)
    reading = Reading(lessons.documents, lessons.hits, lessons.opinions)
    signals = Signals(reading, sessions, held_out, table.distribution(held_out["matter"], sessions))
    return _decide(rows, wanted, linear, signals, config)


def _decide(
    rows: Sequence[LabelledOpinion], wanted: Sequence[Target], linear: LinearHeads, signals: Signals, config: Config
) -> Bundle:
    """Layers and limits, all on held-out signals."""
    codes = linear.heads["code"].labels
    by_name = {target.name: target for target in wanted}
    values = level_inputs(signals)
    names = level_input_names(codes)
    level_layer = fit_layer(values, by_name["level"].answers, names, LEVELS, config.number("layers", "level"))
    allowed = allowed_levels(signals.sessions)
    level = np.zeros((len(rows), len(LEVELS)), dtype=np.float32)
    goes_up = np.zeros(len(rows), dtype=np.float32)
    up = np.array([row.escalate for row in rows])
    authors = [row.author or row.id for row in rows]
    splits = list(folds(authors, [row.group for row in rows], int(config.number("heads", "folds"))))
    for learned, held in splits:
        layer = fit_layer(
            values[learned], by_name["level"].answers[learned], names, LEVELS, config.number("layers", "level")
        )
        level[held] = layer.probabilities(values[held], allowed[held])
    ups = escalation_inputs(signals, level, codes)
    up_names = escalation_input_names(codes, linear.heads["type"].labels)
    strength = config.number("layers", "escalation")
    for learned, held in splits:
        layer = fit_layer(ups[learned], up[learned].astype(np.int64), up_names, ("escalate",), strength)
        goes_up[held] = layer.probabilities(ups[held])[:, 0]
    escalation_layer = fit_layer(ups, up.astype(np.int64), up_names, ("escalate",), strength)
    thresholds = _thresholds(rows, by_name, signals, level, goes_up, codes, config)
    return Bundle(
        name=str(config.values["model"]["name"]),
        version=str(config.values["model"]["version"]),
        heads=linear,
        level_layer=level_layer,
        escalation_layer=escalation_layer,
        thresholds=thresholds,
        about={},
    )


def _thresholds(
    rows: Sequence[LabelledOpinion],
    by_name: dict[str, Target],
    signals: Signals,
    level: Floats,
    goes_up: Floats,
    codes: tuple[str, ...],
    config: Config,
) -> dict[str, Any]:
    accuracy = config.number("thresholds", "accuracy")
    code = signals.probabilities["code"]
    limits = {
        name: best_flag_limit(code[:, n], by_name["code"].answers[:, n] == 1, beta=1.3) for n, name in enumerate(codes)
    }
    chosen = level.argmax(axis=1)
    higher = np.array([RANKS.get(LEVELS[at], -1) > RANKS[row.host_level] for at, row in zip(chosen, rows, strict=True)])
    already = higher | (code >= np.array([limits[name] for name in codes], dtype=np.float32)).any(axis=1)
    up = np.array([row.escalate for row in rows])
    limits["escalate"] = recall_limit(goes_up, up, already, config.number("thresholds", "escalation_recall"))
    required = already | (goes_up >= limits["escalate"])
    topic, type_ = signals.probabilities["topic"], signals.probabilities["type"]
    matter = signals.probabilities["matter"]
    review = {
        "topic": accuracy_limit(topic.max(axis=1), topic.argmax(axis=1) == by_name["topic"].answers, accuracy),
        "type": accuracy_limit(type_.max(axis=1), type_.argmax(axis=1) == by_name["type"].answers, 0.9),
        "level": accuracy_limit(level.max(axis=1), chosen == by_name["level"].answers, 0.9),
        "matter": 0.5,
        "known_share": 0.5,
        "escalate_low": 0.15,
        "escalate_high": 0.6,
    }
    above = above_host(level, signals.sessions)
    return {
        "codes": limits,
        "matter": accuracy_limit(matter.max(axis=1), matter.argmax(axis=1) == by_name["matter"].answers, 0.8),
        "secondary": 0.2,
        "review": review,
        "out_of_fold": {
            "topic_accuracy": _share(topic.argmax(axis=1) == by_name["topic"].answers),
            "matter_accuracy": _share(matter.argmax(axis=1) == by_name["matter"].answers),
            "type_accuracy": _share(type_.argmax(axis=1) == by_name["type"].answers),
            "level_accuracy": _share(chosen == by_name["level"].answers),
            "escalation_recall": _share(required[up]),
            "escalation_precision": _share(up[required]),
            "above_mean": round(float(above.mean()), 4),
        },
    }


def _share(right: npt.NDArray[np.bool_]) -> float:
    return round(float(right.mean()), 4)

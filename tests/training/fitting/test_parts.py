"""The parts of a fit, each by itself."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from tests.training.tiny import tiny_config, tiny_rows
from ydan.model.heads import link
from ydan.taxonomy import load_taxonomy
from ydan_training.fitting.calibrate import calibrated
from ydan_training.fitting.folds import folds
from ydan_training.fitting.heads import fit_head
from ydan_training.fitting.knowledge import taxonomy_sayings
from ydan_training.fitting.layers import fit_layer
from ydan_training.fitting.lessons import Lessons
from ydan_training.fitting.targets import Target, targets
from ydan_training.fitting.thresholds import accuracy_limit, best_flag_limit, recall_limit


def test_an_author_is_learned_from_or_held_out_never_both() -> None:
    """A score out of fold is a score on a stranger."""
    authors = [f"a{n % 6}" for n in range(60)]
    for learned, held in folds(authors, authors, 3):
        assert {authors[n] for n in learned}.isdisjoint({authors[n] for n in held})


def test_too_few_authors_fall_back_to_author_and_matter() -> None:
    """Better than refusing a small corpus."""
    groups = [f"a/{n % 5}" for n in range(20)]
    for learned, held in folds(["a"] * 20, groups, 3):
        assert {groups[n] for n in learned}.isdisjoint({groups[n] for n in held})


def test_over_sure_scores_are_cooled() -> None:
    """Scores that are right 60 % of the time end at a confidence of about 0.6."""
    answers = np.array([0] * 6 + [1] * 4)
    scores = np.tile(np.array([[9.0, -9.0]], dtype=np.float32), (10, 1))
    head = calibrated(Target("topic", "one", ("x", "y"), answers), scores)
    assert link(head, scores)[0, 0] == pytest.approx(0.6, abs=0.02)


def test_a_code_that_never_occurs_stays_improbable() -> None:
    """No answer to learn from: a low, constant chance."""
    target = Target("code", "any", ("danger",), np.zeros((5, 1), dtype=np.int64))
    head = calibrated(target, np.zeros((5, 1), dtype=np.float32))
    assert link(head, np.zeros((1, 1), dtype=np.float32))[0, 0] < 0.1


def test_weighted_rows_count_more() -> None:
    """Two rows contradict each other; the heavier one wins."""
    rows = sparse.csr_matrix(np.array([[1.0], [1.0], [0.5], [0.5]], dtype=np.float32))
    target = Target("topic", "one", ("x", "y"), np.array([0, 1, 0, 1]))
    for heavy in (0, 1):
        weight = np.array([9.0, 0.1, 9.0, 0.1]) if heavy == 0 else np.array([0.1, 9.0, 0.1, 9.0])
        weights, bias = fit_head(rows, target, 1.0, 1, weight)
        scores = np.array([1.0]) @ weights + bias
        assert scores.argmax() == heavy


def test_a_layer_answers_in_all_labels_even_those_it_never_saw() -> None:
    """The missing one gets next to nothing."""
    layer = fit_layer(np.eye(4, dtype=np.float32), np.array([0, 0, 2, 2]), list("abcd"), ("x", "y", "z"), 1.0)
    found = layer.probabilities(np.eye(4, dtype=np.float32))
    assert found.shape == (4, 3)
    assert found[:, 1].max() < 0.01
    assert found.argmax(axis=1).tolist() == [0, 0, 2, 2]


def test_the_recall_asked_for_is_kept() -> None:
    """The limit lies so low that nine in ten are found."""
    score = np.linspace(0, 1, 100, dtype=np.float32)
    wanted = score > 0.4
    limit = recall_limit(score, wanted, np.zeros(100, dtype=np.bool_), 0.9)
    assert (score[wanted] >= limit).mean() >= 0.9


def test_the_limits_separate_what_can_be_separated() -> None:
    """A flag with a clean gap; an accuracy that holds above a point."""
    score = np.array([0.1, 0.2, 0.7, 0.8], dtype=np.float32)
    assert 0.2 < best_flag_limit(score, score > 0.5, beta=1.3) <= 0.7
    sure = np.array([0.9, 0.8, 0.7, 0.6, 0.5], dtype=np.float32)
    right = np.array([True, True, True, False, False])
    assert accuracy_limit(sure, right, 0.95) > 0.6


def test_the_taxonomy_teaches_topics_and_matters_only() -> None:
    """Every matter has a saying; the other heads learn nothing from it."""
    said = taxonomy_sayings()
    assert {saying.matter for saying in said if saying.matter} == set(load_taxonomy().matters)
    config = tiny_config()
    config.values["augment"]["taxonomy"] = 0.3
    lessons = Lessons.prepare(tiny_rows(), config)
    taught = {t.name: len(lessons._sayings_of(t)[0]) for t in targets(tiny_rows())}
    assert taught["topic"] > taught["matter"] > 1000
    assert taught["type"] == taught["level"] == taught["code"] == 0


def test_each_opinion_is_learned_once_more_without_diacritics() -> None:
    """Copies have keys of their own."""
    lessons = Lessons.prepare(tiny_rows(), tiny_config())
    assert len(lessons.copied) == len(tiny_rows())
    keys = {lessons.vocabulary.keys[at] for at in lessons.copies.indices}
    assert any(key.startswith("~") for key in keys)
    assert not any(lessons.vocabulary.keys[at].startswith("~") for at in lessons.opinions.indices)

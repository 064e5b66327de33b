"""Fit the chains with CRFsuite and hand them over as plain numbers."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from functools import reduce
from pathlib import Path

import numpy as np
import pycrfsuite

from ydan.minutes.chain import Chain
from ydan.minutes.changes import CHANGES, NEW, SAME, Said, change_features
from ydan.minutes.model import MinutesModel
from ydan.minutes.roles import ROLES
from ydan.minutes.splitting import DOCUMENT, SINGLE, TAGS, TopicsOf, observe_turns
from ydan_training.minutes.lessons import Lesson, TaggedTurn, role_sequence, tagged_turns

Sequences = Sequence[tuple[list[list[str]], Sequence[str]]]

SPLITTER = {"c1": 0.1, "c2": 0.2, "max_iterations": 100}
CHANGE = {"c1": 0.5, "c2": 0.5, "max_iterations": 100}
_NEAR = 40
DOCUMENTS_COUNT = 2
"""How often a turn out of a document counts: the single turns are harder than life."""
ROLE = {"c1": 0.2, "c2": 0.1, "max_iterations": 120}


def fit_minutes(
    documents: Sequence[Lesson],
    turns: Sequence[Lesson],
    changes: Chain,
    topics: TopicsOf,
    version: str,
    plain: Sequence[Lesson] = (),
) -> MinutesModel:
    """The chains from documents and single turns. Deterministic: L-BFGS from zero."""
    roles = fit_chain([role_sequence(lesson) for lesson in (*documents, *turns, *plain)], ROLES, ROLE)
    spoken = [turn for lesson in documents for turn in tagged_turns(lesson)]
    single = [turn for lesson in turns if not lesson.answers for turn in tagged_turns(lesson)]
    laid_out = [turn for lesson in plain for turn in tagged_turns(lesson)]
    sequences = [
        *split_sequences(laid_out, topics, changes, DOCUMENT),
        *split_sequences(spoken * DOCUMENTS_COUNT, topics, changes, DOCUMENT),
        *split_sequences(single, topics, changes, SINGLE),
    ]
    splitter = fit_chain(sequences, TAGS, SPLITTER)
    about = {
        "documents": len(documents),
        "turns": len(turns),
        "opinions": sum(len(lesson.opinions) for lesson in (*documents, *turns)),
    }
    return MinutesModel(version, roles, splitter, changes, about)


def fit_changes(opinions: Sequence[str], topics: TopicsOf, seed: int) -> Chain:
    """Learn from the corpus how matters go on and how they open: each opinion there is one matter.

    Sentences inside an opinion go on; the first sentence of another opinion, put after it, opens. The corpus is in
    the order its authors wrote, so the other opinion is drawn from near by: same author, often the same speaker.
    """
    rng = np.random.default_rng(seed)
    pieces = [sentences_of(text) for text in opinions]
    flat = [piece for parts in pieces for piece in parts]
    rows = topics(flat)
    begins = np.cumsum([0, *(len(parts) for parts in pieces)])
    sequences = []
    for number, parts in enumerate(pieces):
        own = rows[begins[number] : begins[number + 1]]
        said = [Said.of(part) for part in parts]
        for at in range(1, len(parts)):
            low = max(0, at - 2)
            before = reduce(Said.then, said[low:at])
            features = change_features(before, said[at], own[low:at].mean(axis=0), own[at])
            sequences.append(([features], [SAME]))
        other = int(number + rng.integers(1, _NEAR)) % len(pieces)
        ahead = max(0, len(parts) - 2)
        opens = Said.of(pieces[other][0])
        features = change_features(
            reduce(Said.then, said[ahead:]), opens, own[ahead:].mean(axis=0), rows[begins[other]]
        )
        sequences.append(([features], [NEW]))
    return fit_chain(sequences, CHANGES, CHANGE)


def sentences_of(text: str) -> list[str]:
    """The sentences of an opinion, at least one.

    >>> sentences_of("Đường lầy. Xe ngã suốt; xã sửa đi!")
    ['Đường lầy.', 'Xe ngã suốt;', 'xã sửa đi!']
    """
    return [part for part in re.split(r"(?<=[.!?…;])\s+", text.strip()) if part] or [text]


def split_sequences(tagged: Sequence[TaggedTurn], topics: TopicsOf, changes: Chain, source: str) -> Sequences:
    """Features beside tags."""
    observed = observe_turns([turn.text for turn in tagged], [turn.opening for turn in tagged], topics, changes, source)
    return [(one.rows(), turn.tags) for one, turn in zip(observed, tagged, strict=True)]


def fit_chain(sequences: Sequences, labels: Sequence[str], settings: dict[str, float]) -> Chain:
    """A chain from feature lists and labels."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({**settings, "feature.possible_transitions": True})
    for features, tags in sequences:
        if features:
            trainer.append(features, list(tags))
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "chain.crfsuite")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
        tagger.close()
    order = {label: at for at, label in enumerate(labels)}
    names: dict[str, int] = {}
    rows: list[list[float]] = []
    for (name, label), weight in info.state_features.items():
        at = names.setdefault(name, len(names))
        if at == len(rows):
            rows.append([0.0] * len(labels))
        rows[at][order[label]] = weight
    moves = np.zeros((len(labels), len(labels)), dtype=np.float32)
    for (before, after), weight in info.transitions.items():
        moves[order[before], order[after]] = weight
    return Chain(tuple(labels), names, np.asarray(rows, dtype=np.float32), moves)

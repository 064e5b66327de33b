"""The chain's arithmetic against sums over all paths."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ydan.minutes.chain import Chain, Observed

LABELS = ("B", "I", "O")
FEATURES = ("a", "b", "c", "d")
SEQUENCES = st.lists(st.lists(st.sampled_from([*FEATURES, "unknown"]), max_size=3), min_size=1, max_size=5)


def random_chain(seed: int) -> Chain:
    rng = np.random.default_rng(seed)
    weights, moves = rng.normal(size=(len(FEATURES), 3)), rng.normal(size=(3, 3))
    return Chain(LABELS, {f: at for at, f in enumerate(FEATURES)}, weights.astype(np.float32), moves.astype(np.float32))


def paths(chain: Chain, sequence: Sequence[Sequence[str]]) -> dict[tuple[int, ...], float]:
    """The score of every labelling."""
    own = [sum((chain.weights[chain.features[f]] for f in row if f in chain.features), np.zeros(3)) for row in sequence]
    scores = {}
    for path in product(range(3), repeat=len(sequence)):
        steps = sum(float(chain.moves[a, b]) for a, b in pairwise(path))
        scores[path] = steps + sum(float(own[at][label]) for at, label in enumerate(path))
    return scores


@given(st.integers(0, 999), SEQUENCES)
def test_decode_finds_the_best_of_all_paths(seed: int, sequence: list[list[str]]) -> None:
    """Viterbi is as good as trying every labelling."""
    chain = random_chain(seed)
    scores = paths(chain, sequence)
    said = tuple(LABELS.index(label) for label in chain.decode(sequence))
    assert scores[said] == pytest.approx(max(scores.values()), abs=1e-4)


@given(st.integers(0, 999), st.lists(SEQUENCES, max_size=5))
def test_sequences_decoded_together_are_labelled_as_alone(seed: int, sequences: list[list[list[str]]]) -> None:
    """Lengths differ; none takes another's labels."""
    chain = random_chain(seed)
    together = chain.best([chain.scores(sequence) for sequence in sequences])
    assert together == [chain.decode(sequence) for sequence in sequences]


@given(st.integers(0, 99), st.lists(st.lists(st.sampled_from("xyz"), max_size=5), min_size=1, max_size=4), st.data())
def test_what_is_observed_scores_as_its_rows_do(seed: int, texts: list[list[str]], data: st.DataObject) -> None:
    """Columns and spans are only a shorter way to write lists of features."""
    features = {f: at for at, f in enumerate(("w=x", "w=y", "v=x", "here", "there"))}
    rng = np.random.default_rng(seed)
    chain = Chain(LABELS, features, rng.normal(size=(5, 3)).astype(np.float32), np.zeros((3, 3), np.float32))
    seen = []
    for text in texts:
        spans = []
        for name in data.draw(st.lists(st.sampled_from(("here", "there", "unknown")), max_size=3)):
            first = data.draw(st.integers(0, len(text)))
            spans.append((first, data.draw(st.integers(first, len(text))), [name, "here"]))
        seen.append(Observed(len(text), {"w": text, "v": text[::-1]}, spans))
    for one, scores in zip(seen, chain.observe(seen), strict=True):
        assert scores == pytest.approx(chain.scores(one.rows()), abs=1e-5)
    assert chain.observe([]) == []


def test_an_empty_sequence_has_no_labels() -> None:
    """A file without a speech."""
    assert random_chain(0).decode([]) == []


def test_long_sequences_neither_overflow_nor_vanish() -> None:
    """Ten thousand positions are labelled like ten."""
    said = random_chain(1).decode([["a", "b"], ["c"]] * 5_000)
    assert said[:8] == random_chain(1).decode([["a", "b"], ["c"]] * 10)[:8]
    assert len(said) == 10_000

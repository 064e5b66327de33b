"""The chain's arithmetic against sums over all paths."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ydan.minutes.chain import Chain

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


@given(st.integers(0, 999), SEQUENCES)
def test_marginals_are_shares_of_all_paths(seed: int, sequence: list[list[str]]) -> None:
    """Forward-backward gives each label the weight of the paths through it; they sum to 1."""
    chain = random_chain(seed)
    weights = {path: np.exp(score) for path, score in paths(chain, sequence).items()}
    marginals = chain.marginals(sequence)
    assert marginals.sum(axis=1) == pytest.approx(np.ones(len(sequence)), abs=1e-4)
    for at, label in product(range(len(sequence)), range(3)):
        share = sum(w for path, w in weights.items() if path[at] == label) / sum(weights.values())
        assert marginals[at, label] == pytest.approx(share, abs=1e-4)


def test_an_empty_sequence_has_no_labels() -> None:
    """A file without a speech."""
    assert random_chain(0).decode([]) == []
    assert random_chain(0).marginals([]).shape == (0, 3)


def test_long_sequences_neither_overflow_nor_vanish() -> None:
    """Ten thousand positions: the marginals still are probabilities."""
    marginals = random_chain(1).marginals([["a", "b"], ["c"]] * 5_000)
    assert np.isfinite(marginals).all()
    assert marginals.sum(axis=1) == pytest.approx(np.ones(10_000), abs=1e-3)

"""Numbered features and rows of length one."""

from __future__ import annotations

import numpy as np

from ydan.features import Vocabulary

DOCUMENTS = [["a", "b"], ["a", "c"], ["a", "b", "d"]]


def test_rare_keys_are_left_out() -> None:
    """A key that one document has teaches nothing."""
    assert Vocabulary.learn(DOCUMENTS, at_least=2, at_most=10).keys == ["a", "b"]


def test_the_commonest_are_kept_when_there_are_too_many() -> None:
    """The limit on features drops the rare ones."""
    assert Vocabulary.learn(DOCUMENTS, at_least=1, at_most=1).keys == ["a"]


def test_rows_have_length_one_and_unknown_keys_no_weight() -> None:
    """An opinion of eighty words must not outweigh one of eight."""
    rows = Vocabulary.learn(DOCUMENTS, at_least=1, at_most=10).rows([["a", "b", "unseen"], []])
    lengths = np.sqrt(rows.toarray() ** 2 @ np.ones(rows.shape[1]))
    assert np.allclose(lengths, [1.0, 0.0])


def test_rare_keys_weigh_more() -> None:
    """Inverse document frequency."""
    vocabulary = Vocabulary.learn(DOCUMENTS, at_least=1, at_most=10)
    assert vocabulary.idf[vocabulary.index["d"]] > vocabulary.idf[vocabulary.index["a"]]

"""Numbered features and rows of length one."""

from __future__ import annotations

import numpy as np
import pytest

from tests.models.text.hostile import HOSTILE
from ydan.cues import load_cues, read
from ydan.features import Vocabulary, feature_keys
from ydan.features.keys import other_keys, word_keys

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


@pytest.mark.parametrize("text", [text for _, text in HOSTILE], ids=[name for name, _ in HOSTILE])
def test_rows_made_from_syllables_are_those_made_from_keys(text: str) -> None:
    """Training learns from keys, serving looks syllables up: the numbers must be the same to the last bit."""
    texts = [text, "Đường xóm 4 hỏng, bao giờ xã sửa đường?", "duong xom lay loi, xin xa sua duong"]
    documents = [read(one) for one in texts]
    hits = [load_cues().find(document) for document in documents]
    keys = [feature_keys(document, found) for document, found in zip(documents, hits, strict=True)]
    vocabulary = Vocabulary.learn([part[::2] for part in keys], at_least=1, at_most=100_000)
    slow = vocabulary.rows(keys)
    others = [other_keys(document, found) for document, found in zip(documents, hits, strict=True)]
    fast, known_share = vocabulary.rows_of([word_keys(document) for document in documents], others)
    for name in ("indptr", "indices", "data"):
        assert np.array_equal(getattr(slow, name), getattr(fast, name))
    for document, share in zip(documents, known_share, strict=True):
        words = word_keys(document)
        assert share == (sum(word in vocabulary.index for word in words) / len(words) if words else 0)

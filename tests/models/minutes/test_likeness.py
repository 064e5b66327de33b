"""Likeness of two texts by the words that tell a meeting's opinions apart."""

from __future__ import annotations

import pytest

from ydan.minutes.likeness import resemblance, word_keys, word_weights

TEXTS = ["Đường liên thôn từ cầu Đá lầy lội.", "Điện sinh hoạt yếu, tối không nấu được cơm."]


def test_resemblance_is_one_for_the_same_words() -> None:
    """And nothing for none shared; symmetric."""
    weights = word_weights(TEXTS)
    assert resemblance(TEXTS[0], TEXTS[0], weights) == pytest.approx(1)
    assert resemblance(TEXTS[0], TEXTS[1], weights) == 0
    assert resemblance("", TEXTS[0], weights) == 0


def test_words_without_meaning_count_only_beside_one_with() -> None:
    """“và” alone says nothing."""
    assert word_keys("và") == set()
    assert "duong va" in word_keys("đường và")

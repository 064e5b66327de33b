"""Folding: no diacritics, same offsets."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from ydan.text.fold import VIETNAMESE, count_letters, fold


def test_every_vietnamese_letter_folds_to_its_base() -> None:
    """All 134 letters fold to a to z."""
    assert len(VIETNAMESE) == 67
    for letter in VIETNAMESE + VIETNAMESE.upper():
        base = unicodedata.normalize("NFD", letter.lower())[0].replace("đ", "d")
        assert fold(letter) == base


def test_both_paths_fold_alike() -> None:
    """One character outside the private code page changes nothing for the others."""
    text = "Đề nghị UBND xã: 36 m² – “ổ gà” ŨỨỴ\t\x1f…"
    assert fold(text + "中")[:-1] == fold(text)
    assert count_letters(text + " 中") == (count_letters(text)[0] + 1, count_letters(text)[1])


@given(st.text())
def test_folding_any_text_keeps_its_length(text: str) -> None:
    """One character in, one out, also for İ, ß and final sigma."""
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)

"""Every text function meets every hostile text."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable

import pytest

from tests.models.text.hostile import HOSTILE
from ydan.text import (
    AlignedText,
    diacritic_share,
    expand,
    find_personal,
    fold,
    is_undiacritized,
    language_guess,
    legacy_encoding,
    mask,
    normalize,
    syllables,
    unify_tones,
)

every_text = pytest.mark.parametrize("text", [text for _, text in HOSTILE], ids=[name for name, _ in HOSTILE])

ALIGNED: dict[str, Callable[[str], AlignedText]] = {
    "normalize": normalize,
    "mask": mask,
    "expand": lambda text: expand(AlignedText.of(text)),
    "all": lambda text: expand(mask(normalize(text).text)),
}
PLAIN: dict[str, Callable[[str], object]] = {
    "fold": fold,
    "unify_tones": unify_tones,
    "syllables": syllables,
    "find_personal": find_personal,
    "diacritic_share": diacritic_share,
    "is_undiacritized": is_undiacritized,
    "language_guess": language_guess,
    "legacy_encoding": legacy_encoding,
}


@every_text
@pytest.mark.parametrize("name", [*ALIGNED, *PLAIN])
def test_every_function_answers_within_a_second(name: str, text: str) -> None:
    """No text of 100,000 characters or fewer makes a function raise or take a second."""
    function = {**ALIGNED, **PLAIN}[name]
    began = time.process_time()
    function(text)
    assert time.process_time() - began < 1.0


@every_text
@pytest.mark.parametrize("name", ALIGNED)
def test_every_span_maps_back_inside_the_original(name: str, text: str) -> None:
    """A token's span maps to a span of the original, in order and inside it."""
    aligned = ALIGNED[name](text)
    last = 0
    for token in syllables(aligned.text)[:2000]:
        start, end = aligned.original_span(token.start, token.end)
        assert 0 <= last <= start <= end <= len(aligned.original)
        assert aligned.from_original(start, end)[0] <= token.start
        last = start


@every_text
@pytest.mark.parametrize("name", ["normalize", "mask"])
def test_doing_it_twice_changes_nothing(name: str, text: str) -> None:
    """Normalizing and masking are idempotent."""
    once = ALIGNED[name](text).text
    assert ALIGNED[name](once).text == once


@every_text
def test_folding_keeps_the_length_and_folds_once(text: str) -> None:
    """Folded text shares its offsets with the text, and folding it again changes nothing."""
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@every_text
def test_tokens_are_in_order_and_are_what_stands_there(text: str) -> None:
    """Each token's text is the text at its span; spans are sorted and apart."""
    end = 0
    for token in syllables(text):
        assert end <= token.start < token.end
        assert text[token.start : token.end] == token.text
        end = token.end


@every_text
def test_normalized_text_is_encodable_and_composed(text: str) -> None:
    """What comes out is NFC, can be written as UTF-8, and holds no control character but the newline."""
    clean = normalize(text).text
    clean.encode("utf-8")
    assert unicodedata.is_normalized("NFC", clean)
    assert not [c for c in clean if unicodedata.category(c) == "Cc" and c != "\n"]

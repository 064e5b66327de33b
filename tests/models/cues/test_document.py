"""A document keeps the way from each word back to the citizen's own characters."""

from __future__ import annotations

import pytest

from tests.models.text.hostile import HOSTILE
from ydan.cues import read


def test_a_word_that_was_an_abbreviation_points_at_the_abbreviation() -> None:
    """``UBND`` becomes four words; each of them spans the four letters that were written."""
    document = read("Mong UBND xã xem lại")
    at = document.words.index("ban")
    assert document.original[slice(*document.span(at, at))] == "UBND"


def test_personal_numbers_are_masked_before_anything_is_read() -> None:
    """No feature, cue or log can hold a telephone number."""
    document = read("Gọi tôi số 0912 345 678 nhé")
    assert not any("912" in word for word in document.words)


def test_a_sentence_break_parts_phrases() -> None:
    """ "Đường. Huyện" is not a district road."""
    assert " đường . huyện " in read("Sửa đường. Huyện đã biết.").joined


@pytest.mark.parametrize("text", ["duong lien thon hong nang lam", "de nghi xa sua cong"])
def test_typed_without_marks_is_seen(text: str) -> None:
    """Phrases are then sought without marks, and only then."""
    assert read(text).undiacritized


@pytest.mark.parametrize("text", [text for _, text in HOSTILE], ids=[name for name, _ in HOSTILE])
def test_hostile_text_gives_spans_inside_the_text(text: str) -> None:
    """Whatever comes in, every word's span lies in the text as given."""
    document = read(text)
    for at in range(0, len(document.words), max(1, len(document.words) // 50)):
        begin, end = document.span(at, at)
        assert 0 <= begin <= end <= len(text)


@pytest.mark.parametrize("text", [text for _, text in HOSTILE], ids=[name for name, _ in HOSTILE])
def test_every_word_is_found_again_by_its_place_in_the_joined_text(text: str) -> None:
    """Full stops between the words are not counted."""
    document = read(text[:3000])
    offset = 1
    for at, word in enumerate(document.words):
        offset += 2 * (at in document.breaks)
        assert document.joined.startswith(f"{word} ", offset)
        assert document.word_at(offset) == at
        offset += len(word) + 1

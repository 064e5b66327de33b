"""Phrases are found as whole syllables, with gaps, in one pass."""

from __future__ import annotations

import pytest

from ydan.cues import PhraseMatcher, read


def found(phrases: list[str], text: str) -> list[tuple[int, int]]:
    matcher = PhraseMatcher([(phrase, 0) for phrase in phrases])
    return [(hit.first, hit.last) for hit in matcher.find(read(text))]


def test_a_phrase_matches_whole_syllables_only() -> None:
    """``đê`` is a dyke, ``đêm`` is the night."""
    assert found(["đê"], "đêm qua nước tràn") == []
    assert found(["đê"], "nước tràn đê rồi") == [(2, 2)]


def test_a_star_stands_for_up_to_four_syllables() -> None:
    """Four in between are found, five are not."""
    assert found(["ngân sách * hạn hẹp"], "ngân sách của xã ta vẫn còn hạn hẹp") == []
    assert found(["ngân sách * hạn hẹp"], "ngân sách của xã ta còn hạn hẹp") == [(0, 7)]
    assert found(["ngân sách * hạn hẹp"], "ngân sách hạn hẹp") == [(0, 3)]


def test_marks_are_ignored_only_in_text_without_marks() -> None:
    """``ma`` without marks may be ``mạ``; with marks it may not."""
    assert found(["ma tuý"], "ban ma tuy o dau ngo nha toi") == [(1, 2)]
    assert found(["ma tuý"], "Bà con gieo mạ tuỳ vụ, đường thì hỏng") == []


def test_a_phrase_without_words_is_refused() -> None:
    """An empty line in a rule file must not match everywhere."""
    with pytest.raises(ValueError, match="rỗng"):
        PhraseMatcher([(" * ", 1)])


def test_no_phrases_find_nothing() -> None:
    """An empty lexicon is allowed."""
    assert PhraseMatcher([]).find(read("Đường hỏng")) == []

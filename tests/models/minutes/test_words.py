"""Phrase lists and where they stand in a line."""

from __future__ import annotations

import pytest

from ydan.minutes.words import Line, any_of, either, folded, load_words, loose, phrases, section_of, spelled
from ydan.text import lower, unify_tones


def test_every_phrase_is_lower_case_with_one_way_of_placing_tones() -> None:
    for lists in load_words().values():
        for words in lists.values():
            assert all(word == unify_tones(lower(word)) and word == " ".join(word.split()) for word in words)
            assert words == tuple(sorted(words, key=len, reverse=True))


@pytest.mark.parametrize("text", ["Chủ trì: ông Hòa", "chu tri: ong Hoa", "İ Đảng uỷ", ""])
def test_the_searched_text_is_as_long_as_the_line(text: str) -> None:
    assert len(Line.of(text).low) == len(text)


def test_marks_tell_words_apart_where_there_are_marks() -> None:
    assert not Line.of("Chú Trí hỏi đường vào xóm").finds("people_head", "chairs")
    assert Line.of("chu tri hoi nghi la ong An").finds("people_head", "chairs")


def test_loose_phrases_are_found_with_and_without_marks_on_one_line() -> None:
    voters = loose("kind_weight", "voters")
    assert [hit[0] for hit in voters.finditer("cử tri hỏi, cu tri nêu, cụ trí nói")] == ["cử tri", "cu tri"]


def test_a_gap_stands_for_a_few_words_of_the_same_line() -> None:
    pattern = any_of(["quyết định số … bị khiếu nại"])
    assert pattern.search("quyết định số 3/qđ-ubnd bị  khiếu nại")
    assert not pattern.search("quyết định số 3\nbị khiếu nại")


def test_whole_syllables_only_and_the_longest_phrase_first() -> None:
    assert not phrases("people", "honorifics").search("ôngg")
    assert any_of(["ý kiến phát biểu", "ý kiến"]).search("ý kiến phát biểu").group() == "ý kiến phát biểu"  # type: ignore[union-attr]


def test_spelling_is_marked_or_plain_or_either() -> None:
    assert spelled("venue", "at", plain=False) == either(["tại"])
    assert spelled("venue", "at", plain=True) == folded("venue", "at") == either(["tai"])
    assert spelled("venue", "at") == either(["tai", "tại"])


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("II. Ý KIẾN CỦA NHÂN DÂN", "opinions"),
        ("Trả lời ý kiến của Nhân dân", "answers"),
        ("IV. Kết luận của chủ trì", "conclusion"),
        ("Thôn Đông", None),
        ("TRA LOI", "answers"),
    ],
)
def test_a_heading_announces_what_it_names_first(heading: str, section: str | None) -> None:
    assert section_of(Line.of(heading)) == section

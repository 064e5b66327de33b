"""Minutes as a run of speeches."""

from __future__ import annotations

from ydan.minutes.extract import Cell, Piece, build_extract
from ydan.minutes.speeches import Speech, read_speeches


def speeches_of(*texts: str) -> list[tuple[str, Speech]]:
    extract = build_extract(map(Piece, texts), "txt")
    return [(extract.text[speech.words : speech.end], speech) for speech in read_speeches(extract)]


def test_a_paragraph_is_cut_where_another_person_speaks() -> None:
    said = speeches_of("Ông Vũ Tý (thôn 4): đường lầy. Bà Hà Mùi (thôn 2): đèn tắt.")
    assert [words for words, _ in said] == ["đường lầy.", "đèn tắt."]
    assert [speech.intro.speaker for _, speech in said if speech.intro] == ["Vũ Tý", "Hà Mùi"]


def test_a_person_who_is_only_mentioned_does_not_speak() -> None:
    assert len(speeches_of("Đường lầy. Ông Vũ Tý ngã hôm qua.")) == 1


def test_an_answer_in_the_middle_is_a_speech_of_its_own() -> None:
    said = speeches_of("- bà Mận t3: nhà bên lấn đất. ct tra loi: xã sẽ đo lại.")
    assert [speech.reply for _, speech in said] == [False, True]


def test_an_official_who_answers_is_a_reply() -> None:
    ((_, speech),) = speeches_of("Đ/c Chủ tịch UBND xã trả lời việc này thuộc huyện.")
    assert speech.reply


def test_headings_open_sections_and_villages_group_opinions() -> None:
    said = speeches_of("II. Ý KIẾN CỦA NHÂN DÂN", "THÔN ĐÔNG", "- Đường lầy.", "III. TRẢ LỜI", "- Xã sẽ sửa.")
    assert [(speech.section, speech.group) for _, speech in said if speech.heading is None] == [
        ("opinions", "THÔN ĐÔNG"),
        ("answers", None),
    ]


def test_the_title_opens_no_section() -> None:
    ((_, title), (_, first)) = speeches_of("BIỂU TỔNG HỢP Ý KIẾN ĐỐI THOẠI", "- Đường lầy.")
    assert title.heading is None
    assert first.section is None


def test_what_stands_up_to_the_title_groups_no_opinions() -> None:
    """Neither the office of the letterhead, though it names a commune, nor the title itself."""
    said = speeches_of("UBND XÃ TÂN LẬP", "BIÊN BẢN", "Hội nghị đối thoại với Nhân dân", "1. Ông Mão: Đường lầy lội.")
    assert {speech.group for _, speech in said} == {None}


def test_tables_are_read_elsewhere() -> None:
    assert read_speeches(build_extract([Piece("Đường lầy.", "cell", cell=Cell(0, 0, 0))], "docx")) == []

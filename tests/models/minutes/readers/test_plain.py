from __future__ import annotations

import textwrap

import pytest

from tests.models.minutes.readers.building import ANSWER, OPENING, OPINION, QUESTION, rows, texts
from ydan.minutes.extract import Extract
from ydan.minutes.readers import read_bytes

PARAGRAPHS = [OPENING, "I. Ý KIẾN", f"1. {OPINION}", ANSWER, QUESTION, "Bà Nguyễn Thị Tư, thôn 4: nước sạch yếu."]


def read(text: str, name: str = "a.txt") -> Extract:
    return read_bytes(text.encode(), name)


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_wrapped_paragraphs_are_joined_at_any_width(width: int) -> None:
    assert texts(read("\n\n".join(textwrap.fill(text, width) for text in PARAGRAPHS))) == PARAGRAPHS


@pytest.mark.parametrize("width", [72, 80, 100])
def test_wrapped_paragraphs_without_blank_lines_are_told_apart(width: int) -> None:
    assert texts(read("\n".join(textwrap.fill(text, width) for text in PARAGRAPHS))) == PARAGRAPHS


@pytest.mark.parametrize("width", [60, 72, 80])
def test_items_hung_under_their_number_and_indented_first_lines_are_joined(width: int) -> None:
    items = [f"{number}. {OPINION}" for number in (1, 2)] + [f"- {ANSWER}"]
    hung = [textwrap.fill(item, width, subsequent_indent="   ") for item in items]
    indented = [textwrap.fill(text, width, initial_indent="     ") for text in (OPENING, ANSWER)]
    assert texts(read("\n".join(hung + indented))) == [*items, OPENING, ANSWER]


def test_one_paragraph_a_line_stays_as_it_is() -> None:
    lines = [OPINION, "đường lầy lội quá", "đèn hỏng", ANSWER, "xã chưa trả lời dứt điểm việc này", QUESTION]
    extract = read("\n".join(lines))
    assert texts(extract) == lines
    assert [block.place.paragraph for block in extract.blocks] == [1, 2, 3, 4, 5, 6]


def test_short_lines_in_small_letters_are_opinions_of_their_own() -> None:
    lines = [
        "đường thôn 2 xuống cấp, đi lại khó khăn lắm",
        "đề nghị xã làm cống thoát nước cho xóm chùa vì mưa là ngập",
        "điện yếu giờ cao điểm, quạt không chạy được",
        "chợ xã họp lấn ra lòng đường gây tắc, mong xã dẹp",
    ]
    assert texts(read("\n".join(lines))) == lines


def test_the_letterhead_and_signatures_are_read_column_by_column() -> None:
    head = (
        "ỦY BAN NHÂN DÂN              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "   XÃ TÂN LẬP                     Độc lập - Tự do - Hạnh phúc\n"
        "   --------                       ---------------\n"
        "                              Tân Lập, ngày 5 tháng 3 năm 2026\n\n"
        "                 BIÊN BẢN\n        Hội nghị đối thoại\n\n"
    )
    assert texts(
        read(head + OPENING + "\n\n   THƯ KÝ                    CHỦ TRÌ\n(Ký tên)             (Đóng dấu)\n")
    ) == [
        "ỦY BAN NHÂN DÂN",
        "XÃ TÂN LẬP",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Tân Lập, ngày 5 tháng 3 năm 2026",
        "BIÊN BẢN",
        "Hội nghị đối thoại",
        OPENING,
        "THƯ KÝ",
        "(Ký tên)",
        "CHỦ TRÌ",
        "(Đóng dấu)",
    ]


def test_a_tab_behind_a_number_is_no_column() -> None:
    assert texts(read("1.\tĐường lầy\n2.\tĐiện yếu\n")) == ["1. Đường lầy", "2. Điện yếu"]


def test_page_numbers_beside_form_feeds_are_dropped() -> None:
    extract = read("Đường lầy.\n\n   - 1 -\n\fĐiện yếu.\n\n2\n\f")
    assert texts(extract) == ["Đường lầy.", "Điện yếu."]
    assert extract.dropped == ("số trang",)


def test_markdown_gives_headings_cells_and_plain_words() -> None:
    extract = read(
        "# Biên bản\n\n**Ông An:** đề nghị *sửa* [đường](http://a.vn)\n\n"
        "| STT | Nội dung |\n|---|---|\n| 1 | `a` \\| b |\n",
        "a.md",
    )
    assert texts(extract, "heading") == ["Biên bản"]
    assert texts(extract, "paragraph") == ["Ông An: đề nghị sửa đường"]
    assert rows(extract) == [["STT", "Nội dung"], ["1", "a | b"]]


def test_markdown_is_known_also_in_a_txt_file() -> None:
    assert texts(read("## Ý kiến\n- **Đường** lầy\n")) == ["Ý kiến", "- Đường lầy"]

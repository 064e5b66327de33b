from __future__ import annotations

import pytest

from ydan.minutes.readers.marks import ends_sentence, is_item, is_page_number, is_speaker, is_title


@pytest.mark.parametrize(
    "text",
    ["- Đường", "+ Điện", "• Rác", "– Nước", "1. Đường", "12) Điện", "(3) Rác", "1.2. Chợ", "2.1 Về điện", "a) Xã",
     "đ) Huyện", "IV. KẾT LUẬN", "II/ Ý kiến", "Điều 3. Hiệu lực", "Câu 2: đường", "Ý kiến 5: điện", "Nội dung 2: rác"],
)  # fmt: skip
def test_items_are_known(text: str) -> None:
    assert is_item(text)


@pytest.mark.parametrize(
    "text",
    ["3,5 tỷ đồng", "15/3/2026 họp", "390 qua xã", "2.500 hộ", "1.500.000 đồng", "Ý kiến khác", "Vì vậy", "I", "-5 độ"],
)
def test_numbers_in_running_text_are_no_items(text: str) -> None:
    assert not is_item(text)


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("Ông Trần Văn Bình, thôn 2: đường lầy", True),
        ("Bà Lê Thị Hoa (thôn 4) hỏi", True),
        ("Cử tri xã Tân Lập: điện yếu", True),
        ("Đồng chí Chủ tịch trả lời: đã rõ", True),
        ("Ông bà ta vẫn nói", False),
        ("Cử tri đề nghị sửa đường.", False),
    ],
)
def test_speakers_are_known(text: str, speaks: bool) -> None:
    assert is_speaker(text) is speaks


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("5", True), ("- 12 -", True), ("Trang 2/5", True), ("Page 3 of 9", True), ("2026 hộ", False), ("", False)],
)
def test_page_numbers_are_known(text: str, numbers: bool) -> None:
    assert is_page_number(text) is numbers


def test_sentences_and_titles_are_known() -> None:
    assert ends_sentence("đã xong.”")
    assert not ends_sentence("đã xong, và")
    assert is_title("BIÊN BẢN 12")
    assert not is_title("12/5")

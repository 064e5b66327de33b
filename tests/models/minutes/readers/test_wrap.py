from __future__ import annotations

import pytest

from ydan.minutes.readers.wrap import Line, Measure, join

MEASURE = Measure(0, 40, 1, 0.5)


def line(text: str, left: int = 0, **more: bool) -> Line:
    return Line(text, left, left + len(text), len(text.split()[0]), **more)


def joined(*lines: Line, measure: Measure = MEASURE) -> list[str]:
    return [" ".join(each.text for each in paragraph) for paragraph in join(lines, measure)]


FULL = "đề nghị xã sớm sửa đường thôn hai bị lún"
ENDED = "Đường thôn hai bị lún sâu, xe khó đi lại."


@pytest.mark.parametrize(
    ("before", "after", "goes_on"),
    [
        (FULL, "sụt", True),
        (FULL, "Nhà văn hóa", True),
        ("đường lún", "sụt", False),
        (FULL, "- Điện yếu", False),
        (FULL, "2. Điện yếu", False),
        (FULL, "a) Điện yếu", False),
        (ENDED, "Điện cũng yếu", True),
        (ENDED, "Ông Trần Văn Tư: điện yếu", False),
        (FULL, "Ông Trần Văn Tư: điện yếu", True),
        ("BIÊN BẢN HỘI NGHỊ ĐỐI THOẠI XÃ TÂN LẬP", "Hôm nay, ngày 5 tháng 3", False),
        ("báo cáo trước ngày 30/4, giao cho năm 2020", "- 2025 thực hiện", True),
    ],
)
def test_a_line_goes_on_only_where_its_first_word_did_not_fit(before: str, after: str, goes_on: bool) -> None:
    assert (len(joined(line(before), line(after))) == 1) is goes_on


def test_room_above_and_an_indent_start_a_paragraph() -> None:
    assert joined(line(ENDED), line("Điện yếu", gap=True)) == [ENDED, "Điện yếu"]
    assert joined(line(ENDED), line("Điện yếu", left=5)) == [ENDED, "Điện yếu"]


def test_the_first_line_of_a_page_goes_on_with_the_last_of_the_page_before() -> None:
    assert joined(line(FULL), line("sụt lún", gap=True, across=True)) == [f"{FULL} sụt lún"]


def test_where_nothing_marks_paragraphs_a_full_sentence_ends_one() -> None:
    short = ENDED[:-3] + "."
    assert joined(line(short), line("Điện yếu"), measure=MEASURE._replace(marked=False)) == [short, "Điện yếu"]


def test_lines_that_stand_alone_are_never_joined() -> None:
    assert joined(line(FULL, alone=True), line("sụt")) == [FULL, "sụt"]

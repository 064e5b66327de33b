"""The body becomes blocks; tables become cells."""

from __future__ import annotations

import pytest

from tests.training.minutes.sample import BODY
from ydan_training.minutes.blocks import BodyError, head_length, header_spans, merge_spans, read_body


def _lines(text: str) -> list[tuple[int, str]]:
    return list(enumerate(text.splitlines(), 1))


def test_every_kind_of_line_is_told_apart() -> None:
    """By what it starts with."""
    blocks = read_body(_lines(BODY)).blocks
    assert [block.kind for block in blocks] == [
        *("columns", "columns", "centred", "centred", "paragraph", "heading", "subheading", "number", "number"),
        *("table", "heading", "bullet", "bullet", "number"),
    ]
    assert head_length(blocks) == 4
    assert (blocks[1].text, blocks[1].right) == ("Số: 12/BB-UBND", "Độc lập - Tự do - Hạnh phúc")


def test_a_table_keeps_its_header_rows_and_the_line_breaks_in_cells() -> None:
    """Marks hold a | of their own, which is no border."""
    table = next(block for block in read_body(_lines(BODY)).blocks if block.kind == "table")
    assert [row[1] for row in table.header] == ["Người nêu", "Họ tên"]
    assert table.rows[0][3] == "Cột điện đầu xóm nghiêng hẳn về phía đường.\nĐề nghị điện lực dựng lại."
    assert header_spans(table.header) == [(0, 1, 0, 2), (0, 0, 1, 0), (0, 3, 1, 3)]


def test_a_head_with_an_empty_left_side_is_no_table() -> None:
    """Two bars open it, one bar opens a row."""
    [block] = read_body(_lines("|| Hưng Long, ngày 16 tháng 10 năm 2025")).blocks
    assert (block.kind, block.text, block.right) == ("columns", "", "Hưng Long, ngày 16 tháng 10 năm 2025")


def test_the_first_row_is_the_header_where_none_is_marked() -> None:
    """A header of one row merges nothing."""
    [table] = read_body(_lines("| TT | Nội dung |\n| 1 | ⟦1|Đường hỏng⟧ |")).blocks
    assert (table.header, table.rows, table.width) == ((("TT", "Nội dung"),), (("1", "Đường hỏng"),), 2)
    assert header_spans(table.header) == []


def test_empty_cells_are_not_merged() -> None:
    """Two people without an address do not share one."""
    assert list(merge_spans([("", "a"), ("", "b"), ("c", "b"), ("c", "b")])) == [(2, 0, 3, 0), (1, 1, 3, 1)]


@pytest.mark.parametrize(
    ("body", "line", "says"),
    [
        ("a\n⟦1|b", 2, "not closed"),
        ("| a | b |\n| 1 |", 2, "1 cells"),
        ("| a | b |\n| ⟦1|x | y⟧ |", 2, "border"),
        ("| a |\n| 1 |\n|= b |", 3, "header rows come first"),
    ],
)
def test_a_wrong_line_is_named_by_its_number(body: str, line: int, says: str) -> None:
    """So that the writer finds it."""
    with pytest.raises(BodyError, match=says) as caught:
        read_body(_lines(body))
    assert caught.value.line == line

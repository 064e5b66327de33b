"""What the columns of a table hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.models.minutes.small import table
from ydan.minutes.columns import Grid, cell_text, column_kind, read_grids
from ydan.minutes.extract import Extract

LONG = "Đường vào thôn lầy lội quanh năm, mưa xuống là ngập, đề nghị xã làm sớm."
REPLY = "Xã đã ghi vốn năm nay, sẽ rải đá trong quý này."


def grid(rows: Sequence[Sequence[str]]) -> tuple[Grid, Extract]:
    extract = table(rows)
    return read_grids(extract)[0], extract


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("TT", "number"),
        ("Họ và tên", "speaker"),
        ("Địa chỉ", "address"),
        ("Họ tên, địa chỉ", "speaker"),
        ("Tên thôn", "address"),
        ("Nội dung kiến nghị, phản ánh", "content"),
        ("Trả lời của UBND xã", "answer"),
        ("Tiếp thu của đại biểu", "answer"),
        ("Thời hạn", "deadline"),
        ("Số hộ cùng ý kiến đã được ghi lại trong các cuộc họp thôn và tổ dân phố", None),
        ("", None),
    ],
)
def test_headers_say_what_a_column_holds(header: str, kind: str | None) -> None:
    """The longest phrase decides, of equals the first; a sentence is no header."""
    assert column_kind(header)[0] == kind


def test_a_header_below_a_letterhead_is_found() -> None:
    """Sheets have the organ, the motto and a title above, in the same table."""
    found, _extract = grid(
        [
            ["ĐẢNG ỦY XÃ", "", "ĐẢNG CỘNG SẢN"],
            ["BẢNG TỔNG HỢP", "", ""],
            [
                "Ý kiến gửi trước hội nghị, qua phiếu và hòm thư của các thôn, tổ dân phố; mỗi thôn một tờ",
                "",
                "",
            ],
            ["", "", ""],
            ["(kèm theo Công văn số 12)", "", ""],
            ["STT", "Người gửi", "Nội dung"],
            ["1", "Tạ Văn Mão", LONG],
            ["2", "Lê Thị Sen", LONG],
        ]
    )
    assert found.columns == {"number": 0, "speaker": 1, "content": 2}
    assert found.body_rows() == [6, 7]


def test_a_group_title_is_no_second_header() -> None:
    """“Thôn Nà Pài” under a full header stays in the body."""
    found, _extract = grid(
        [["STT", "Nội dung", "Ghi chú"], ["I", "Thôn Nà Pài", "họp ngày 02/12"], ["1", LONG, ""], ["2", LONG, ""]]
    )
    assert found.columns == {"number": 0, "content": 1, "note": 2}
    assert found.body_from == 1


def test_a_title_over_several_columns_is_named_by_the_row_below() -> None:
    """“Người nêu” over “Họ tên” and “Địa chỉ”."""
    extract = table(
        [["TT", "Người nêu ý kiến", "", "Nội dung"], ["", "Họ tên", "Địa chỉ", ""], ["1", "A", "thôn 2", LONG]]
    )
    blocks = [
        replace(block, cell=block.cell._replace(column_span=2)) if extract.of(block) == "Người nêu ý kiến" else block
        for block in extract.blocks
        if block.cell is not None and (block.cell.row, block.cell.column) not in {(0, 2), (1, 0), (1, 3)}
    ]
    (found,) = read_grids(replace(extract, blocks=tuple(blocks)))
    assert found.columns == {"number": 0, "speaker": 1, "address": 2, "content": 3}
    assert found.body_from == 2


def test_columns_with_unknown_headers_are_known_by_what_they_hold() -> None:
    """Opinions are long, answers stand to their right, names look like names, deadlines like days."""
    found, _extract = grid(
        [
            ["Thứ tự", "Ai nói", "Ở ấp", "Nói gì", "Bên mình bảo", "Đến khi nào"],
            ["1", "Điểu Khiêm", "Măng Cải", LONG, REPLY, "01/4/2025"],
            ["2", "Thị Brơm", "Măng Cải", LONG, REPLY, "10/4/2025"],
        ]
    )
    assert found.columns == {"address": 2, "content": 3, "answer": 4, "speaker": 1, "deadline": 5}


def test_a_column_of_offices_may_hold_answers() -> None:
    """“Cơ quan trả lời” with whole sentences in it."""
    found, _extract = grid([["TT", "Ý kiến", "Cơ quan trả lời"], ["1", LONG, REPLY], ["2", LONG, REPLY]])
    assert found.columns == {"number": 0, "content": 1, "answer": 2}


@pytest.mark.parametrize(("header", "charges"), [("Cơ quan trả lời", False), ("Đơn vị chủ trì", True)])
def test_offices_that_answered_are_told_from_those_that_are_to_act(header: str, charges: bool) -> None:
    """Only the latter have a task."""
    found, _extract = grid([["TT", "Ý kiến", "Trả lời", header], ["1", LONG, REPLY, "Phòng Kinh tế"]])
    assert found.columns["body"] == 3
    assert found.charges is charges


@pytest.mark.parametrize(
    "rows",
    [
        [["ỦY BAN NHÂN DÂN XÃ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]],
        [["THƯ KÝ\nLê Thị Ái", "CHỦ TRÌ\nTôn Thất Nam"]],
        [["", ""], ["", ""]],
        [["1"]],
    ],
)
def test_letterheads_and_signatures_hold_no_opinions(rows: list[list[str]]) -> None:
    """They are tables in the file, but not of opinions."""
    found, _extract = grid(rows)
    assert not found.holds_opinions


def test_a_table_that_goes_on_after_a_page_keeps_its_columns() -> None:
    """The second piece has no header."""
    first = table([["TT", "Họ tên", "Nội dung"], ["1", "Tạ Văn Mão", LONG]])
    extract = table([["2", "Lê Thị Sen", LONG]], number=1)
    shift = len(first.text) + 1
    moved = tuple(replace(b, start=b.start + shift, end=b.end + shift) for b in extract.blocks)
    both = replace(first, text=f"{first.text}\n{extract.text}", blocks=(*first.blocks, *moved))
    grids = read_grids(both)
    assert [one.columns for one in grids] == [grids[0].columns] * 2
    assert grids[1].body_rows() == [0]


def test_a_merged_cell_reaches_down() -> None:
    """The village of three rows is written once; an empty cell below its end is empty."""
    extract = table([["Thôn", "Nội dung"], ["Đông La", LONG], ["", LONG], ["", LONG]])
    blocks = [
        replace(block, cell=block.cell._replace(row_span=2)) if extract.of(block) == "Đông La" else block
        for block in extract.blocks
        if block.cell is not None and (block.cell.row, block.cell.column) not in {(2, 0), (3, 0)}
    ]
    merged = replace(extract, blocks=tuple(blocks))
    (found,) = read_grids(merged)
    said = [cell_text(merged, found, row, "address") for row in (1, 2, 3)]
    assert [one and one[0] for one in said] == ["Đông La", "Đông La", None]

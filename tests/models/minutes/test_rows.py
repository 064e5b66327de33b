"""What the rows of a table hold."""

from __future__ import annotations

from tests.models.minutes.small import table
from ydan.minutes.columns import read_grids
from ydan.minutes.rows import row_replies, row_turns

LONG = "Đường vào thôn lầy lội quanh năm, mưa xuống là ngập, đề nghị xã làm sớm."
REPLY = "Xã đã ghi vốn, sẽ rải đá trong quý này."


def test_every_row_is_a_turn_with_its_person() -> None:
    """A combined column is taken apart; a row without a name goes on from the row above."""
    extract = table(
        [
            ["TT", "Họ tên, địa chỉ", "Nội dung"],
            ["7", "Bà Lê Thị Sen, thôn 3", LONG],
            ["", "", LONG],
            ["8", "Tạ Văn Mão - thôn 2", LONG],
        ]
    )
    found = list(row_turns(extract, read_grids(extract)))
    assert [(turn.speaker, turn.address, turn.number) for turn in found] == [
        ("Lê Thị Sen", "thôn 3", 7),
        ("Lê Thị Sen", "thôn 3", 1),
        ("Tạ Văn Mão", "thôn 2", 8),
    ]
    assert [turn.row for turn in found] == [(0, 1), (0, 2), (0, 3)]


def test_titles_between_rows_are_groups() -> None:
    """“I | Thôn Nà Pài” names the place of the rows under it."""
    extract = table(
        [
            ["TT", "Nội dung", "Ghi chú"],
            ["I", "Thôn Nà Pài", ""],
            ["1", LONG, ""],
            ["II", "Thôn Lũng Hoa", ""],
            ["1", LONG, ""],
        ]
    )
    found = list(row_turns(extract, read_grids(extract)))
    assert [(turn.group, turn.address) for turn in found] == [
        ("Thôn Nà Pài", "Thôn Nà Pài"),
        ("Thôn Lũng Hoa", "Thôn Lũng Hoa"),
    ]


def test_a_reply_takes_office_and_deadline_of_its_row() -> None:
    """Unless the column says who answered."""
    rows = [
        ["TT", "Ý kiến", "Trả lời", "Đơn vị chủ trì", "Thời hạn"],
        ["1", LONG, REPLY, "Phòng\nKinh tế", "15/4/2026"],
    ]
    extract = table(rows)
    (reply,) = row_replies(extract, read_grids(extract))
    assert (reply.body, reply.deadline, reply.row) == ("Phòng Kinh tế", "15/4/2026", (0, 1))
    rows[0][3] = "Cơ quan trả lời"
    extract = table(rows)
    (reply,) = row_replies(extract, read_grids(extract))
    assert reply.body is None


def test_empty_cells_are_neither_turn_nor_reply() -> None:
    """A row that was never filled in."""
    extract = table([["TT", "Ý kiến", "Trả lời"], ["1", LONG, ""], ["2", "", "x"], ["3", "", ""]])
    grids = read_grids(extract)
    assert len(list(row_turns(extract, grids))) == 1
    assert list(row_replies(extract, grids)) == []

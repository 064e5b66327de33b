"""Marks come off a line, and say where they stood."""

from __future__ import annotations

import pytest

from ydan_training.minutes.marks import MarkError, read_marks


def test_marks_come_off_and_keep_their_place() -> None:
    """The offsets count in the line without marks."""
    clean, marks = read_marks("1. Bà A: ⟦4|Đường hỏng.⟧ ⟨a2>1, 4|Xã sẽ sửa.⟩ Hết. ⟨a3>|Xin ghi nhận.⟩")
    assert clean == "1. Bà A: Đường hỏng. Xã sẽ sửa. Hết. Xin ghi nhận."
    assert [clean[mark.start : mark.end] for mark in marks] == ["Đường hỏng.", "Xã sẽ sửa.", "Xin ghi nhận."]
    assert [(mark.answer, mark.opinions) for mark in marks] == [(None, (4,)), ("a2", (1, 4)), ("a3", ())]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("⟦1|Đường hỏng", "not closed"),
        ("Đường hỏng⟧", "not opened"),
        ("⟦1|Đường ⟦2|hỏng⟧⟧", "overlap"),
        ("⟦1|Đường ⟨a1>1|hỏng⟩⟧", "overlap"),
        ("⟦1|Đường hỏng⟩", "not opened"),
        ("⟦Đường hỏng⟧", "opens no mark"),
        ("⟨2>1|Xã sửa⟩", "opens no mark"),
        ("⟦x|Đường hỏng⟧", "no number"),
        ("⟨a1>x|Xã sửa⟩", "no number"),
        ("⟦1| ⟧", "no words"),
        ("⟦1|- Đường hỏng⟧", "in front of the mark"),
        ("⟨a1>|2. Xã sửa⟩", "in front of the mark"),
    ],
)
def test_a_wrong_mark_is_named(line: str, says: str) -> None:
    """Whatever the slip, the message says which."""
    with pytest.raises(MarkError, match=says):
        read_marks(line)

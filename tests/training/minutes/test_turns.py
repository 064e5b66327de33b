"""Turns are read with the offsets of their matters."""

from __future__ import annotations

from pathlib import Path

import pytest

from ydan_training.minutes.source import SourceError
from ydan_training.minutes.turns import read_turns


def test_turns_keep_text_and_offsets(tmp_path: Path) -> None:
    """Remarks and empty lines are left out; files come by name."""
    (tmp_path / "b.txt").write_text("O Xã sẽ trả lời.\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text(
        "@author=m1\n\nC Kính thưa. ⟦Đường hỏng.⟧ Còn ⟦điện yếu.⟧ Xin hết.\nC Cảm ơn xã.\n", encoding="utf-8"
    )
    first, thanks, official = read_turns(tmp_path)
    assert first.text == "Kính thưa. Đường hỏng. Còn điện yếu. Xin hết."
    assert [first.text[start:end] for start, end in first.opinions] == ["Đường hỏng.", "điện yếu."]
    assert (first.file, first.line, first.is_citizen) == ("a", 3, True)
    assert (thanks.opinions, official.is_citizen, official.file) == ((), False, "b")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Ông A: đường hỏng", "begins with"),
        ("C ", "begins with"),
        ("C ⟦đường hỏng", "not closed"),
        ("O ⟦xã sửa⟧", "hold no opinion"),
        ("C ⟨a1>1|xã sửa⟩", "only"),
    ],
)
def test_a_wrong_turn_is_named_by_file_and_line(line: str, says: str, tmp_path: Path) -> None:
    """So that the writer finds it."""
    (tmp_path / "a.txt").write_text(f"@\n{line}\n", encoding="utf-8")
    with pytest.raises(SourceError, match=rf"a\.txt:2: .*{says}"):
        read_turns(tmp_path)

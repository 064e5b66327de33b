from __future__ import annotations

import pytest

from ydan.errors import ReadError
from ydan.minutes.extract import Cell, Piece
from ydan.minutes.readers.limits import Limits
from ydan.minutes.readers.tidy import clean, finish


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  Đường \t thôn\u00a02 ", "Đường thôn 2"),
        ("xa\u0303", "xã"),
        ("một\u200bhai\ufeff", "mộthai"),
        ("a\r\n \n\nb", "a\nb"),
        ("\uf0b7 Điện", "- Điện"),
        ("\ud83d", "\ufffd"),
        ("\u00ad \u200b", ""),
    ],
)
def test_text_has_one_spelling(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_old_letters_are_found_in_the_text_as_a_whole() -> None:
    extract = finish([Piece("®Ò nghÞ söa ®­êng"), Piece("®iÖn yÕu", cell=Cell(0, 0, 0))], "docx", "a", Limits())
    assert [extract.of(block) for block in extract.blocks] == ["đề nghị sửa đường", "điện yếu"]


def test_a_vertical_tab_is_a_blank_and_a_newline_in_a_cell_stays() -> None:
    pieces = [Piece("một\x0bhai"), Piece("ba\nbốn", cell=Cell(0, 0, 0))]
    assert finish(pieces, "txt", "a", Limits()).text == "một hai\nba\nbốn"


def test_no_words_and_too_many_are_errors() -> None:
    with pytest.raises(ReadError) as caught:
        finish([Piece(" \u200b"), Piece("", cell=Cell(0, 0, 0))], "txt", "a.txt", Limits())
    assert caught.value.code == "no_text"
    with pytest.raises(ReadError) as caught:
        finish([Piece("x" * 11)], "txt", "a.txt", Limits(characters=10))
    assert caught.value.code == "too_long"

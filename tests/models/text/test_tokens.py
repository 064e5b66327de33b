"""Syllables and numbers with their places."""

from __future__ import annotations

import pytest

from ydan.text import Token, syllables


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Đề nghị xã", ["Đề", "nghị", "xã"]),
        ("ĐT390, ĐT.390 và QL.5", ["ĐT", "390", "ĐT", "390", "và", "QL", "5"]),
        ("km3+200", ["km", "3", "200"]),
        ("ô-tô xi-măng", ["ô", "tô", "xi", "măng"]),
        ("Cư M'gar, Ea H’leo", ["Cư", "M'gar", "Ea", "H’leo"]),
        ("1.200.000đ, 3,5 ha. 2026.", ["1.200.000", "đ", "3,5", "ha", "2026"]),
        ("1738/QĐ-UBND", ["1738", "QĐ", "UBND"]),
        ("đ/n xã.Đề", ["đ", "n", "xã", "Đề"]),
        ("'nháy'", ["nháy"]),
        ("[số định danh]", ["số", "định", "danh"]),
        ("😡 ... ", []),
    ],
)
def test_text_is_cut_into_syllables_and_numbers(text: str, words: list[str]) -> None:
    """Letters part from digits, hyphens part, apostrophes and points in numbers hold."""
    assert [token.text for token in syllables(text)] == words


def test_a_token_knows_its_place() -> None:
    """Tokens are named tuples of text, start and end."""
    assert syllables(" sửa đường")[1] == Token("đường", 5, 10)
    assert isinstance(syllables("a")[0], Token)

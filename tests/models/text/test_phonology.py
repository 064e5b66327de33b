"""Legal and illegal syllables."""

from __future__ import annotations

import pytest

from ydan.text.phonology import is_legal, legal_folded

REAL = (
    "đường nghiêng khuỷu quýt giếng gì gìn giết "
    "quốc thuở khoẻ khỏe uỷ ngoằn ngoèo ý yêu yếm hoặc xoong oẹ ấy ưu"
    " ĐƯỜNG kênh nghề gà ghế cả quả khuya huỳnh mỹ kỹ"
)


@pytest.mark.parametrize("word", REAL.split())
def test_real_syllables_are_legal(word: str) -> None:
    """Old and new tone placement, every onset, rare rhymes."""
    assert is_legal(word)


@pytest.mark.parametrize("word", ["road", "bầt", "cê", "ghà", "nge", "được̀", "hổt", "", "été", "qư"])
def test_other_strings_are_not(word: str) -> None:
    """Foreign words, spellings against the rules, stops with a level or falling tone."""
    assert not is_legal(word)


def test_the_folded_set_is_of_plain_letters() -> None:
    """Folded syllables are a to z only."""
    assert all(word.isascii() and word.isalpha() for word in legal_folded())

"""Vietnamese or not, with marks or without."""

from __future__ import annotations

import pytest

from ydan.text import diacritic_share, is_undiacritized, language_guess, normalize


@pytest.mark.parametrize(
    "text",
    [
        "Đề nghị xã sửa đường", "sửa đường", "Đường hỏng", "UBND", "GPMB chậm quá",
        "đg xấu ko đi dc", "ĐN NVH",
        "Ea H'leo", "Krông Pắc, Cư M'gar, Ea Súp, Buôn Đôn", "xã Ia Grai huyện Chư Păh", "Hông biết mần răng",
        "Ok", "xin cảm ơn", "Đắk Lắk", "QL 5 km3+200 hỏng", "Mù Cang Chải", "wifi nhà văn hoá yếu quá",
        "®Ò nghÞ x· söa ®­êng", "Ñeà nghò xaõ söûa ñöôøng", "HS THPT, GV THCS, BHYT",
    ],
)  # fmt: skip
def test_vietnamese_is_never_refused(text: str) -> None:
    """Short, noisy, abbreviated, dialect and highland Vietnamese is Vietnamese."""
    assert language_guess(text) == "vi"


@pytest.mark.parametrize(
    "text",
    [
        "de nghi xa sua duong lien thon", "sua duong lang", "DE NGHI UBND XA SUA DUONG", "mat dien suot ngay",
        "de nghi ubnd xa som giai quyet gcnqsdd cho nguoi dan", "truong hoc thieu giao vien",
    ],
)  # fmt: skip
def test_vietnamese_without_marks_is_told_apart(text: str) -> None:
    """Legal syllables without marks are Vietnamese typed on a phone."""
    assert is_undiacritized(text)
    assert language_guess(text) == "vi-undiacritized"


@pytest.mark.parametrize(
    "text",
    [
        "Please send the documents to the office before the end of the month",
        "The road in our village has been broken for three years and nobody repairs it",
        "Le conseil municipal a décidé de réparer la route du village où habitent les gens",
        "El ayuntamiento tiene que reparar la calle principal del pueblo",
        "Die Gemeinde soll bitte die Straße im Dorf reparieren lassen",
        "请修复村里的道路", "សូមជួសជុលផ្លូវ", "ກະລຸນາສ້ອມແປງທາງ", "الرجاء إصلاح الطريق", "Почините дорогу в деревне",
    ],
)  # fmt: skip
def test_other_languages_are_other(text: str) -> None:
    """A sentence of another language is not Vietnamese."""
    assert language_guess(text) == "other"


@pytest.mark.parametrize("text", ["", "   ", "123 456", "...", "😡😡", "\x00"])
def test_text_without_letters_is_none(text: str) -> None:
    """No letters, no language."""
    assert language_guess(text) == "none"


def test_marked_vietnamese_is_not_undiacritized() -> None:
    """Marks decide, whatever their form was before normalization."""
    text = "Đề nghị xã sửa đường"
    assert not is_undiacritized(text)
    assert diacritic_share(text) > 0.3
    assert diacritic_share("") == 0.0
    assert diacritic_share(normalize(text).text) == diacritic_share(text)

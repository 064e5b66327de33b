"""Old encodings are written so that Ý Dân reads them back."""

from __future__ import annotations

import pytest

from ydan.text.normalize import normalize
from ydan_training.minutes.letters import encode, strip_diacritics

TEXT = "Đề nghị xã sửa đường, khơi thông mương, quý vị ủng hộ những hộ nghèo ở ngõ Giữa kẻo lũ về."


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_what_a_legacy_font_wrote_is_read_back(encoding: str) -> None:
    """The decoder of the core is the judge."""
    assert normalize(encode(TEXT, encoding).decode("cp1252")).text == TEXT


def test_cp1258_is_what_python_decodes() -> None:
    """Tones stand behind their letters."""
    assert normalize(encode(TEXT, "cp1258").decode("cp1258")).text == TEXT


def test_a_capital_with_a_tone_is_a_small_letter_in_tcvn3() -> None:
    """Its fonts had no such letter; a font of capitals showed the small one."""
    assert encode("Ề", "tcvn3") == encode("ề", "tcvn3")


def test_diacritics_come_off() -> None:
    """Whatever way the letter is composed."""
    assert strip_diacritics("Đường ngõ Giữa – đê") == "Duong ngo Giua – de"

"""Who speaks, and where the speech begins."""

from __future__ import annotations

import pytest

from ydan.minutes.speakers import read_intro, read_marker
from ydan.minutes.words import Line


@pytest.mark.parametrize(
    ("text", "speaker", "address", "said"),
    [
        ("- Ông Hoàng Văn Nhị (thôn 4): đường lầy.", "Hoàng Văn Nhị", "thôn 4", "đường lầy."),
        ("1. Bà Sáu – ấp Tân Hoà đề nghị sửa cầu.", "Sáu", "ấp Tân Hoà", "đề nghị sửa cầu."),
        ("Ý kiến 3: bà Vũ Tý, thôn Hạ: nước đục.", "Vũ Tý", "thôn Hạ", "nước đục."),
        ("Ô. Lường Văn Piêng – bản Nà Lốc: mất điện.", "Lường Văn Piêng", "bản Nà Lốc", "mất điện."),
        ("Cử tri Rơ Ông K' Jưng (thôn 2): hết nước.", "Rơ Ông K' Jưng", "thôn 2", "hết nước."),
        ("Y Thim Niê (buôn Kla): rẫy cháy.", "Y Thim Niê", "buôn Kla", "rẫy cháy."),
        ("Trương Văn Đặng (thôn 3): ngập.", "Trương Văn Đặng", "thôn 3", "ngập."),
        ("bà mận t3: nhà bên lấn đất.", "mận", "t3", "nhà bên lấn đất."),
        ("Một số hộ dân khu 3 phản ánh: đèn tắt.", "Một số hộ dân khu 3", "khu 3", "đèn tắt."),
        ("ong Nguyen Van An thon 2 de nghi lam duong", "Nguyen Van An", "thon 2", "de nghi lam duong"),
    ],
)
def test_an_introduction_gives_speaker_and_address(text: str, speaker: str, address: str, said: str) -> None:
    intro = read_intro(Line.of(text))
    assert intro is not None
    assert (intro.speaker, intro.address, text[intro.end :]) == (speaker, address, said)


@pytest.mark.parametrize(
    "text", ["Đường vào xóm lầy lắm, đề nghị sửa.", "Ông Nhị đã nói rồi.", "O THÀNH PHẦN: đ/c An", "", "1.", "- "]
)
def test_ordinary_words_introduce_nobody(text: str) -> None:
    assert read_intro(Line.of(text)) is None


def test_in_the_middle_of_a_paragraph_a_colon_or_a_reporting_verb_must_follow() -> None:
    assert read_intro(Line.of("Ông Vũ Tý (thôn 4) có hai con."), strict=True) is None
    assert read_intro(Line.of("Ông Vũ Tý (thôn 4) đề nghị sửa cầu."), strict=True) is not None


@pytest.mark.parametrize(
    ("text", "words"),
    [("1. - Đường", "Đường"), ("a) Đường", "Đường"), ("(3) Đường", "Đường"), ("2024 là năm", "2024 là năm"), ("", "")],
)
def test_markers_are_passed_over(text: str, words: str) -> None:
    assert text[read_marker(text) :] == words

"""One spelling for what looks the same."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ydan.text import AlignedText, normalize, unify_tones


def test_clean_text_comes_back_untouched() -> None:
    """Clean text has no steps."""
    text = "Đề nghị Uỷ ban nhân dân xã sửa đường, hoàn thành trong quý 3 (toán, ngoèo).\nHết…"
    assert normalize(text) == AlignedText.of(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hòa", "hoà"), ("hóa", "hoá"), ("hỏa", "hoả"), ("họa", "hoạ"), ("khỏe", "khoẻ"), ("xòe", "xoè"),
        ("thủy", "thuỷ"), ("lũy", "luỹ"), ("tụy", "tuỵ"), ("Ủy", "Uỷ"), ("HÒA", "HOÀ"), ("THÚY", "THUÝ"),
        ("Hòa", "Hoà"), ("hoà", "hoà"), ("hoàn", "hoàn"), ("toán", "toán"), ("quý", "quý"), ("qúy", "quý"),
        ("của", "của"), ("mùa", "mùa"), ("thuở", "thuở"), ("khuỷu", "khuỷu"), ("hòan", "hòan"),
        ("xoong", "xoong"),
    ],
)  # fmt: skip
def test_the_tone_mark_moves_only_when_the_rhyme_is_whole(old: str, new: str) -> None:
    """oa, oe, uy as the whole rhyme carry the mark on the second vowel; nothing else moves."""
    assert unify_tones(old) == new
    assert normalize(f"({old})").text == f"({new})"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\u00a0b\tc\u3000d", "a b c d"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("\ufeffa\u200bb\u00adc\u202ed\x00e\x9f", "abcde"),
        ("“a” ‘b’ – c — d «e»", '"a" \'b\' - c - d "e"'),
        ("ＵＢＮＤ　１２", "UBND 12"),
        ("x\ud800y", "x\ufffdy"),
        ("e\u200b\u0302\u0323", "ệ"),
        ("a  b", "a  b"),
        ("360 m² ½", "360 m² ½"),
    ],
)
def test_what_looks_the_same_becomes_the_same(raw: str, clean: str) -> None:
    """Blanks, line ends, invisible characters, quotes, dashes, full-width forms, surrogates."""
    assert normalize(raw).text == clean


def test_spans_lead_back_to_decomposed_letters() -> None:
    """A composed syllable maps to all the code points it was typed with."""
    raw = unicodedata.normalize("NFD", "Đề nghị sửa đường")
    aligned = normalize(raw)
    at = aligned.text.index("đường")
    start, end = aligned.original_span(at, at + 5)
    assert aligned.text == "Đề nghị sửa đường"
    assert unicodedata.normalize("NFC", raw[start:end]) == "đường"


def test_spans_lead_back_through_vni() -> None:
    """VNI letters of two characters map back to both."""
    raw = "Ñeà nghò xaõ söûa ñöôøng"
    aligned = normalize(raw)
    at = aligned.text.index("đường")
    assert raw[slice(*aligned.original_span(at, at + 5))] == "ñöôøng"


@given(st.text(st.characters() | st.sampled_from("òóáàaeyuơ\u0301\u0323\u200b®­Þ·öû"), max_size=40))
def test_any_text_is_normalized_once_and_for_all(text: str) -> None:
    """Idempotent, NFC, and every span maps back inside."""
    aligned = normalize(text)
    assert normalize(aligned.text).text == aligned.text
    assert unicodedata.is_normalized("NFC", aligned.text)
    for at in range(len(aligned.text)):
        start, end = aligned.original_span(at, at + 1)
        assert 0 <= start <= end <= len(text)

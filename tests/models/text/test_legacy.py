"""TCVN3 and VNI are decoded, other languages are left alone."""

from __future__ import annotations

import pytest

from ydan.text import legacy_encoding, normalize

PAIRS = [
    ("®Ò nghÞ x· söa ®­êng", "đề nghị xã sửa đường", "tcvn3"),
    ("§Ò nghÞ Uû ban nh©n d©n x· quan t©m", "Đề nghị Uỷ ban nhân dân xã quan tâm", "tcvn3"),
    ("Kªnh m­¬ng bÞ «, r¸c th¶i ë cèng", "Kênh mương bị ô, rác thải ở cống", "tcvn3"),
    ("Ñeà nghò xaõ söûa ñöôøng", "Đề nghị xã sửa đường", "vni"),
    ("ÑEÀ NGHÒ XAÕ SÖÛA ÑÖÔØNG", "ĐỀ NGHỊ XÃ SỬA ĐƯỜNG", "vni"),
    ("Toâi coù yù kieán veà nöôùc saïch", "Tôi có ý kiến về nước sạch", "vni"),
    ("Uûy ban nhaân daân huyeän, kyõ thuaät", "Uỷ ban nhân dân huyện, kỹ thuật", "vni"),
]


@pytest.mark.parametrize(("raw", "text", "encoding"), PAIRS)
def test_a_legacy_sentence_becomes_unicode(raw: str, text: str, encoding: str) -> None:
    """One sentence is enough to tell the encoding."""
    assert legacy_encoding(raw) == encoding
    assert normalize(raw).text == text


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_a_whole_legacy_text_becomes_unicode(encoding: str) -> None:
    """Sentences without a tell-tale letter are decoded with the others."""
    pairs = [pair for pair in PAIRS if pair[2] == encoding] * 5
    assert normalize(". ".join(raw for raw, _, _ in pairs)).text == ". ".join(text for _, text, _ in pairs)


def test_a_legacy_sentence_among_unicode_is_decoded_alone() -> None:
    """Proper sentences around it stay."""
    raw = "Đề nghị xã. ®Ò nghÞ x· söa ®­êng. Cảm ơn à."
    assert normalize(raw).text == "Đề nghị xã. đề nghị xã sửa đường. Cảm ơn à."


@pytest.mark.parametrize(
    "text",
    [
        "Đề nghị xã sửa đường ½ km, 36 m², 30°, ®, «gấp»",
        "Tôi có ý kiến: bà con có nhà, sào, mà hoà, quá, quà, quê, quân, hoá",
        "xã có bà con à, có gì là có ý; góp ý ½ giá · nhà tôi · bà tôi",
        "Le garçon naïf, Noël, où l'été français coûte cher, maïs, août, hôpital, forêt, à côté, très âgé",
        "Élève déjà reçu; « cœur » à l'œuvre, île, goût, aiguë",
        "El niño y la señora, año, mañana, pingüino",
        "Über die Straße für Männer, schön, größer, Bücher, Öl",
        "A naïve café résumé © 2024 Microsoft® µm, 10 µm, 20 µm, 5×5",
        "Århus, smørrebrød, fjäll, größe",
        "de nghi xa sua duong",
        "· a · b · c · d",
    ],
)
def test_proper_text_is_not_legacy(text: str) -> None:
    """Vietnamese, French, Spanish, German, English and symbols pass unchanged."""
    assert legacy_encoding(text) is None

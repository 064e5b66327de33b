"""Letters as old machines kept them: no diacritics, CP1258, and the fonts TCVN3 (ABC) and VNI."""

from __future__ import annotations

import unicodedata

from ydan.text import legacy

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_PLAIN = str.maketrans({"–": "-", "—": "-", "…": "...", "“": '"', "”": '"', "‘": "'", "’": "'", "\xa0": " "})


def _inverse(table: dict[str, str]) -> dict[str, str]:
    out: dict[str, str] = {}
    for old, new in table.items():
        out.setdefault(new, old)
    return out


# TCVN3 has no capital letter with a tone: those are the small letter, set in a font of capitals
_TO_TCVN3 = _inverse(legacy._TCVN3)
_TO_TCVN3 |= {new.upper(): old for new, old in _TO_TCVN3.items() if new.upper() not in _TO_TCVN3}
_TO_VNI = _inverse(legacy._VNI)


def strip_diacritics(text: str) -> str:
    """The text as somebody types it in a hurry.

    >>> strip_diacritics("Đề nghị xã sửa đường")
    'De nghi xa sua duong'
    """
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return plain.replace("đ", "d").replace("Đ", "D")


def encode(text: str, encoding: str) -> bytes:
    """The text as a file of that encoding.

    :raises UnicodeEncodeError: a letter that the encoding does not have.

    >>> encode("Đề nghị", "tcvn3").decode("cp1252"), encode("Đề nghị", "vni").decode("cp1252")
    ('§Ò nghÞ', 'Ñeà nghò')
    """
    if encoding == "cp1258":
        return "".join(map(_split_tone, unicodedata.normalize("NFC", text))).encode("cp1258")
    if encoding in ("tcvn3", "vni"):
        table = _TO_TCVN3 if encoding == "tcvn3" else _TO_VNI
        letters = unicodedata.normalize("NFC", text).translate(_PLAIN)
        return "".join(table.get(letter, letter) for letter in letters).encode("cp1252")
    return text.encode(encoding)


def _split_tone(letter: str) -> str:
    """CP1258 keeps the tone as a sign of its own, behind the letter with its hat or horn."""
    parts = unicodedata.normalize("NFD", letter)
    tone = "".join(c for c in parts if c in _TONES)
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES)) + tone

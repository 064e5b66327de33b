from __future__ import annotations

import unicodedata

import pytest

from tests.models.minutes.readers.building import OPINION
from ydan.errors import ReadError
from ydan.minutes.readers.encoding import decode_text
from ydan.text import legacy


def in_tcvn3(text: str) -> bytes:
    """As .VnTime types it; capitals with marks come from another font and are left out here."""
    letters = {new: old for old, new in legacy._TCVN3.items()}
    return "".join(letters.get(char, char) for char in text).encode("latin-1")


def in_vni(text: str) -> bytes:
    letters = {new: old for old, new in reversed(legacy._VNI.items())}
    return "".join(letters.get(char, char) for char in text).encode("latin-1")


def in_cp1258(text: str) -> bytes:
    """Windows keeps the letter and its tone apart."""
    out = b""
    for char in text:
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            base, tone = unicodedata.normalize("NFD", char)[:-1], unicodedata.normalize("NFD", char)[-1]
            if tone not in "\u0300\u0301\u0303\u0309\u0323":  # ậ decomposes to ạ and a hat
                marks = unicodedata.normalize("NFD", char)
                base, tone = unicodedata.normalize("NFC", marks[0] + marks[2]), marks[1]
            out += (unicodedata.normalize("NFC", base) + tone).encode("cp1258")
    return out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_with_and_without_its_mark(encoding: str) -> None:
    assert decode_text(OPINION.encode(encoding), "a.txt") == OPINION


@pytest.mark.parametrize("encode", [in_tcvn3, in_vni, in_cp1258])
def test_the_encodings_before_unicode_are_told_by_their_syllables(encode) -> None:  # type: ignore[no-untyped-def]
    assert decode_text(encode(OPINION), "a.txt") == OPINION


def test_a_few_damaged_bytes_do_not_spoil_the_rest() -> None:
    data = OPINION.encode()
    assert decode_text(data[:-2] + b"\xff", "a.txt").startswith(OPINION[:-3])


def test_plain_ascii_and_line_ends_stay() -> None:
    assert decode_text(b"Duong lay\r\nDien yeu\rRac", "a.txt") == "Duong lay\nDien yeu\nRac"


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(ReadError, match="tệp nhị phân") as caught:
        decode_text(bytes(range(32)) * 20, "a.txt")
    assert caught.value.code == "binary_text"

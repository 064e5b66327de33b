"""Bytes of a text file to text: UTF-8, UTF-16, CP1258, or what a TCVN3 or VNI font wrote."""

from __future__ import annotations

import codecs
import re
import unicodedata

from ydan.errors import ReadError
from ydan.text.legacy import DECODERS
from ydan.text.phonology import is_legal

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 200_000


def decode_text(data: bytes, name: str) -> str:
    """The text of ``data``; where nothing says the encoding, the one that makes Vietnamese syllables.

    >>> decode_text("®Ò nghÞ x· söa ®­êng".encode("latin-1"), "y-kien.txt")
    'đề nghị xã sửa đường'

    :raises ReadError: ``binary_text``.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(encoding, "replace"), name)
    if wide := _wide(data[:_SAMPLE]):
        return _checked(data.decode(wide, "replace"), name)
    try:
        return _checked(data.decode("utf-8"), name)
    except UnicodeDecodeError:
        pass
    damaged = data.decode("utf-8", "replace")
    if damaged.count("\ufffd") * 20 < sum(not char.isascii() for char in damaged):
        return _checked(damaged, name)
    latin = data.decode("cp1252", "replace")
    candidates = [unicodedata.normalize("NFC", data.decode("cp1258", "replace"))]  # it writes tones apart
    candidates += [decode(latin) for decode in DECODERS.values()]
    return _checked(max(candidates, key=_plausibility), name)


def _wide(sample: bytes) -> str | None:
    """UTF-16 without its mark: every other byte is often zero, the bytes between never."""
    half = len(sample) // 2
    if half < 2:
        return None
    even, odd = sample[0 : 2 * half : 2].count(0), sample[1 : 2 * half : 2].count(0)
    if odd > 0.25 * half and even < 0.02 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.25 * half and odd < 0.02 * half else None


def _plausibility(text: str) -> float:
    words = {word for word in _WORD.findall(text[:_SAMPLE]) if not word.isascii()}
    return sum(map(is_legal, words)) / len(words) if words else 0.0


def _checked(text: str, name: str) -> str:
    controls = len(_CONTROL.findall(text))
    if controls > 4 and controls > 0.005 * len(text):
        raise ReadError(
            f"Tệp {name} là tệp nhị phân, không phải văn bản. Hãy mở bằng phần mềm đã tạo ra nó "
            "rồi lưu thành .docx, .xlsx hoặc .txt (UTF-8).",
            "binary_text",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")

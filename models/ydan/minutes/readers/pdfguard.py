"""A look at a PDF's packed streams before PDFium unpacks them."""

from __future__ import annotations

import re
import zlib

from ydan.errors import ReadError

_START = re.compile(rb"stream\r?\n(?=x|h|X|H)")  # the first byte of a zlib stream
_DICTIONARY = 400
_MOST = 16 * 1024 * 1024
_RATIO = 100


def check_streams(data: bytes, name: str) -> None:
    """Refuse drawing commands that unpack to more than 16 MB and a hundred times their size.

    A page of minutes has some kilobytes of them. Pictures may be larger: a white page packs that well.

    :raises ReadError: ``too_complex``.
    """
    for match in _START.finditer(data):
        if b"/Image" in data[max(0, match.start() - _DICTIONARY) : match.start()]:
            continue
        end = data.find(b"endstream", match.end())
        packed = memoryview(data)[match.end() : end if end >= 0 else len(data)]
        if len(packed) * _RATIO > _MOST * 1.1 or len(packed) * 1100 < _MOST:  # deflate packs to a thousandth at best
            continue
        try:
            unpacked = len(zlib.decompressobj().decompress(packed, _MOST + 1))
        except zlib.error:
            continue
        if unpacked > _MOST:
            raise ReadError(
                f"Tệp {name} có trang vẽ quá phức tạp (giải nén hơn {_MOST // 1024**2} MB lệnh vẽ). "
                "Hãy in lại tệp ra PDF mới hoặc dùng tệp Word gốc.",
                "too_complex",
            )

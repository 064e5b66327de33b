"""A body as it streams in, cut into lines: never more in memory than one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from ydan_service.programs.refused import Refused

LONGEST_LINE = 1_000_000
"""Bytes of a line, at most: the rest is thrown away, and the line's item becomes an error."""


class Digest(Protocol):
    """What hashlib makes."""

    def update(self, data: bytes, /) -> None:
        """Take in more bytes."""


def hashed(chunks: Iterable[bytes], digest: Digest) -> Iterator[bytes]:
    """The same chunks, taken into ``digest`` as they pass."""
    for chunk in chunks:
        digest.update(chunk)
        yield chunk


def limited(chunks: Iterable[bytes], most: int) -> Iterator[bytes]:
    """The same chunks.

    :raises Refused: 413, they are more than ``most`` bytes.
    """
    seen = 0
    for chunk in chunks:
        seen += len(chunk)
        if seen > most:
            raise Refused(
                413, "too_large", f"Thân yêu cầu vượt {most} byte. Hãy chia thành nhiều lần gửi, hoặc gửi NDJSON."
            )
        yield chunk


def lines_of(chunks: Iterable[bytes], most: int = LONGEST_LINE) -> Iterator[tuple[bytes, bool]]:
    """Each line with its line feed, and whether it is whole; of one that is longer than ``most``, its beginning.

    >>> list(lines_of([b"ab", b"c\\nde", b"f"], most=5))
    [(b'abc\\n', True), (b'def', True)]
    >>> list(lines_of([b"abcdefgh", b"i\\nj"], most=5))
    [(b'abcde\\n', False), (b'j', True)]
    """
    kept, whole = bytearray(), True
    for chunk in chunks:
        begin = 0
        while (end := chunk.find(b"\n", begin)) >= 0:
            whole = _add(kept, chunk[begin:end], most) and whole
            yield bytes(kept) + b"\n", whole
            kept.clear()
            whole, begin = True, end + 1
        whole = _add(kept, chunk[begin:], most) and whole
    if kept:
        yield bytes(kept), whole


def _add(kept: bytearray, more: bytes, most: int) -> bool:
    room = most - len(kept)
    kept += more[:room]
    return len(more) <= room


def without_mark(lines: Iterable[tuple[bytes, bool]]) -> Iterator[tuple[bytes, bool]]:
    """The lines without a byte order mark in front.

    :raises Refused: 415, UTF-16.
    """
    first = True
    for line, whole in lines:
        if first and line.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise Refused(415, "unsupported_media_type", "Thân là UTF-16. Hãy lưu lại dạng UTF-8 rồi gửi lại.")
        yield (line.removeprefix(b"\xef\xbb\xbf") if first else line), whole
        first = False

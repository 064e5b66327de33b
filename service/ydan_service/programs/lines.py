"""Lines out of a body that comes in pieces, and a bounded place for those that wait to be answered."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple


class Line(NamedTuple):
    """A line and its number, counted from 1; ``data`` is ``None`` where it was longer than allowed."""

    number: int
    data: bytes | None

    @property
    def size(self) -> int:
        """Bytes that it holds."""
        return 0 if self.data is None else len(self.data)


class Splitter:
    """Cuts pieces of bytes into lines; holds no more than one line of ``most`` bytes. Blank lines count, and go.

    >>> splitter = Splitter(most=5)
    >>> list(splitter.feed(b"a\\n\\nbb")), list(splitter.feed(b"b\\r\\n123456\\nc")), list(splitter.end())
    ([Line(number=1, data=b'a')], [Line(number=3, data=b'bbb'), Line(number=4, data=None)], [Line(number=5, data=b'c')])
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._open = bytearray()
        self._too_long = False
        self._number = 1

    def feed(self, data: bytes) -> Iterator[Line]:
        """The lines that end in this piece."""
        begin = 0
        while (end := data.find(b"\n", begin)) >= 0:
            self._take(data[begin:end])
            yield from self._close()
            begin = end + 1
        self._take(data[begin:])

    def end(self) -> Iterator[Line]:
        """The last line, when no line end came behind it."""
        yield from self._close()

    def _take(self, part: bytes) -> None:
        if self._too_long or len(self._open) + len(part) > self._most + 1:  # one more for "\r"
            self._too_long = True
            self._open.clear()
        else:
            self._open += part

    def _close(self) -> Iterator[Line]:
        data = bytes(self._open).strip()
        if self._number == 1:
            data = data.removeprefix(b"\xef\xbb\xbf")
        if self._too_long or len(data) > self._most:
            yield Line(self._number, None)
        elif data:
            yield Line(self._number, data)
        self._number += 1
        self._open.clear()
        self._too_long = False


class Waiting:
    """Lines between whoever reads them and whoever answers them, of bounded number and size."""

    def __init__(self, most_lines: int, most_bytes: int) -> None:
        self._most_lines, self._most_bytes = most_lines, most_bytes
        self._lines: deque[Line] = deque()
        self._bytes = 0
        self._closed = False
        self._news = asyncio.Event()
        self._room = asyncio.Event()

    async def put(self, line: Line) -> None:
        """Add a line, as soon as there is room for it."""
        while self._lines and (len(self._lines) >= self._most_lines or self._bytes + line.size > self._most_bytes):
            self._room.clear()
            await self._room.wait()
        self._lines.append(line)
        self._bytes += line.size
        self._news.set()

    def close(self) -> None:
        """No line will come any more."""
        self._closed = True
        self._news.set()

    async def take(self, most: int, silence: float) -> list[Line]:
        """Up to ``most`` lines: at least one, and more as long as they come within ``silence`` seconds; else none."""
        while not self._lines and not self._closed:
            self._news.clear()
            await self._news.wait()
        taken: list[Line] = []
        while True:
            while self._lines and len(taken) < most:
                line = self._lines.popleft()
                self._bytes -= line.size
                taken.append(line)
            self._room.set()
            if self._closed or len(taken) >= most:
                return taken
            self._news.clear()
            try:
                async with asyncio.timeout(silence):
                    await self._news.wait()
            except TimeoutError:
                return taken

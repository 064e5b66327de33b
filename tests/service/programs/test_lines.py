"""Lines are cut the same wherever the pieces end; what waits is bounded."""

from __future__ import annotations

import asyncio

import pytest

from ydan_service.programs.lines import Line, Splitter, Waiting

BODY = "một\n\nhai dài quá\r\n\r\nba\nbốn".encode()


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_the_pieces_do_not_matter(size: int) -> None:
    """Cut inside a letter or a line end."""
    splitter = Splitter(most=8)
    found = [line for at in range(0, len(BODY), size) for line in splitter.feed(BODY[at : at + size])]
    found += splitter.end()
    assert found == [Line(1, "một".encode()), Line(3, None), Line(5, b"ba"), Line(6, "bốn".encode())]


@pytest.mark.parametrize(("length", "kept"), [(8, True), (9, False), (100, False)])
def test_a_line_over_the_limit_is_not_kept(length: int, kept: bool) -> None:
    """Whether its end came or not; the limit itself is taken."""
    for end in (b"", b"\n", b"\r\n"):
        splitter = Splitter(most=8)
        found = [*splitter.feed(b"x" * length + end), *splitter.end()]
        assert found == [Line(1, b"x" * length if kept else None)]


def test_a_line_without_an_end_does_not_fill_the_memory() -> None:
    """It is let go as soon as it is too long."""
    splitter = Splitter(most=1000)
    for _ in range(1000):
        assert list(splitter.feed(b"x" * 1000)) == []
    assert len(splitter._open) <= 1001


def test_whoever_puts_waits_for_room() -> None:
    """By number and by bytes; one line always has room."""

    async def run() -> tuple[int, int, int]:
        waiting = Waiting(most_lines=3, most_bytes=10)
        put = 0

        async def fill(size: int) -> None:
            nonlocal put
            for number in range(10):
                await waiting.put(Line(number, b"x" * size))
                put += 1

        task = asyncio.create_task(fill(1))
        await asyncio.sleep(0.01)
        by_number = put
        task.cancel()
        await waiting.take(100, 0.001)
        put = 0
        task = asyncio.create_task(fill(20))
        await asyncio.sleep(0.01)
        by_bytes = put
        taken = len(await waiting.take(2, 1))
        task.cancel()
        return by_number, by_bytes, taken

    assert asyncio.run(run()) == (3, 1, 2)


def test_lines_that_come_within_the_silence_are_one_batch() -> None:
    """A pause ends it, and so does the end; then there is none."""

    async def run() -> list[int]:
        waiting = Waiting(100, 1000)

        async def send() -> None:
            for number in range(3):
                await waiting.put(Line(number, b"x"))
                await asyncio.sleep(0)
            await asyncio.sleep(0.1)
            await waiting.put(Line(4, b"x"))
            waiting.close()

        task = asyncio.create_task(send())
        sizes = [len(await waiting.take(100, 0.02)) for _ in range(3)]
        await task
        return sizes

    assert asyncio.run(run()) == [3, 1, 0]

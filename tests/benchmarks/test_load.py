"""The load generator tells what a server did: every status, every latency, every broken connection."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from benchmarks.load import Generator, Job, Seen, fire, get, post

ANSWERS = (
    b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n",
)


def _serve(listening: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while True:
            threading.Thread(target=_answer, args=(listening.accept()[0],), daemon=True).start()


def _answer(connection: socket.socket) -> None:
    """One request after the other, slowly, in two pieces; after the last answer it hangs up."""
    with connection, contextlib.suppress(OSError):
        for answer in ANSWERS:
            if not connection.recv(65536):
                break
            connection.sendall(answer[:20])
            time.sleep(0.01)
            connection.sendall(answer[20:])


@pytest.fixture
def port() -> Iterator[int]:
    """A server that answers 200, then 503, then hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        serving = threading.Thread(target=_serve, args=(listening,), daemon=True)
        serving.start()
        yield int(listening.getsockname()[1])
        listening.shutdown(socket.SHUT_RDWR)
        serving.join(5)


def test_statuses_latencies_and_broken_connections_are_told(port: int) -> None:
    """The third request of the one connection gets no answer."""
    seen = asyncio.run(fire(Job(port, [get("/")], 1, 5)))
    assert dict(seen.statuses) == {200: 1, 503: 1}
    assert seen.broken == 1
    assert 0.01 <= seen.percentile(0) <= seen.percentile(1) < 2


def test_a_storm_asks_once_each(port: int) -> None:
    """As many answers as connections; from a process of its own."""
    with Generator() as generator:
        seen = generator.fire(Job(port, [post("/", b"{}")], 5, 5, once=True))
    assert (dict(seen.statuses), seen.broken) == ({200: 5}, 0)


def test_percentiles_are_ranks() -> None:
    """No guess between two."""
    seen = Seen(1.0, [float(number) for number in range(100)], {}, 0, 0, 0.0)  # type: ignore[arg-type]
    assert (seen.percentile(0.5), seen.percentile(0.99), seen.percentile(1)) == (50, 99, 99)

"""HTTP load on one server: raw HTTP/1.1 over kept-alive connections, every latency kept. In a process of its own.

A load generator that shares the server's interpreter measures itself. :class:`Generator` starts
``python -m benchmarks.load``, hands it one :class:`Job` after the other and gets back what it saw.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from time import perf_counter, process_time
from typing import Any, Self

PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Job:
    """``connections`` that each send one request after the other, ``requests`` in turn, for ``seconds``.

    With ``once`` every connection sends one request and is done: a storm.
    """

    port: int
    requests: Sequence[bytes]
    connections: int
    seconds: float
    once: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What the load saw; ``latencies`` in seconds, sorted; ``cpu`` are the generator's own CPU-seconds."""

    seconds: float
    latencies: Sequence[float]
    statuses: Counter[int]
    broken: int
    bytes_read: int
    cpu: float

    @property
    def per_second(self) -> float:
        """Answered requests per second."""
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """The latency that ``share`` of the requests did not exceed; exact, by rank."""
        return self.latencies[min(int(len(self.latencies) * share), len(self.latencies) - 1)]


def post(path: str, body: bytes, kind: str = "application/json", headers: str = "") -> bytes:
    """The bytes of one request.

    >>> post("/v1/classify", b"{}").splitlines()[0]
    b'POST /v1/classify HTTP/1.1'
    """
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    return f"{head}{headers}\r\n".encode() + body


def get(path: str) -> bytes:
    """The bytes of one request without a body."""
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()


async def fire(job: Job) -> Seen:
    """Do the job in this process."""
    loop = asyncio.get_running_loop()
    turn = cycle(job.requests)
    record = _Record()
    begun, cpu = perf_counter(), process_time()
    until = begun + job.seconds
    connections = [_Connection(record, turn, until, once=job.once) for _ in range(job.connections)]
    opened = await asyncio.gather(
        *(loop.create_connection(lambda each=each: each, "127.0.0.1", job.port) for each in connections),  # type: ignore[misc]
        return_exceptions=True,
    )
    refused = sum(isinstance(one, BaseException) for one in opened)
    waiting = [each.done for each in connections if each.transport is not None]
    if waiting:
        _done, hanging = await asyncio.wait(waiting, timeout=job.seconds + PATIENCE)
        refused += len(hanging)
    seconds = perf_counter() - begun
    for each in connections:
        if each.transport is not None:
            each.transport.abort()
    return Seen(
        seconds,
        sorted(record.latencies),
        record.statuses,
        record.broken + refused,
        record.bytes_read,
        process_time() - cpu,
    )


class _Record:
    def __init__(self) -> None:
        self.latencies: list[float] = []
        self.statuses: Counter[int] = Counter()
        self.broken = 0
        self.bytes_read = 0


class _Connection(asyncio.Protocol):
    """One connection: the next request leaves when the answer to the last is there."""

    def __init__(self, record: _Record, turn: Any, until: float, *, once: bool) -> None:
        self._record, self._turn, self._until, self._once = record, turn, until, once
        self._buffer = b""
        self._wanted = -1
        self._sent = 0.0
        self.transport: asyncio.Transport | None = None
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._send()

    def _send(self) -> None:
        assert self.transport is not None
        self._sent = perf_counter()
        self.transport.write(next(self._turn))

    def data_received(self, data: bytes) -> None:
        buffer = self._buffer = self._buffer + data if self._buffer else data
        if self._wanted < 0:
            end = buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            head = buffer[:end].lower()
            at = head.find(b"content-length:")
            length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
            self._wanted = end + 4 + length
        if len(buffer) < self._wanted:
            return
        now = perf_counter()
        record = self._record
        record.latencies.append(now - self._sent)
        record.statuses[int(buffer[9:12])] += 1
        record.bytes_read += self._wanted
        self._buffer, self._wanted = b"", -1
        if self._once or now >= self._until:
            self.done.set_result(None)
        else:
            self._send()

    def connection_lost(self, _reason: Exception | None) -> None:
        if not self.done.done():
            self._record.broken += 1
            self.done.set_result(None)


class Generator:
    """A process that fires; use it as a context."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "benchmarks.load"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def fire(self, job: Job) -> Seen:
        """Do the job there.

        :raises OSError: the process ended.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked = {
            "port": job.port,
            "requests": [b64encode(one).decode() for one in job.requests],
            "connections": job.connections,
            "seconds": job.seconds,
            "once": job.once,
        }
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise OSError("The load generator ended. Run python -m benchmarks.load by hand to see why.")
        raw = json.loads(line)
        return Seen(**{**raw, "statuses": Counter({int(k): v for k, v in raw["statuses"].items()})})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(PATIENCE)
        self._process.stdout.close()


def main() -> None:
    """A job a line in, what was seen a line out."""
    for line in sys.stdin:
        raw = json.loads(line)
        job = Job(**{**raw, "requests": [b64decode(one) for one in raw["requests"]]})
        seen = asyncio.run(fire(job))
        print(json.dumps({name: getattr(seen, name) for name in Seen.__slots__}), flush=True)


if __name__ == "__main__":
    main()

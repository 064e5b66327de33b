"""What goes through the pipe between the server and a process that assesses: a head in JSON, then bytes."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import IO, Any

_HEAD = struct.Struct(">II")


def send(pipe: IO[bytes], head: Mapping[str, Any], data: bytes = b"") -> None:
    """Write one frame."""
    raw = json.dumps(dict(head)).encode()
    pipe.write(_HEAD.pack(len(raw), len(data)) + raw + data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    """Read one frame.

    :raises EOFError: the other side has ended.
    """
    sizes = _HEAD.unpack(_exactly(pipe, _HEAD.size))
    head: dict[str, Any] = json.loads(_exactly(pipe, sizes[0]))
    return head, _exactly(pipe, sizes[1])


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) != size:
        raise EOFError
    return data

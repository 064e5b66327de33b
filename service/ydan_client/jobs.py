"""Many opinions at once: handed in, waited for, fetched line by line."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import httpx2

from ydan_client.answers import Job, Opinion, Result, Session
from ydan_client.errors import NotFinished, Unreachable
from ydan_client.transport import Content, Transport

LINES = "application/x-ndjson"
KINDS = {".jsonl": LINES, ".ndjson": LINES, ".csv": "text/csv", ".parquet": "application/vnd.apache.parquet"}
ENDED = frozenset(("done", "failed", "cancelled"))
_PIECE = 1 << 20


class Jobs:
    """The jobs of this caller."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def submit(
        self,
        opinions: Iterable[str | Opinion] | Path,
        session: Session | None = None,
        idempotency_key: str | None = None,
        **options: str,
    ) -> Job:
        """Hand in opinions, or a file (.jsonl .csv .parquet) as it is; ``options`` go into the address.

        The same ``idempotency_key`` again gives the same job; without one, a key made here covers the retries.
        """
        kind, content = _body_of(opinions)
        answer = self._transport.call(
            "POST",
            "/v1/jobs",
            params={**cast("dict[str, str | None]", session or {}), **options},
            headers={"Content-Type": kind, "Idempotency-Key": idempotency_key or str(uuid.uuid4())},
            content=content,
        )
        return cast(Job, answer.json())

    def get(self, job: str | Job) -> Job:
        """How far it is."""
        return cast(Job, self._transport.call("GET", f"/v1/jobs/{_id(job)}").json())

    def wait(self, job: str | Job, timeout: float | None = None, longest_pause: float = 10.0) -> Job:
        """The job when it has ended, however it ended: look at ``state``.

        :raises NotFinished: not within ``timeout`` seconds.
        """
        end = None if timeout is None else time.monotonic() + timeout
        pause = 0.1
        while True:
            found = self.get(job)
            if found["state"] in ENDED:
                return found
            if end is not None and time.monotonic() + pause > end:
                raise NotFinished(f"{found['id']}: {found['done']} of {found['total']} after {timeout} seconds.")
            time.sleep(pause)
            pause = min(2 * pause, longest_pause)

    def result(self, job: str | Job, *, partial: bool = False) -> Iterator[Result]:
        """The results in the order of the opinions, read as they come."""
        params = {"format": "jsonl", "partial": "true" if partial else None}
        headers = {"Accept": LINES}
        answer = self._transport.call("GET", f"/v1/jobs/{_id(job)}/result", params=params, headers=headers, stream=True)
        try:
            for line in answer.iter_lines():
                if line:
                    yield cast(Result, json.loads(line))
        except httpx2.TransportError as error:
            raise Unreachable(f"The result of {_id(job)} broke off: {error}") from error
        finally:
            answer.close()

    def cancel(self, job: str | Job) -> Job:
        """Stop it; what is answered stays until it expires."""
        return cast(Job, self._transport.call("POST", f"/v1/jobs/{_id(job)}/cancel").json())

    def delete(self, job: str | Job) -> None:
        """Delete it with its opinions and answers."""
        self._transport.call("DELETE", f"/v1/jobs/{_id(job)}")


def _id(job: str | Job) -> str:
    return job if isinstance(job, str) else job["id"]


def _body_of(opinions: Iterable[str | Opinion] | Path) -> tuple[str, Callable[[], Content]]:
    if isinstance(opinions, Path):
        path = opinions
        if path.suffix.lower() not in KINDS:
            raise ValueError(f"{path.name}: give one of {', '.join(KINDS)}, or the opinions themselves.")
        return KINDS[path.suffix.lower()], lambda: _pieces(path)
    lines = b"".join(json.dumps(row).encode() + b"\n" for row in numbered(opinions))
    return LINES, lambda: lines


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def numbered(opinions: Iterable[str | Opinion], start: int = 1) -> Iterator[dict[str, Any]]:
    """Each as an object with an id; a text alone, or an opinion without one, has its place.

    >>> list(numbered(["a", {"id": "x", "text": "b"}, {"text": "c"}]))
    [{'id': '1', 'text': 'a'}, {'id': 'x', 'text': 'b'}, {'id': '3', 'text': 'c'}]
    """
    for place, opinion in enumerate(opinions, start):
        yield {"id": str(place), **({"text": opinion} if isinstance(opinion, str) else opinion)}

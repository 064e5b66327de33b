"""``POST /v1/classify/stream``: an opinion a line in, a result a line out, while the body is still coming.

Memory stays flat however many lines come: between reading and answering wait at most :data:`BATCH` lines, and what a
slow client does not fetch stops the answering, then the reading, then (by TCP) the sending.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from time import perf_counter
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from ydan.assessment import Assessment, Failure
from ydan.bulk.rows import Row, item_of
from ydan.opinion import Opinion, Session, parse_session
from ydan.predictor import Predictor
from ydan_service.batching import Collector
from ydan_service.metrics import Metrics
from ydan_service.problems import Problem
from ydan_service.programs.lines import Line, Splitter, Waiting
from ydan_service.responses import encode
from ydan_service.routes.body import kind_of
from ydan_service.routes.described import body_of, problems
from ydan_service.routes.knowledge import DAY, HOST, PROVINCE
from ydan_service.security import requires

router = APIRouter(prefix="/v1", tags=["classify"], dependencies=[Depends(requires("classify"))])

NDJSON = "application/x-ndjson"
KINDS = (NDJSON, "application/ndjson", "application/jsonl", "application/json-lines")
LONGEST_LINE = 65_536
"""Bytes: the longest opinion with every letter escaped."""
BATCH = 128
MOST_WAITING_BYTES = 1_000_000
SILENCE = 0.003
"""Seconds without a new line after which what is there is answered."""
IDLE = 120.0
"""Seconds that a client may neither send nor fetch anything."""
LIGHT_BYTES = 16_384
"""A batch of more bytes is read, checked and written beside the event loop as well."""

_LINES = (
    '{"id": "1", "text": "Cột điện đầu xóm nghiêng sát lớp mẫu giáo."}\n{"id": "2", "text": "", "date": "2026-03-01"}\n'
)
_DESCRIBED = {
    "schema": {"type": "string", "description": 'Mỗi dòng một đối tượng {"id", "text", "host_level"?, "date"?, …}'},
    "examples": {"hai_dong": {"summary": "Hai ý kiến, dòng sau trống", "value": _LINES}},
}


@router.post(
    "/classify/stream",
    summary="Phân loại một dòng ý kiến không dứt (NDJSON vào, NDJSON ra)",
    response_class=Response,
    responses={
        200: {
            "description": "Mỗi dòng vào một dòng ra, đúng thứ tự: kết quả hoặc {id, error}",
            "content": {NDJSON: {"schema": {"type": "string"}}},
        },
        **problems({415: "Không phải NDJSON", 422: "Phiên họp trong đường dẫn không hợp lệ"}),
    },
    openapi_extra=body_of({NDJSON: _DESCRIBED}),
)
async def stream(
    request: Request,
    day: Annotated[str | None, DAY] = None,
    province: Annotated[str | None, PROVINCE] = None,
    host_level: Annotated[str | None, HOST] = None,
    summary: Annotated[bool, Query(description="Thêm dòng cuối {summary: …}")] = False,
) -> Response:
    """A line's own ``host_level``, ``date`` and ``province`` win over the address's."""
    kind = kind_of(request, NDJSON)
    if kind not in KINDS:
        raise Problem(415, "unsupported_media_type", f"Nhận {NDJSON}, không nhận {kind}. Hãy đổi Content-Type.")
    state = request.app.state
    asked = {"date": day, "province": province, "host_level": host_level}
    session = parse_session(asked, Session(date.today()), state.predictor.competence)
    return Answering(_Work(state.predictor, state.collector, state.metrics, session), summary=summary)


Answer = Assessment | Failure


class _Gone(Exception):
    """The client went away, or does nothing any more."""


class _Work(NamedTuple):
    """Answers lines; the numbers go to the metrics."""

    predictor: Predictor
    collector: Collector
    metrics: Metrics
    session: Session

    async def answer(self, lines: Sequence[Line]) -> tuple[bytes, int]:
        """A line for each, and how many of them are errors."""
        begun = perf_counter()
        if sum(line.size for line in lines) > LIGHT_BYTES:
            answers, out = await self.collector.apart(lambda: self._at_once(lines))
        else:
            answers = await self.collector.assess(self._read(lines))
            out = written(answers)
        self.metrics.assessed(answers, perf_counter() - begun)
        return out, sum(isinstance(answer, Failure) for answer in answers)

    def _at_once(self, lines: Sequence[Line]) -> tuple[list[Answer], bytes]:
        answers = self.predictor.assess_many(self._read(lines))
        return answers, written(answers)

    def _read(self, lines: Sequence[Line]) -> list[Opinion | Failure]:
        return [read_line(line, self.session, self.predictor) for line in lines]


def written(answers: Sequence[Answer]) -> bytes:
    """A line for each."""
    return b"".join(encode(answer.to_json()) + b"\n" for answer in answers)


def read_line(line: Line, session: Session, predictor: Predictor) -> Opinion | Failure:
    """The opinion in a line, or what is wrong with it; without an id of its own it has the line's number."""
    number = str(line.number)
    if line.data is None:
        return Failure(
            number,
            "line_too_long",
            f"Dòng {number} dài hơn {LONGEST_LINE} byte. Hãy tách ý kiến này thành từng việc.",
        )
    return item_of(Row(number, line.data), session, predictor.competence)


class Answering(Response):
    """Reads the request and writes the answer at the same time; Starlette's own streaming would eat the request."""

    media_type = NDJSON

    def __init__(self, work: _Work, *, summary: bool) -> None:
        bundle = work.predictor.bundle
        super().__init__(
            headers={
                "X-Accel-Buffering": "no",  # nginx passes each line on at once
                "Ydan-Model": f"{bundle.name} {bundle.version}",
                "Ydan-Taxonomy": work.predictor.taxonomy.version,
                "Ydan-Competence": work.predictor.competence.version,
            }
        )
        del self.headers["content-length"]
        self._work, self._summary = work, summary

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        waiting = Waiting(BATCH, MOST_WAITING_BYTES)
        reading = asyncio.create_task(_read(receive, waiting))
        try:
            await self._write(send, waiting, reading)
        except (_Gone, OSError):
            pass  # nobody is there to be told
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)

    async def _write(self, send: Send, waiting: Waiting, reading: asyncio.Task[None]) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        count = failed = 0
        while lines := await waiting.take(BATCH, SILENCE):
            out, failures = await self._work.answer(lines)
            count, failed = count + len(lines), failed + failures
            await _send(send, out, more=True)
        await reading  # a client that went away ends here, without a summary
        trailer = b""
        if self._summary:
            said = {"lines": count, "assessed": count - failed, "failed": failed, **self._work.predictor.versions}
            trailer = encode({"summary": said}) + b"\n"
        await _send(send, trailer, more=False)


async def _read(receive: Receive, waiting: Waiting) -> None:
    """Put the body's lines in, until it ends.

    :raises _Gone: before its end.
    """
    splitter = Splitter(LONGEST_LINE)
    try:
        while True:
            async with asyncio.timeout(IDLE):
                message: Message = await receive()
            if message["type"] == "http.disconnect":
                raise _Gone
            for line in splitter.feed(message.get("body", b"")):
                await waiting.put(line)
            if not message.get("more_body", False):
                break
        for line in splitter.end():
            await waiting.put(line)
    except TimeoutError:
        raise _Gone from None
    finally:
        waiting.close()


async def _send(send: Send, data: bytes, *, more: bool) -> None:
    try:
        async with asyncio.timeout(IDLE):
            await send({"type": "http.response.body", "body": data, "more_body": more})
    except TimeoutError:
        raise _Gone from None

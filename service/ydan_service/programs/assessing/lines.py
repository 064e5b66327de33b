"""A part of a list as bytes: one opinion a line in, one answer a line out; nothing is dropped, nothing changes place.

A line in is ``o`` and the opinion as JSON, as it came, or ``f`` and the answer to what could not be taken in. The
first line out holds the versions of what answered.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from ydan.assessment import Assessment, Failure, dump_json
from ydan.bulk.rows import Row, item_of
from ydan.opinion import Opinion, Session
from ydan.predictor import Predictor

PART = 500
"""Opinions of a part: all of one but the last."""
_LEVEL = 3
"""Of zlib: a third of the time of the default for a tenth more bytes."""


class Asked(NamedTuple):
    """A part: the number of its first opinion (from 1), the meeting, packed lines."""

    first: int
    session: dict[str, Any]
    lines: bytes


class Answered(NamedTuple):
    """Packed answers; how many are errors; ``[number, id]`` of those that must go up at once."""

    lines: bytes
    failed: int
    immediate: list[list[Any]]
    versions: dict[str, Any]


def opinion_line(raw: bytes) -> bytes:
    """A line for one opinion in JSON, unchecked."""
    return b"o" + raw


def failure_line(number: int, code: str, message: str) -> bytes:
    """A line for what is no opinion."""
    return b"f" + dump_json({"id": str(number), "error": {"code": code, "message": message}}).encode()


def pack(lines: Iterable[bytes]) -> bytes:
    """Lines as one piece of bytes."""
    return zlib.compress(b"\n".join(lines), _LEVEL)


def unpack(data: bytes) -> list[bytes]:
    """The lines again."""
    return zlib.decompress(data).split(b"\n")


def assess(predictor: Predictor, asked: Asked) -> Answered:
    """Answer a part: whatever stands in a line, there is one answer to it."""
    session = session_of(asked.session)
    items = [_item(line, n, session, predictor) for n, line in enumerate(unpack(asked.lines), asked.first)]
    answers = predictor.assess_many(items)
    immediate = [
        [number, answer.id]
        for number, answer in enumerate(answers, asked.first)
        if isinstance(answer, Assessment) and answer.escalation.urgency == "immediate"
    ]
    failed = sum(isinstance(answer, Failure) for answer in answers)
    return Answered(
        pack(_out(predictor.versions, (answer.to_json() for answer in answers))),
        failed,
        immediate,
        predictor.versions,
    )


def unanswered(asked: Asked, versions: dict[str, Any], code: str, message: str) -> Answered:
    """The same error for every opinion of a part that nobody could assess."""
    lines = enumerate(unpack(asked.lines), asked.first)
    rows = [Failure(_identity(line, number), code, message).to_json() for number, line in lines]
    return Answered(pack(_out(versions, rows)), len(rows), [], versions)


def answers_in(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The versions and the answers of a packed output."""
    head, *rows = unpack(data)
    return json.loads(head)["versions"], rows


def session_of(raw: dict[str, Any]) -> Session:
    """The meeting of a job, which was checked when the job came in."""
    return Session(date.fromisoformat(raw["date"]), raw["host_level"], raw["province"])


def session_json(session: Session) -> dict[str, Any]:
    """The meeting as a job keeps it."""
    return {"host_level": session.host_level, "date": session.date.isoformat(), "province": session.province}


def _out(versions: dict[str, Any], rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    yield dump_json({"versions": versions}).encode()
    for row in rows:
        yield dump_json(row).encode()


def _item(line: bytes, number: int, session: Session, predictor: Predictor) -> Opinion | Failure:
    if line[:1] == b"f":
        known = json.loads(line[1:])
        return Failure(known["id"], known["error"]["code"], known["error"]["message"])
    return item_of(Row(str(number), line[1:]), session, predictor.competence)


def _identity(line: bytes, number: int) -> str:
    try:
        row = json.loads(line[1:])
    except (ValueError, RecursionError):
        row = None
    identity = row.get("id") if isinstance(row, dict) else None
    return str(number) if identity is None else str(identity)

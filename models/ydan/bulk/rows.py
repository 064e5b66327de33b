"""Rows as they come out of a file: made opinions where they are assessed, not where they are read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ydan.assessment import Assessment, Failure, dump_json
from ydan.competence import CompetenceTable
from ydan.errors import OpinionError
from ydan.opinion import Opinion, Session, parse_opinion

CHUNK = 500
"""Rows that a worker does in one go: a tenth of a second and more, so that handing over costs next to nothing."""
_HEAVY = 4_000_000
"""Bytes of JSON from which on a chunk is full before it has ``CHUNK`` rows."""

Answer = Assessment | Failure


class Row(NamedTuple):
    """One row: its number (and name, when it has no id), a JSON line or the cells with contract names, its file."""

    place: str
    raw: bytes | Mapping[str, Any]
    source: str = ""


def item_of(row: Row, session: Session, competence: CompetenceTable) -> Opinion | Failure:
    """The opinion of a row, or why it is none; never an exception.

    Bytes that are no UTF-8 spoil their own line only.
    """
    raw: object = row.raw
    if isinstance(raw, bytes):
        try:
            raw = json.loads(raw.decode("utf-8", "surrogatepass"))
        except (ValueError, RecursionError) as error:
            words = f"Dòng {row.place} không phải JSON hợp lệ ({error}). Hãy sửa dòng này rồi gửi lại."
            return Failure(row.place, "invalid_json", words)
    try:
        return parse_opinion(raw, session, fallback_id=row.place, competence=competence)
    except OpinionError as error:
        return Failure(_identity(raw, row.place), error.code, str(error))


def lost(row: Row, why: str) -> Failure:
    """The answer to a row that the machine could not do."""
    raw: object = row.raw
    if isinstance(raw, bytes):
        try:
            raw = json.loads(raw)
        except (ValueError, RecursionError):
            raw = None
    words = f"Không phân loại được dòng này: {why}. Các dòng khác không bị ảnh hưởng. Hãy thử lại riêng dòng này."
    return Failure(_identity(raw, row.place), "not_assessed", words)


def answer_row(answer: Answer, versions: Mapping[str, object], prefix: str = "") -> dict[str, Any]:
    """The object of CONTRACT.md; an assessment carries the versions, an error has none to tell."""
    row = answer.to_json()
    row["id"] = prefix + row["id"]
    if isinstance(answer, Assessment):
        row |= versions
    return row


def answer_rows(
    answers: Sequence[Answer], versions: Mapping[str, object], prefix: str = "", places: Sequence[Row] | None = None
) -> list[dict[str, Any]]:
    """The objects of some answers; with ``places``, each says which row of which file it answers."""
    found = [answer_row(answer, versions, prefix) for answer in answers]
    if places is None:
        return found
    return [{"source": at.source, "row": int(at.place), **one} for at, one in zip(places, found, strict=True)]


def json_line(row: Mapping[str, Any]) -> str:
    """An object of JSON Lines."""
    return dump_json(row) + "\n"


def chunked(rows: Iterable[Row], size: int = CHUNK) -> Iterator[list[Row]]:
    """Consecutive rows, ``size`` at a time, fewer when they are very long.

    >>> [len(chunk) for chunk in chunked([Row("1", b"{}")] * 5, 2)]
    [2, 2, 1]
    """
    chunk: list[Row] = []
    weight = 0
    for row in rows:
        chunk.append(row)
        weight += len(row.raw) if isinstance(row.raw, bytes) else 0
        if len(chunk) == size or weight > _HEAVY:
            yield chunk
            chunk, weight = [], 0
    if chunk:
        yield chunk


def _identity(raw: object, place: str) -> str:
    identity = raw.get("id") if isinstance(raw, Mapping) else None
    return place if identity is None else str(identity)

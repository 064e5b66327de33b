"""The body of a job, in each format that is taken, as lines of :mod:`ydan_service.programs.assessing.lines`."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ydan.assessment import dump_json
from ydan.bulk.columns import OWN_COLUMNS, find_columns
from ydan.errors import ReadError
from ydan_service.programs.assessing.lines import failure_line, opinion_line
from ydan_service.programs.bulk.splitting import limited, lines_of, without_mark
from ydan_service.programs.refused import Refused

JSON, JSON_LINES, CSV = "application/json", "application/x-ndjson", "text/csv"
PARQUET = "application/vnd.apache.parquet"
KINDS = (JSON, JSON_LINES, CSV, PARQUET)


class Reading(NamedTuple):
    """What a body says of the meeting, unchecked, and its opinions; those come as they are asked for."""

    session: Mapping[str, Any]
    lines: Iterator[bytes]


class Limits(NamedTuple):
    """Bytes of a JSON body, which is read whole; bytes of a body that streams; opinions."""

    json_bytes: int
    bytes: int
    opinions: int


def read(kind: str, chunks: Iterable[bytes], session: Mapping[str, Any], limits: Limits) -> Reading:
    """Read a body of ``kind``, with the session of the address where the format has no place for one.

    :raises Refused: a kind that is not taken, a body that is none of it or too large; later, while the lines are
        read, too many opinions.
    """
    if kind == JSON:
        return _json(limited(chunks, limits.json_bytes), session)
    within = limited(chunks, limits.bytes)
    if kind == JSON_LINES:
        return Reading(session, _json_lines(within))
    if kind == CSV:
        return Reading(session, _csv(within))
    if kind == PARQUET:
        from ydan_service.programs.bulk.parquet import parquet_lines

        return Reading(session, parquet_lines(within, limits))
    raise Refused(415, "unsupported_media_type", f"Nhận {', '.join(KINDS)}; không nhận {kind[:100]}.")


def _json(chunks: Iterable[bytes], session: Mapping[str, Any]) -> Reading:
    try:
        raw = json.loads(b"".join(chunks))
    except (ValueError, RecursionError) as error:
        raise Refused(
            400, "invalid_json", f"Thân yêu cầu không phải JSON hợp lệ: {str(error)[:120]}. Nhiều dòng: {JSON_LINES}."
        ) from error
    if not isinstance(raw, dict) or not isinstance(raw.get("opinions"), list):
        raise Refused(422, "invalid_request", 'Thân phải là {"session": {…}, "opinions": [{"id": …, "text": …}]}.')
    own = raw.get("session")
    if own is not None and not isinstance(own, dict):
        raise Refused(422, "invalid_request", '"session" phải là một đối tượng, ví dụ {"host_level": "commune"}.')
    said = {name: value for name, value in (own or {}).items() if name in OWN_COLUMNS and value is not None}
    return Reading({**session, **said}, (opinion_line(dump_json(row).encode()) for row in raw["opinions"]))


def _json_lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    number = 0
    for line, whole in without_mark(lines_of(chunks)):
        stripped = line.strip()
        if stripped:
            number += 1
            yield opinion_line(stripped.replace(b"\r", b" ")) if whole else _too_long(number)


def _csv(chunks: Iterable[bytes]) -> Iterator[bytes]:
    lines = _decoded(chunks)
    first = next(lines, "")
    if first[:4].lower() == "sep=":  # how Excel marks the delimiter
        first = next(lines, "")
    delimiter = max(",;\t", key=first.count)
    columns = columns_of(next(csv.reader([first], delimiter=delimiter), []))
    reader, number = csv.reader(lines, delimiter=delimiter), 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            number += 1
            yield failure_line(
                number,
                "bad_row",
                f"Dòng {reader.line_num + 1} không đọc được ({error}). Hãy xem lại dấu ngoặc kép của dòng này.",
            )
            continue
        if not any(cell.strip() for cell in cells):
            continue
        number += 1
        yield row_line(number, {name: cells[at] for name, at in columns.items() if at < len(cells)})


def columns_of(header: list[str]) -> dict[str, int]:
    """Which column is which.

    :raises Refused: 422, none has the opinions.
    """
    try:
        return find_columns(header, "Bảng")
    except ReadError as error:
        raise Refused(422, error.code, str(error)) from error


def row_line(number: int, cells: Mapping[str, str | None]) -> bytes:
    """A row of a table as a line; an empty cell is as good as none, but that of the opinion."""
    text = cells.get("text") or ""
    if any("\udc80" <= letter <= "\udcff" for value in cells.values() for letter in value or ""):
        message = f"Dòng {number} có byte không phải UTF-8. Hãy lưu lại tệp dạng UTF-8 rồi gửi lại."
        return failure_line(number, "binary_text", message)
    row = {name: value.strip() for name, value in cells.items() if value and value.strip()}
    return opinion_line(dump_json({**row, "text": text}).encode())


def _decoded(chunks: Iterable[bytes]) -> Iterator[str]:
    """A byte that is no UTF-8 spoils its own row only: it stays, as half of a pair."""
    for line, _whole in without_mark(lines_of(chunks)):
        yield line.decode("utf-8", "surrogateescape")


def _too_long(number: int) -> bytes:
    return failure_line(
        number, "text_too_long", f"Dòng {number} dài quá 1.000.000 byte. Hãy tách ý kiến này thành từng việc."
    )

"""Opinions out of Parquet, answers into Parquet; the only module that imports pyarrow, and late.

The columns of an answer are the fields of CONTRACT.md, nested as there: a row read back is the JSON object, with null
for what an object would leave out. Nothing here starts a thread of Arrow's, so that workers can still be forked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from ydan.bulk.columns import find_columns
from ydan.bulk.rows import Answer, Row, answer_rows
from ydan.errors import MissingExtra, ReadError

_BATCH = 1_000
_GROUP = 10_000
"""Rows of a row group: what the writer holds back, some 20 MB."""
_LONE = re.compile("[\ud800-\udfff]")


def arrow() -> Any:
    """pyarrow.

    :raises MissingExtra: it is not installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtra('Đọc, ghi tệp .parquet cần pyarrow. Hãy chạy: pip install "ydan[parquet]"') from error
    return pyarrow


def open_parquet(path: Path) -> Any:
    """A file whose footer was read.

    :raises ReadError: it is no Parquet, or cut off.
    """
    try:
        return arrow().parquet.ParquetFile(path)
    except FileNotFoundError:
        raise
    except (arrow().ArrowException, OSError) as error:  # a damaged footer is an OSError too
        raise ReadError(
            f"Tệp {path} không phải Parquet hoặc bị cắt cụt ({_line(error)}). Hãy xuất lại tệp này."
        ) from error


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:120]


def count_parquet(path: Path) -> int:
    """Rows of a file, from its footer."""
    with open_parquet(path) as file:
        return int(file.metadata.num_rows)


def read_parquet(path: Path, begin: int = 0, end: int | None = None) -> Iterator[Row]:
    """The rows of a file from ``begin`` up to ``end``, counted from 0; their names count from 1.

    :raises ReadError: it cannot be read, or has no column of opinions.
    """
    with open_parquet(path) as file:
        header = file.schema_arrow.names
        found = find_columns(header, f"Tệp {path}")
        groups, at = _groups(file.metadata, begin, end)
        wanted = [header[place] for place in found.values()]
        try:
            for batch in file.iter_batches(_BATCH, row_groups=groups, columns=wanted, use_threads=False):
                inside = batch.slice(max(0, begin - at), None if end is None else max(0, end - max(at, begin)))
                number = max(at, begin)
                columns = {name: inside.schema.get_field_index(header[place]) for name, place in found.items()}
                for row, raw in enumerate(table_cells(inside, columns), number + 1):
                    yield Row(str(row), raw)
                at += batch.num_rows
        except (arrow().ArrowException, OSError) as error:
            raise ReadError(f"Tệp {path} bị hỏng sau dòng {at} ({_line(error)}). Hãy xuất lại tệp này.") from error


def table_cells(table: Any, columns: Mapping[str, int]) -> list[dict[str, Any]]:
    """The rows of a table or batch by the contract's names; what is null is left out."""
    cells = {name: table.column(place).to_pylist() for name, place in columns.items()}
    return [
        {name: _plain(column[row]) for name, column in cells.items() if column[row] is not None}
        for row in range(table.num_rows)
    ]


def _groups(about: Any, begin: int, end: int | None) -> tuple[list[int], int]:
    """The row groups that hold some of the rows, and the number of the first row in them."""
    groups: list[int] = []
    start, at = begin, 0
    for number in range(about.num_row_groups):
        after = at + about.row_group(number).num_rows
        if after > begin and (end is None or at < end):
            start = start if groups else at
            groups.append(number)
        at = after
    return groups, start


def _plain(value: object) -> object:
    """A time of day says nothing of the meeting's date."""
    return value.date() if isinstance(value, datetime) else value


@cache
def answer_schema(placed: bool = False) -> Any:
    """The columns of an answer; before them, if ``placed``, those that say which row of which file it answers."""
    pa = arrow()
    text, real, span = pa.string(), pa.float64(), pa.list_(pa.int32())

    def struct(**fields: Any) -> Any:
        return pa.struct(list(fields.items()))

    choice = struct(id=text, label=text, confidence=real)
    body = struct(id=text, label=text)
    reason = struct(code=text, label=text, span=span, basis=text, confidence=real)
    columns = {
        **({"source": text, "row": pa.int64()} if placed else {}),
        "id": text,
        "text": text,
        "topic": choice,
        "alternatives": pa.list_(choice),
        "secondary_topics": pa.list_(choice),
        "matter": choice,
        "type": choice,
        "jurisdiction": struct(level=choice, body=body, period=text, basis=text, decided_by=text),
        "escalation": struct(
            required=pa.bool_(),
            transfer=pa.bool_(),
            confidence=real,
            urgency=text,
            to=struct(level=text, body=body),
            reasons=pa.list_(reason),
            confidential=pa.bool_(),
        ),
        "evidence": pa.list_(pa.struct([("span", span), ("weight", real), ("for", text)])),
        "review": struct(needed=pa.bool_(), reasons=pa.list_(struct(code=text, label=text))),
        "model": struct(name=text, version=text),
        "taxonomy": struct(version=text),
        "competence": struct(version=text),
        "error": struct(code=text, message=text),
    }
    return pa.schema(list(columns.items()))


def to_table(rows: Sequence[Mapping[str, Any]], schema: Any) -> Any:
    """Rows of answers as a table. Half of an emoji cannot be stored: it becomes the replacement character."""
    table = arrow().Table
    try:
        return table.from_pylist(list(rows), schema=schema)
    except UnicodeEncodeError:
        return table.from_pylist([_whole(row) for row in rows], schema=schema)


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return _LONE.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {name: _whole(inner) for name, inner in value.items()}
    return [_whole(inner) for inner in value] if isinstance(value, list) else value


class ParquetEncoder:
    """Answers as the bytes of an Arrow stream: what a worker hands to the process that writes."""

    def __init__(self, versions: Mapping[str, object], prefix: str = "", *, placed: bool = False) -> None:
        self._versions, self._prefix, self._placed = versions, prefix, placed

    def __call__(self, answers: Sequence[Answer], rows: Sequence[Row] = ()) -> bytes:
        pa, schema = arrow(), answer_schema(self._placed)
        places = rows if self._placed else None
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, schema) as stream:
            stream.write_table(to_table(answer_rows(answers, self._versions, self._prefix, places), schema))
        return bytes(memoryview(sink.getvalue()))


class ParquetWriter:
    """A file that grows by row groups; whatever was written is readable once it is closed."""

    def __init__(self, path: Path, *, placed: bool = False) -> None:
        self._schema = answer_schema(placed)
        self._writer = arrow().parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._held: list[Any] = []
        self._rows = 0

    def write_encoded(self, data: bytes) -> None:
        """What a :class:`ParquetEncoder` made."""
        for batch in arrow().ipc.open_stream(data):
            self.write_batch(batch)

    def write_batch(self, batch: Any) -> None:
        """Rows of the schema."""
        self._held.append(batch)
        self._rows += batch.num_rows
        if self._rows >= _GROUP:
            self._flush()

    def close(self) -> None:
        """What is held back, then the footer."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._held:
            self._writer.write_table(arrow().Table.from_batches(self._held, self._schema), row_group_size=_GROUP)
        self._held, self._rows = [], 0

"""Parquet in and out, where pyarrow is installed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ydan.bulk import parquet
from ydan.errors import MissingExtra
from ydan.opinion import LONGEST
from ydan_service.programs.assessing.lines import PART, failure_line
from ydan_service.programs.refused import Refused

if TYPE_CHECKING:
    from ydan_service.programs.bulk.reading import Limits

_IN_MEMORY = 10_000_000
_MOST_BYTES = LONGEST * 8
"""Of one cell: a small file may hold one huge text a million times."""


def arrow() -> Any:
    """The package pyarrow, with ``parquet`` and ``compute``.

    :raises Refused: 415, it is not installed.
    """
    try:
        found = parquet.arrow()
        import_module("pyarrow.compute")
    except MissingExtra as error:
        raise Refused(
            415,
            "unsupported_media_type",
            'Máy chủ này chưa đọc, ghi được Parquet. Hãy dùng NDJSON hoặc CSV, hoặc cài: pip install "ydan[parquet]"',
        ) from error
    return found


def parquet_lines(chunks: Iterable[bytes], limits: Limits) -> Iterator[bytes]:
    """The rows as lines. The file lies in a nameless temporary file meanwhile: its directory stands at its end.

    :raises Refused: 422, no Parquet or no column with the opinions; 413, too many rows.
    """
    pa = arrow()
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
        for chunk in chunks:
            file.write(chunk)
        file.seek(0)
        try:
            yield from _rows(pa, file, limits)
        except (pa.ArrowException, OSError) as error:
            raise Refused(
                422, "unreadable_file", f"Thân không phải tệp Parquet đọc được ({str(error)[:120]}). Hãy ghi lại tệp."
            ) from error


def _rows(pa: Any, file: Any, limits: Limits) -> Iterator[bytes]:
    from ydan_service.programs.bulk.reading import columns_of, row_line

    schema = pa.parquet.read_schema(file)
    file.seek(0)
    columns = columns_of(schema.names)
    names = {name: schema.names[at] for name, at in columns.items()}
    opened = pa.parquet.ParquetFile(file, read_dictionary=list(names.values()))
    if opened.metadata.num_rows > limits.opinions:
        raise too_many(limits.opinions)
    number = 0
    for batch in opened.iter_batches(batch_size=PART, columns=list(names.values()), use_threads=False):
        cells = {name: _column(pa, batch.column(own)) for name, own in names.items()}
        for at in range(batch.num_rows):
            number += 1
            row = {name: values[at] for name, values in cells.items()}
            if any(value is _TOO_LONG for value in row.values()):
                yield failure_line(
                    number, "text_too_long", f"Dòng {number} có ô dài quá {_MOST_BYTES} byte. Hãy tách ra."
                )
            else:
                yield row_line(number, row)


def too_many(most: int) -> Refused:
    """More opinions than a job may hold."""
    return Refused(
        413,
        "too_many_opinions",
        f"Một việc nhận tối đa {most} ý kiến (YDAN_MOST_JOB_OPINIONS). Hãy chia thành nhiều việc.",
    )


_TOO_LONG: Any = object()


def _column(pa: Any, column: Any) -> list[Any]:
    """The cells as strings; a cell that is too long is not made."""
    if not pa.types.is_dictionary(column.type):
        return [None if value is None else str(value) for value in column.to_pylist()]
    known = column.dictionary
    lengths = pa.compute.binary_length(known).take(column.indices).to_pylist()
    found: list[Any] = []
    for index, length in zip(column.indices, lengths, strict=True):
        if length is None:
            found.append(None)
        else:
            found.append(_TOO_LONG if length > _MOST_BYTES else str(known[index.as_py()].as_py()))
    return found

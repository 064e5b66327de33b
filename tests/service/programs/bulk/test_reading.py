"""Bodies of jobs: whatever is sent, each row is one line, and no row takes another one along."""

from __future__ import annotations

import io
import json
import tracemalloc
from collections.abc import Iterator

import pyarrow
import pyarrow.parquet
import pytest

from tests.service.programs.jobbing import GOOD
from ydan_service.errors import OfficeError
from ydan_service.programs.bulk.reading import CSV, JSON_LINES, PARQUET, Limits, read

LIMITS = Limits(10**7, 10**9, 10**6)


def rows(kind: str, body: bytes, step: int = 7) -> list[object]:
    chunks = (body[at : at + step] for at in range(0, len(body), step))
    found: list[object] = []
    for line in read(kind, chunks, {}, LIMITS).lines:
        found.append(json.loads(line[1:]) if line[:1] == b"o" else json.loads(line[1:])["error"]["code"])
    return found


def test_a_line_feed_in_a_quoted_cell_is_part_of_it() -> None:
    """And chunks may end anywhere."""
    body = f'text,id\r\n"{GOOD},\nđoạn ""ngã ba""",1\r\nb\r\n'.encode()
    for step in (1, 3, 1000):
        assert rows(CSV, body, step) == [{"text": f'{GOOD},\nđoạn "ngã ba"', "id": "1"}, {"text": "b"}]


def test_a_bad_row_of_a_table_spoils_itself_only() -> None:
    """Bytes that are no UTF-8; a cell beyond every limit."""
    body = b"text\nmot\n\xff\xfe hai\n" + b"x" * 1_200_000 + b"\nbon\n"
    assert rows(CSV, body, 65_536) == [{"text": "mot"}, "binary_text", "bad_row", {"text": "bon"}]


def test_a_line_without_end_is_cut_and_forgotten() -> None:
    """Memory holds a megabyte of it; its neighbours are read."""

    def endless() -> Iterator[bytes]:
        yield b'{"text": "a"}\n{"text": "'
        for _ in range(300):
            yield b"x" * 100_000
        yield b'"}\n{"text": "c"}'

    tracemalloc.start()
    found = [line[:1] for line in read(JSON_LINES, endless(), {}, LIMITS).lines]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == [b"o", b"f", b"o"]
    assert peak < 8_000_000


def test_parquet_numbers_and_dates_become_text() -> None:
    """As a column of ids or dates comes out of a database; an empty cell is none."""
    import datetime

    table = pyarrow.table({"STT": [1, 2], "Nội dung": [GOOD, None], "date": [datetime.date(2026, 3, 1), None]})
    sink = io.BytesIO()
    pyarrow.parquet.write_table(table, sink)
    expected = [{"text": GOOD, "id": "1", "date": "2026-03-01"}, {"text": "", "id": "2"}]
    assert rows(PARQUET, sink.getvalue(), 1000) == expected


def test_a_small_file_that_unfolds_to_gigabytes_is_not_unfolded() -> None:
    """One text of ten megabytes, named three thousand times by a dictionary of one entry."""
    column = pyarrow.DictionaryArray.from_arrays([0] * 3000, ["a" * 10_000_000])
    sink = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table({"text": column}), sink, compression="zstd")
    assert len(sink.getvalue()) < 100_000
    assert set(map(str, rows(PARQUET, sink.getvalue(), 65_536))) == {"text_too_long"}


def test_too_many_rows_are_seen_before_they_are_read() -> None:
    """Parquet says how many there are."""
    sink = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table({"text": ["a"] * 11}), sink)
    with pytest.raises(OfficeError, match="10"):
        list(read(PARQUET, [sink.getvalue()], {}, Limits(10**6, 10**6, 10)).lines)

"""The rows of an export: CSV, JSON (a list, or an object that holds one) or JSON Lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from ydan.errors import ReadError
from ydan.mapping.load import CODE
from ydan.mapping.model import Mapping, key_of
from ydan.minutes.readers.encoding import decode_text
from ydan.minutes.readers.separated import find_delimiter
from ydan.opinion import LONGEST

_HEAD_ROWS = 20
"""Rows within which the headings stand: an export often begins with its own title."""


def read_rows(data: bytes, name: str, mapping: Mapping) -> Iterator[dict[str, Any]]:
    """Each row of the export, heading → cell; rows that are empty are left out.

    ``name`` ends in ``.csv``, ``.json`` or ``.jsonl``; else the data say what they are.

    :raises ReadError: ``binary_text``, no JSON, quotes that never close, or no column with the text (with those that
        are there).
    """
    text = _text(data, name, mapping)
    begins = text.lstrip()[:1]
    rows: Iterable[object]
    if name.endswith(".jsonl") or (begins == "{" and not name.endswith((".json", ".csv")) and _is_lines(text)):
        rows = _lines(text, name)
    elif name.endswith(".json") or begins in ("[", "{"):
        rows = _records(text, name, mapping)
    else:
        yield from _cells(text, name, mapping)
        return
    found = False
    for number, row in enumerate(rows, 1):
        if number == 1 and isinstance(row, dict):
            _check_headings(list(row), name, mapping)
        if row:
            found = True
            yield row if isinstance(row, dict) else {"": row}
    if not found:
        raise ReadError(f"Tệp {name} không có dòng nào. Hãy xem lại tệp xuất.", CODE)


def _text(data: bytes, name: str, mapping: Mapping) -> str:
    if mapping.encoding == "auto":
        return decode_text(data, name)
    try:
        return data.decode(mapping.encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise ReadError(
            f"Tệp {name} không đúng bảng mã {mapping.encoding} mà bảng ánh xạ {mapping.name} nêu. "
            'Hãy sửa reading.encoding, hoặc để "auto".',
            CODE,
        ) from None


def _is_lines(text: str) -> bool:
    """Whether the first line is an object by itself."""
    first = text.lstrip().split("\n", 1)[0].strip()
    try:
        return isinstance(json.loads(first), dict) and "\n" in text.strip()
    except (ValueError, RecursionError):
        return False


def _lines(text: str, name: str) -> Iterator[object]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield json.loads(line)
            except (ValueError, RecursionError) as error:
                raise ReadError(f"Tệp {name}, dòng {number} không phải JSON hợp lệ ({error}).", CODE) from error


def _records(text: str, name: str, mapping: Mapping) -> list[object]:
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"Tệp {name} không phải JSON hợp lệ ({error}). Hãy xuất lại tệp này.", CODE) from error
    while isinstance(raw, dict):
        inside = next((raw[key] for key in mapping.records if isinstance(raw.get(key), list | dict)), None)
        if inside is None:
            raise ReadError(
                f"Tệp {name}: không thấy danh sách trong JSON. Hãy thêm tên mục chứa danh sách vào reading.records "
                f"({', '.join(map(str, list(raw)[:10]))}).",
                CODE,
            )
        raw = inside
    return list(raw)


def _cells(text: str, name: str, mapping: Mapping) -> Iterator[dict[str, Any]]:
    delimiter = None if mapping.delimiter == "auto" else mapping.delimiter
    if text[:4].lower() == "sep=":  # how Excel marks the delimiter
        mark, _, text = text.partition("\n")
        delimiter = delimiter or mark[4:5] or None
    csv.field_size_limit(LONGEST * 100)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or find_delimiter(text))
    header: list[str] | None = None
    before: list[list[str]] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if header is not None:
                yield dict(zip(header, cells, strict=False))
            elif _has_text(cells, mapping):
                header = cells
            else:
                before.append(cells)
                if len(before) >= _HEAD_ROWS:
                    break
    except csv.Error as error:
        raise ReadError(
            f"Tệp {name}: không đọc được dòng {reader.line_num} ({error}). Hãy xem lại dấu ngoặc kép.", CODE
        ) from error
    if header is None:
        _check_headings(before[0] if before else [], name, mapping)


def _has_text(headings: list[str], mapping: Mapping) -> bool:
    return not {key_of(str(heading)) for heading in headings}.isdisjoint(mapping.columns["text"])


def _check_headings(headings: list[str], name: str, mapping: Mapping) -> None:
    if not _has_text(headings, mapping):
        raise ReadError(
            f"Tệp {name}: không thấy cột nội dung theo bảng ánh xạ {mapping.name}. Các cột đang có: "
            f"{', '.join(str(each)[:40] for each in headings[:20]) or 'không có'}. Hãy chép bảng ánh xạ thành tệp "
            ".toml riêng rồi thêm tên cột vào columns.text.",
            CODE,
        )

"""A list with an opinion a row (``.jsonl``, ``.csv``, lines of text) as the minutes of a meeting without answers."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from ydan.bulk.columns import TEXT_COLUMNS
from ydan.documents import plain_minutes
from ydan.documents.wording import clean
from ydan.errors import ReadError
from ydan.minutes.records import Meeting, Minutes, Notice
from ydan.text import legacy_encoding

SPEAKER_COLUMNS = ("speaker", "họ tên", "họ và tên", "người nêu", "người kiến nghị", "cử tri", "công dân")
ADDRESS_COLUMNS = ("address", "địa chỉ", "thôn", "tổ dân phố", "nơi ở", "đơn vị")
MOST_ROWS = 5_000
_WIDEST = 500_000


class Row(NamedTuple):
    """One opinion of a list."""

    text: str
    speaker: str | None = None
    address: str | None = None


def has_text_column(data: bytes) -> bool:
    """Whether the first line of a ``.csv`` names a column of opinions; else it may be a table out of minutes."""
    return _place(_header(_text(data)), TEXT_COLUMNS) is not None


def read_list(data: bytes, name: str) -> Minutes:
    """The opinions of a list; rows that cannot be read are named in the meeting's warnings, none is passed over.

    :raises ReadError: nothing in it can be read, or more than :data:`MOST_ROWS` rows.
    """
    text = _text(data)
    kind = name.lower().rpartition(".")[2]
    rows: Iterator[Row | int]
    if kind == "jsonl":
        rows = _json_rows(text)
    elif kind == "csv":
        rows = _csv_rows(text, name)
    else:
        rows = (Row(line.strip()) for line in text.splitlines() if line.strip())
    good: list[Row] = []
    bad: list[int] = []
    for row in rows:
        if isinstance(row, int):
            bad.append(row)
        else:
            good.append(row)
        if len(good) > MOST_ROWS:
            raise ReadError(f"Tệp {name} có hơn {MOST_ROWS} dòng. Hãy tách thành nhiều tệp.", "too_long")
    if not good:
        raise ReadError(f"Tệp {name} không có ý kiến nào đọc được. Hãy xem lại cột nội dung.", "no_opinions")
    return _minutes(good, bad)


def _minutes(rows: list[Row], bad: list[int]) -> Minutes:
    warnings: tuple[Notice, ...] = ()
    if bad:
        lines = ", ".join(map(str, bad[:20])) + (" …" if len(bad) > 20 else "")
        warnings = (
            Notice("bad_rows", f"Không đọc được dòng {lines} của danh sách. Hãy nhập bằng tay những dòng này."),
        )
    minutes = plain_minutes([row.text for row in rows], Meeting(warnings=warnings))
    opinions = tuple(
        replace(
            raised,
            text=minutes.extract.text[raised.source.start : raised.source.end],
            speaker=clean(row.speaker or "") or None,
            address=clean(row.address or "") or None,
        )
        for raised, row in zip(minutes.opinions, rows, strict=True)
    )
    return replace(minutes, opinions=opinions)


def _text(data: bytes) -> str:
    """UTF-8 or UTF-16, else what Windows wrote before."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        latin = data.decode("latin-1")
        return latin if legacy_encoding(latin) else data.decode("cp1258", "replace")


def _json_rows(text: str) -> Iterator[Row | int]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            raw = json.loads(line)
        except (ValueError, RecursionError):
            yield number
            continue
        words = raw.get("text") if isinstance(raw, dict) else raw
        if not isinstance(words, str) or not words.strip():
            yield number
            continue
        told = raw if isinstance(raw, dict) else {}
        named = [told.get(name) for name in ("speaker", "address")]
        yield Row(words, *(value if isinstance(value, str) else None for value in named))


def _csv_rows(text: str, name: str) -> Iterator[Row | int]:
    header = _header(text)
    places = [_place(header, names) for names in (TEXT_COLUMNS, SPEAKER_COLUMNS, ADDRESS_COLUMNS)]
    if places[0] is None:
        columns = ", ".join(TEXT_COLUMNS[:4])
        raise ReadError(f"Tệp {name} không có cột nội dung. Hãy đặt tên một cột là: {columns}.", "no_text_column")
    csv.field_size_limit(_WIDEST)  # set anew: the readers of minutes allow more, for all of the process
    reader = _reader(text)
    next(reader, None)
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            words, *told = (cells[at] if at is not None and at < len(cells) else "" for at in places)
            yield Row(words, *told) if words.strip() else reader.line_num
    except csv.Error as error:
        message = f"Tệp {name}: không đọc được dòng {reader.line_num} ({error}). Hãy xem lại dấu ngoặc kép."
        raise ReadError(message, "bad_csv") from error


def _reader(text: str) -> Any:
    if text[:4].lower() == "sep=":  # how Excel marks the delimiter
        text = text.partition("\n")[2]
    first = text.split("\n", 1)[0]
    return csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))


def _header(text: str) -> list[str]:
    try:
        return [unicodedata.normalize("NFC", cell.strip().lower()) for cell in next(_reader(text), [])]
    except csv.Error:
        return []


def _place(header: list[str], names: tuple[str, ...]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)

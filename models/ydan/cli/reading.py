"""Opinions out of JSON Lines, CSV, text files and standard input; one row in, one item out, nothing dropped."""

from __future__ import annotations

import csv
import io
import json
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ydan.assessment import Failure
from ydan.competence import CompetenceTable
from ydan.errors import OpinionError, ReadError
from ydan.opinion import LONGEST, Opinion, Session, parse_opinion
from ydan.text import legacy_encoding

KINDS = (".jsonl", ".csv", ".txt")
TEXT_COLUMNS = ("text", "noi dung", "nội dung", "ý kiến", "y kien", "nội dung ý kiến", "kiến nghị", "content")
ID_COLUMNS = ("id", "stt", "mã", "số tt", "tt")
_FEW = 8192


def read_items(name: str, session: Session, competence: CompetenceTable) -> Iterator[Opinion | Failure]:
    """The opinions of a file, or of standard input for ``-`` (JSON Lines when a line is an object).

    What comes without an id gets its place: the line's number, in a CSV file the row's.

    :raises ReadError: no such file, a kind that is not read, no text column.
    """
    data = _utf8(_bytes(name), name)
    if b"\x00" in data[:_FEW] and not data.lstrip().startswith(b"{"):
        raise ReadError(f"{_shown(name)} là tệp nhị phân. Hãy lưu thành .txt, .csv hoặc .jsonl (UTF-8) rồi thử lại.")
    kind = Path(name).suffix.lower() if name != "-" else _guess(data)
    rows: Iterator[tuple[int, object]]
    if kind == ".jsonl":
        rows = _json_rows(data)
    elif kind == ".csv":
        rows = enumerate(_csv_rows(_text(data, name), name), 1)
    else:
        rows = ((n, {"text": line.strip()}) for n, line in _text_lines(_text(data, name)))
    for number, row in rows:
        yield _item(row, session, str(number), competence)


def _item(row: object, session: Session, fallback: str, competence: CompetenceTable) -> Opinion | Failure:
    if isinstance(row, Failure):
        return row
    try:
        return parse_opinion(row, session, fallback_id=fallback, competence=competence)
    except OpinionError as error:
        identity = row.get("id") if isinstance(row, dict) else None
        return Failure(fallback if identity is None else str(identity), error.code, str(error))


def _bytes(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    path = Path(name)
    if not path.exists():
        raise ReadError(f"Không có tệp {name}. Hãy kiểm tra lại tên và đường dẫn.")
    if path.is_dir():
        raise ReadError(f"{name} là thư mục. Hãy cho tên một tệp {', '.join(KINDS)}.")
    if path.suffix.lower() not in KINDS:
        raise ReadError(
            f"Chưa đọc được tệp {path.suffix or 'không đuôi'} ({name}). Hãy lưu thành một trong: {', '.join(KINDS)}."
        )
    return path.read_bytes()


def _utf8(data: bytes, name: str) -> bytes:
    """UTF-16 as UTF-8; all else as it is."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, name, "utf-16").encode("utf-8", "surrogatepass")
    return data


def _text(data: bytes, name: str) -> str:
    """UTF-8, else what Windows wrote before: CP1258, or the bytes of a TCVN3 or VNI font."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        latin = data.decode("latin-1")
        return latin if legacy_encoding(latin) else _decoded(data, name, "cp1258")


def _decoded(data: bytes, name: str, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise ReadError(
            f"{_shown(name)} không phải UTF-8, UTF-16 hay CP1258. Hãy lưu lại dạng UTF-8 rồi thử lại."
        ) from None


def _guess(data: bytes) -> str:
    """One object among the lines is enough: the first line may be the bad one."""
    lines = (line.strip() for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n"))
    return ".jsonl" if any(line[:1] == b"{" and line[-1:] == b"}" for line in lines) else ".txt"


def _text_lines(text: str) -> Iterator[tuple[int, str]]:
    return ((n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip())


def _json_rows(data: bytes) -> Iterator[tuple[int, object]]:
    """Each line by itself, its encoding too: bytes that are no UTF-8 spoil their own line only."""
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        row: object
        try:
            row = json.loads(line.decode("utf-8", "surrogatepass"))
        except (ValueError, RecursionError) as error:
            row = Failure(
                str(number),
                "invalid_json",
                f"Dòng {number} không phải JSON hợp lệ ({error}). Hãy sửa dòng này rồi gửi lại.",
            )
        yield number, row


def _csv_rows(text: str, name: str) -> Iterator[dict[str, Any]]:
    csv.field_size_limit(LONGEST * 100)  # set anew: the readers of minutes allow more, for all of the process
    if text[:4].lower() == "sep=":  # how Excel marks the delimiter
        text = text.partition("\n")[2]
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from _csv_cells(reader, name)
    except csv.Error as error:
        raise ReadError(
            f"{_shown(name)}: không đọc được dòng {reader.line_num} ({error}). Hãy xem lại dấu ngoặc kép."
        ) from error


def _csv_cells(reader: Iterator[list[str]], name: str) -> Iterator[dict[str, Any]]:
    header = [unicodedata.normalize("NFC", cell.strip().lower()) for cell in next(reader, [])]
    column = _column(header, TEXT_COLUMNS)
    if column is None:
        raise ReadError(
            f"{_shown(name)}: không thấy cột nội dung. Hãy đặt tên một cột là: {', '.join(TEXT_COLUMNS[:4])}. "
            f"Các cột đang có: {', '.join(header) or 'không có'}."
        )
    identity = _column(header, ID_COLUMNS)
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        row: dict[str, Any] = {"text": cells[column] if column < len(cells) else ""}
        if identity is not None and identity < len(cells) and cells[identity].strip():
            row["id"] = cells[identity].strip()
        for extra in ("host_level", "date", "province"):
            if extra in header and header.index(extra) < len(cells) and cells[header.index(extra)].strip():
                row[extra] = cells[header.index(extra)].strip()
        yield row


def has_text_column(name: str) -> bool:
    """Whether the first line of a ``.csv`` names a column of opinions; else it may be a table out of minutes."""
    lines = _text(_utf8(_bytes(name), name), name).lstrip("\ufeff").split("\n", 2)
    first = lines[1] if lines[0][:4].lower() == "sep=" and len(lines) > 1 else lines[0]
    cells = next(csv.reader([first], delimiter=max(",;\t", key=first.count)), [])
    return _column([unicodedata.normalize("NFC", cell.strip().lower()) for cell in cells], TEXT_COLUMNS) is not None


def _column(header: list[str], names: tuple[str, ...]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)


def _shown(name: str) -> str:
    return "Đầu vào chuẩn" if name == "-" else f"Tệp {name}"

"""Opinions out of JSON Lines, CSV, text files and standard input; one row in, one item out, nothing dropped."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ydan.assessment import Failure
from ydan.competence import CompetenceTable
from ydan.errors import OpinionError, ReadError
from ydan.opinion import LONGEST, Opinion, Session, parse_opinion

KINDS = (".jsonl", ".csv", ".txt")
TEXT_COLUMNS = ("text", "noi dung", "nội dung", "ý kiến", "y kien", "nội dung ý kiến", "kiến nghị", "content")
ID_COLUMNS = ("id", "stt", "mã", "số tt", "tt")
_FEW = 8192


def read_items(name: str, session: Session, competence: CompetenceTable) -> Iterator[Opinion | Failure]:
    """The opinions of a file, or of standard input for ``-`` (JSON Lines when the first line is an object).

    :raises ReadError: no such file, a kind that is not read, no text column.
    """
    data = _bytes(name)
    if b"\x00" in data[:_FEW] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ReadError(f"{_shown(name)} là tệp nhị phân. Hãy lưu thành .txt, .csv hoặc .jsonl (UTF-8) rồi thử lại.")
    text = _decoded(data, name)
    kind = Path(name).suffix.lower() if name != "-" else _guess(text)
    if kind == ".jsonl":
        rows = _json_rows(text)
    elif kind == ".csv":
        rows = _csv_rows(text, name)
    else:
        rows = ({"id": str(n), "text": line.strip()} for n, line in _text_lines(text))
    for number, row in enumerate(rows, 1):
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


def _decoded(data: bytes, name: str) -> str:
    for encoding in ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1258"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ReadError(f"{_shown(name)} không phải UTF-8, UTF-16 hay CP1258. Hãy lưu lại dạng UTF-8 rồi thử lại.")


def _guess(text: str) -> str:
    return ".jsonl" if text.lstrip()[:1] == "{" else ".txt"


def _text_lines(text: str) -> Iterator[tuple[int, str]]:
    return ((n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip())


def _json_rows(text: str) -> Iterator[object]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield json.loads(line)
        except ValueError as error:
            yield Failure(
                str(number),
                "invalid_json",
                f"Dòng {number} không phải JSON hợp lệ ({error}). Hãy sửa dòng này rồi gửi lại.",
            )


def _csv_rows(text: str, name: str) -> Iterator[dict[str, Any]]:
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST * 100))
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = [cell.strip().lower() for cell in next(reader, [])]
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


def _column(header: list[str], names: tuple[str, ...]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)


def _shown(name: str) -> str:
    return "Đầu vào chuẩn" if name == "-" else f"Tệp {name}"

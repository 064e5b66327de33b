"""Opinions out of JSON Lines, CSV, Parquet, text files and standard input; one row in, one item out, nothing dropped.

JSON Lines, Parquet and CSV in UTF-8 are read row by row as somebody asks for them; the rest is read whole.
"""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from ydan.assessment import Failure
from ydan.bulk.columns import ID_COLUMNS, TEXT_COLUMNS, find_columns
from ydan.bulk.parquet import read_parquet
from ydan.bulk.rows import Row, item_of
from ydan.competence import CompetenceTable
from ydan.errors import ReadError
from ydan.opinion import LONGEST, Opinion, Session
from ydan.text import legacy_encoding

__all__ = ["ID_COLUMNS", "KINDS", "TEXT_COLUMNS", "has_text_column", "read_items", "read_rows"]

KINDS = (".jsonl", ".csv", ".txt", ".parquet")
_FEW = 8192
_HEAD = 1 << 20
"""Bytes that are looked at before the kind and the encoding are known."""


def read_items(name: str, session: Session, competence: CompetenceTable) -> Iterator[Opinion | Failure]:
    """The opinions of a file, or of standard input for ``-`` (JSON Lines when a line is an object).

    What comes without an id gets its place: the line's number, in a table the row's.

    :raises ReadError: no such file, a kind that is not read, no text column.
    """
    return (item_of(row, session, competence) for row in read_rows(name))


def read_rows(name: str) -> Iterator[Row]:
    """The same, not yet parsed: memory holds what was asked for and no more.

    :raises ReadError: when the first row is asked for; of a table that breaks off, at the row where it does.
    """
    if name == "-":
        yield from _stream_rows(sys.stdin.buffer, name)
        return
    path = _checked(name)
    if path.suffix.lower() == ".parquet":
        yield from read_parquet(path)
        return
    with path.open("rb") as stream:
        yield from _stream_rows(stream, name)


def _stream_rows(stream: IO[bytes], name: str) -> Iterator[Row]:
    head = stream.read(_HEAD)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = _decoded(head + stream.read(), name, "utf-16").encode("utf-8", "surrogatepass")
        stream = io.BytesIO()
    if b"\x00" in head[:_FEW] and not head.lstrip().startswith(b"{"):
        raise ReadError(f"{_shown(name)} là tệp nhị phân. Hãy lưu thành .txt, .csv hoặc .jsonl (UTF-8) rồi thử lại.")
    kind = Path(name).suffix.lower() if name != "-" else _guess(head)
    if kind == ".jsonl":
        lines = _lines(head.removeprefix(codecs.BOM_UTF8), stream)
        yield from (Row(str(n), line) for n, line in enumerate(lines, 1) if line.strip())
    elif kind == ".csv":
        table = _csv_rows(_text_stream(head, stream, name), name)
        yield from (Row(str(n), cells) for n, cells in enumerate(table, 1))
    else:
        text = _text(head + stream.read(), name)
        yield from (Row(str(n), {"text": line.strip()}) for n, line in _text_lines(text))


def _checked(name: str) -> Path:
    path = Path(name)
    if not path.exists():
        raise ReadError(f"Không có tệp {name}. Hãy kiểm tra lại tên và đường dẫn.")
    if path.is_dir():
        raise ReadError(f"{name} là thư mục. Hãy cho tên một tệp {', '.join(KINDS)}.")
    if path.suffix.lower() not in KINDS:
        raise ReadError(
            f"Chưa đọc được tệp {path.suffix or 'không đuôi'} ({name}). Hãy lưu thành một trong: {', '.join(KINDS)}."
        )
    return path


def _lines(head: bytes, stream: IO[bytes]) -> Iterator[bytes]:
    """The lines of both, without their ends."""
    *whole, last = head.split(b"\n")
    yield from whole
    yield (last + stream.readline()).removesuffix(b"\n")
    for line in stream:
        yield line.removesuffix(b"\n")


def _text_stream(head: bytes, stream: IO[bytes], name: str) -> Iterable[str]:
    """Lines of UTF-8 as they are read, where the whole file is that; else all of the text at once.

    A file is read through for that first, which costs a hundredth of the work on its rows.
    """
    if len(head) < _HEAD or not stream.seekable():
        return io.StringIO(_text(head + stream.read(), name), newline="")
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(head)
        while block := stream.read(_HEAD):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        stream.seek(0)
        return io.StringIO(_text(stream.read(), name), newline="")
    stream.seek(0)
    return io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")


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


def _guess(head: bytes) -> str:
    """One object among the lines is enough: the first line may be the bad one."""
    lines = (line.strip() for line in head.removeprefix(codecs.BOM_UTF8).split(b"\n"))
    return ".jsonl" if any(line[:1] == b"{" and line[-1:] == b"}" for line in lines) else ".txt"


def _text_lines(text: str) -> Iterator[tuple[int, str]]:
    return ((n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip())


def _csv_rows(text: Iterable[str], name: str) -> Iterator[dict[str, Any]]:
    csv.field_size_limit(LONGEST * 100)  # set anew: the readers of minutes allow more, for all of the process
    lines = iter(text)
    first = next(lines, "")
    if first[:4].lower() == "sep=":  # how Excel marks the delimiter
        first = next(lines, "")
    reader = csv.reader(itertools.chain([first], lines), delimiter=max(",;\t", key=first.count))
    try:
        yield from _csv_cells(reader, name)
    except csv.Error as error:
        raise ReadError(
            f"{_shown(name)}: không đọc được dòng {reader.line_num} ({error}). Hãy xem lại dấu ngoặc kép."
        ) from error


def _csv_cells(reader: Iterator[list[str]], name: str) -> Iterator[dict[str, Any]]:
    found = find_columns(next(reader, []), _shown(name))
    text = found.pop("text")
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        own = {name: cells[at].strip() for name, at in found.items() if at < len(cells) and cells[at].strip()}
        yield {"text": cells[text] if text < len(cells) else "", **own}


def has_text_column(name: str) -> bool:
    """Whether the first line of a ``.csv`` names a column of opinions; else it may be a table out of minutes."""
    with _checked(name).open("rb") as stream:
        head = stream.read(_HEAD)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[: len(head) // 2 * 2].decode("utf-16", "ignore").encode("utf-8", "surrogatepass")
    elif len(head) == _HEAD:
        head = head[: head.rfind(b"\n") + 1] or head  # not in the middle of a letter
    lines = _text(head, name).lstrip("\ufeff").split("\n", 2)
    first = lines[1] if lines[0][:4].lower() == "sep=" and len(lines) > 1 else lines[0]
    try:
        find_columns(next(csv.reader([first], delimiter=max(",;\t", key=first.count)), []), name)
    except ReadError:
        return False
    return True


def _shown(name: str) -> str:
    return "Đầu vào chuẩn" if name == "-" else f"Tệp {name}"

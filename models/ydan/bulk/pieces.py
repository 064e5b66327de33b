"""A large input cut into pieces that any process of any machine can read by itself, and do again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ydan.bulk.parquet import count_parquet, read_parquet
from ydan.bulk.rows import Row
from ydan.errors import ReadError

KINDS = (".jsonl", ".parquet")
ROWS = 10_000
"""Rows of a piece: seconds of work, so that little is lost when a machine dies."""
_BLOCK = 1 << 20


class Piece(NamedTuple):
    """Rows ``first`` and following of a file: the bytes from ``begin`` to ``end`` of JSON Lines, or those rows.

    ``source`` is the file's name inside the input folder.
    """

    number: int
    path: str
    source: str
    begin: int
    end: int
    first: int


def find_inputs(where: Path) -> list[tuple[Path, str]]:
    """The files of an input with their names inside it: one file, or all of a folder, in order of their names.

    :raises ReadError: nothing there that can be read in bulk.
    """
    if not where.exists():
        raise ReadError(f"Không có {where}. Hãy kiểm tra lại tên và đường dẫn.")
    if where.is_dir():
        files = sorted(path for path in where.rglob("*") if path.suffix.lower() in KINDS and path.is_file())
        if not files:
            raise ReadError(f"Thư mục {where} không có tệp {' hay '.join(KINDS)} nào. Hãy đặt dữ liệu vào đó.")
        return [(path, path.relative_to(where).as_posix()) for path in files]
    if where.suffix.lower() not in KINDS:
        raise ReadError(f"{where} không phải {' hay '.join(KINDS)}. Với tệp khác hãy dùng `ydan classify`.")
    return [(where, where.name)]


def cut(inputs: list[tuple[Path, str]], rows: int = ROWS) -> list[Piece]:
    """All pieces of all files. JSON Lines are read through once to find where lines end.

    :raises ReadError: a Parquet file cannot be read.
    """
    found: list[Piece] = []
    for path, source in inputs:
        if path.suffix.lower() == ".parquet":
            total = count_parquet(path)
            bounds = [(at, min(at + rows, total), at + 1) for at in range(0, total, rows)]
        else:
            bounds = list(_cut_lines(path, rows))
        found += [Piece(len(found) + at, str(path), source, *bound) for at, bound in enumerate(bounds)]
    return found


def read_piece(piece: Piece) -> Iterator[Row]:
    """Its rows, with the number that each has in its file.

    :raises ReadError: the file cannot be read.
    """
    path = Path(piece.path)
    if path.suffix.lower() == ".parquet":
        yield from (row._replace(source=piece.source) for row in read_parquet(path, piece.begin, piece.end))
        return
    with path.open("rb") as stream:
        stream.seek(piece.begin)
        number, left = piece.first, piece.end - piece.begin
        while left > 0:
            line = stream.readline(left)
            left -= len(line)
            if not line:
                raise ReadError(f"Tệp {path} ngắn đi trong khi đang đọc. Hãy chạy lại khi tệp đã ghi xong.")
            line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if line.strip():
                yield Row(str(number), line.removesuffix(b"\n"), piece.source)
            number += 1


def _cut_lines(path: Path, rows: int) -> Iterator[tuple[int, int, int]]:
    begin, first = 0, 1
    at, line = 0, 1
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            ends = block.count(b"\n")
            if line + ends - first < rows:
                line, at = line + ends, at + len(block)
                continue
            position = -1
            while (position := block.find(b"\n", position + 1)) >= 0:
                line += 1
                if line - first == rows:
                    yield begin, at + position + 1, first
                    begin, first = at + position + 1, line
            at += len(block)
    if at > begin:
        yield begin, at, first

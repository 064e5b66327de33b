"""Which writer takes the answers: ``--format``, else the ending of ``--output``, else the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ydan.cli.writers import Csv, JsonLines, Parquet, Spreadsheet, Table, Writer
from ydan.errors import ReadError

ENDINGS = {
    ".jsonl": "jsonl",
    ".json": "jsonl",
    "": "jsonl",
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".docx": "docx",
    ".parquet": "parquet",
    ".txt": "table",
}
"""The format that a file's ending asks for when ``--format`` does not say."""
STREAMED = ("jsonl", "csv", "parquet")
"""Formats that take answers without end."""
_FILES_ONLY = ("xlsx", "docx", "parquet")


def format_of(format_: str | None, output: Path | None) -> str:
    """The format that is asked for.

    :raises ReadError: an ending that is not written, a folder that does not exist or stands where the file should.
    """
    if format_ is None and output is not None and output.suffix.lower() not in ENDINGS:
        raise ReadError(
            f"Chưa ghi được tệp {output.suffix} ({output}). Hãy đặt đuôi {', '.join(filter(None, ENDINGS))}, "
            "hoặc thêm --format."
        )
    if output is not None and not output.parent.is_dir():
        raise ReadError(f"Không có thư mục {output.parent}. Hãy tạo thư mục này trước.")
    if output is not None and output.is_dir():
        raise ReadError(f"{output} là thư mục. Hãy cho tên một tệp, ví dụ --output {output / 'ket-qua.csv'}.")
    if format_ is None:
        format_ = "table" if output is None else ENDINGS[output.suffix.lower()]
    if format_ in _FILES_ONLY and output is None:
        raise ReadError(f"Dạng {format_} phải ghi ra tệp. Hãy thêm --output ten.{format_}.")
    return format_


def open_writer(format_: str, output: Path | None, versions: Mapping[str, object]) -> Writer:
    """The writer for a format of :func:`format_of`; ``docx`` has none, for it holds a meeting and not answers."""
    if format_ == "xlsx" and output is not None:
        return Spreadsheet(output)
    if format_ == "parquet" and output is not None:
        return Parquet(output, versions)
    out: IO[str] = sys.stdout if output is None else output.open("w", encoding="utf-8", errors="replace", newline="")
    owned = output is not None
    if format_ == "csv":
        return Csv(out, owned)
    return JsonLines(out, owned, versions) if format_ == "jsonl" else Table(out, owned)


@contextmanager
def open_unfinished(format_: str, output: Path | None, versions: Mapping[str, object]) -> Iterator[Writer]:
    """The same for a run that takes long: ``output`` is what it was until all is written.

    What was answered before somebody or something ended the run stays beside it as ``.part``, and that is said. A
    terminal, a pipe and what else is no plain file is written as it goes.
    """
    if output is None or (output.exists() and not output.is_file()):
        with open_writer(format_, output, versions) as writer:
            yield writer
        return
    target = output.resolve()
    part = target.with_name(target.name + ".part")
    try:
        with open_writer(format_, part, versions) as writer:
            yield writer
    except BaseException:
        print(f"ydan: chưa xong, phần đã trả lời ở {part}", file=sys.stderr)
        raise
    part.replace(target)

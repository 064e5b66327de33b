"""The folder that a bulk run writes to: a part for each piece, written whole or not at all, and what is done so far.

A run that was ended goes on where it stopped; a part that two machines made because one seemed dead is there once.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

from ydan.bulk.parquet import ParquetWriter, open_parquet
from ydan.bulk.pieces import Piece
from ydan.errors import BulkError

_JOB, _DONE = "_job.json", "_done.jsonl"
"""Underscored: whoever reads a folder of Parquet or JSON Lines skips such files."""


class Done(NamedTuple):
    """A piece whose part is written."""

    piece: int
    rows: int
    failed: int


class PartFile:
    """One part on its way; it gets its name when it is whole."""

    def __init__(self, folder: Path, number: int, form: str) -> None:
        self._target = folder / f"part-{number:06d}.{form}"
        self._path = folder / f"_{self._target.name}.{uuid4().hex[:12]}"
        self._parquet = ParquetWriter(self._path, placed=True) if form == "parquet" else None
        self._text = None if self._parquet else self._path.open("w", encoding="utf-8", newline="")

    def write_encoded(self, data: Any) -> None:
        """What an encoder with ``placed`` made."""
        (self._parquet.write_encoded if self._parquet else self._text.write)(data)  # type: ignore[union-attr]

    def close(self, *, whole: bool = True) -> None:
        """Keep it under its name, or drop it."""
        (self._parquet or self._text).close()  # type: ignore[union-attr]
        if whole:
            self._path.replace(self._target)
        else:
            self._path.unlink()


def begin(folder: Path, job: Mapping[str, Any]) -> dict[int, Done]:
    """Make the folder, or go on in it: the pieces that are done.

    :raises BulkError: it holds something else, or the answers of another run.
    """
    folder.mkdir(parents=True, exist_ok=True)
    about = folder / _JOB
    wanted = json.loads(json.dumps(job))
    if about.exists():
        if json.loads(about.read_text(encoding="utf-8")) != wanted:
            raise BulkError(
                f"{folder} đang giữ kết quả của lần chạy khác (khác đầu vào, phiên họp hoặc mô hình). Hãy chọn thư "
                "mục khác, hoặc xoá thư mục này."
            )
        return _done(folder)
    if any(folder.iterdir()):
        raise BulkError(f"Thư mục {folder} không trống và không phải của `ydan bulk`. Hãy chọn thư mục khác.")
    about.write_text(json.dumps(wanted, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return {}


def note(folder: Path, done: Done) -> None:
    """Remember that a part is written."""
    with (folder / _DONE).open("a", encoding="utf-8") as log:
        log.write(json.dumps(done._asdict()) + "\n")


def clear_leftovers(folder: Path) -> None:
    """Drop what a process that was killed had begun to write."""
    for path in folder.glob("_part-*"):
        path.unlink(missing_ok=True)


def join(folder: Path, pieces: Sequence[Piece], form: str, output: Path) -> None:
    """All parts in order as one file, then no folder any more."""
    parts = [folder / f"part-{piece.number:06d}.{form}" for piece in pieces]
    whole = folder / f"_whole.{form}"
    (_join_parquet if form == "parquet" else _join_lines)(parts, whole)
    whole.replace(output)
    shutil.rmtree(folder)


def _join_lines(parts: Iterable[Path], whole: Path) -> None:
    with whole.open("wb") as out:
        for part in parts:
            with part.open("rb") as one:
                shutil.copyfileobj(one, out, 1 << 20)


def _join_parquet(parts: Iterable[Path], whole: Path) -> None:
    writer = ParquetWriter(whole, placed=True)
    for part in parts:
        with open_parquet(part) as file:
            for batch in file.iter_batches(1_000, use_threads=False):
                writer.write_batch(batch)
    writer.close()


def _done(folder: Path) -> dict[int, Done]:
    """The last line may be cut off: its piece is done again."""
    found: dict[int, Done] = {}
    log = folder / _DONE
    for line in log.read_text(encoding="utf-8").splitlines() if log.exists() else ():
        try:
            one = Done(**json.loads(line))
        except (ValueError, TypeError):
            continue
        found[one.piece] = one
    return found

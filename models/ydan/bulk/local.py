"""All pieces by the processes of this machine."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from ydan.bulk.folder import Done, PartFile
from ydan.bulk.job import Assess
from ydan.bulk.pieces import Piece, read_piece
from ydan.bulk.pool import ordered_map
from ydan.bulk.rows import Row, chunked


def run_local(job: Assess[Any], pieces: Sequence[Piece], folder: Path, form: str, processes: int) -> Iterator[Done]:
    """A part for each piece, in order; the processes go on to the next piece while the last is being finished."""
    owed: deque[tuple[Piece, int]] = deque()
    """The rows that are still to come of each piece, a chunk at a time; 0 when a piece has no more."""

    def chunks() -> Iterator[list[Row]]:
        for piece in pieces:
            for chunk in chunked(read_piece(piece)):
                owed.append((piece, len(chunk)))
                yield chunk
            owed.append((piece, 0))

    with closing(ordered_map(job, chunks(), processes)) as parts:
        yield from _write(parts, owed, folder, form)


def _write(parts: Iterator[Any], owed: deque[tuple[Piece, int]], folder: Path, form: str) -> Iterator[Done]:
    rows = failed = 0
    file: PartFile | None = None
    part = next(parts, None)
    try:
        while part is not None or owed:
            piece, count = owed.popleft()
            file = writing = file or PartFile(folder, piece.number, form)
            if count == 0:
                writing.close()
                file = None
                yield Done(piece.number, rows, failed)
                rows = failed = 0
            while count and part is not None:
                writing.write_encoded(part.data)
                rows, failed, count = rows + part.rows, failed + part.failed, count - part.rows
                part = next(parts, None)
    finally:
        if file is not None:
            file.close(whole=False)

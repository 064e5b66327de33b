"""One bulk run from input to output: cut, answer every piece once, remember, join."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ydan.bulk import folder as folders
from ydan.bulk.folder import Done
from ydan.bulk.job import Assess
from ydan.bulk.jsonlines import JsonLinesEncoder
from ydan.bulk.local import run_local
from ydan.bulk.parquet import ParquetEncoder, arrow
from ydan.bulk.pieces import ROWS, Piece, cut, find_inputs
from ydan.errors import BulkError
from ydan.opinion import Session
from ydan.predictor import Predictor

Engine = Callable[[Assess[Any], Sequence[Piece], Path, str], Iterator[Done]]
"""Makes the part of each piece and says when it is written, in any order."""
FORMS = ("jsonl", "parquet")


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for. ``output`` is one file when it ends in ``.jsonl`` or ``.parquet``, else a folder."""

    input: Path
    output: Path
    session: Session
    form: str | None = None
    model: Path | None = None
    overrides: tuple[Path, ...] = ()
    piece: int = ROWS


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is."""

    done: int
    pieces: int
    rows: int
    failed: int


def local_engine(processes: int) -> Engine:
    """The processes of this machine."""
    return lambda job, pieces, folder, form: run_local(job, pieces, folder, form, processes)


def run_bulk(order: Order, predictor: Predictor, engine: Engine) -> Generator[Progress, None, None]:
    """Answer every row of the input once, in parts with the names of the pieces; a run that was ended goes on.

    Each answer says by ``source`` and ``row`` what it answers. The last progress holds the totals.

    :raises ReadError: the input cannot be read.
    :raises BulkError: the output holds something else.
    """
    form, whole = form_of(order)
    if form == "parquet":
        arrow()  # said before the work, not after it
    inputs = find_inputs(order.input)
    folder = order.output.with_name(order.output.name + ".parts") if whole else order.output
    if folder.resolve().is_relative_to(order.input.resolve()) or order.output.resolve() == order.input.resolve():
        raise BulkError(
            f"{order.output} nằm trong đầu vào {order.input}. Hãy ghi ra chỗ khác để không đọc lẫn kết quả."
        )
    pieces = cut(inputs, order.piece)
    finished = folders.begin(folder, _description(order, predictor, inputs, form))
    folders.clear_leftovers(folder)
    rows = sum(one.rows for one in finished.values())
    failed = sum(one.failed for one in finished.values())
    done = len(finished)
    yield Progress(done, len(pieces), rows, failed)
    placed = (ParquetEncoder if form == "parquet" else JsonLinesEncoder)(predictor.versions, placed=True)
    job: Assess[Any] = Assess(order.model, order.overrides, order.session, placed, predictor)
    left = [piece for piece in pieces if piece.number not in finished]
    for one in engine(job, left, folder, form) if left else ():
        folders.note(folder, one)
        done, rows, failed = done + 1, rows + one.rows, failed + one.failed
        yield Progress(done, len(pieces), rows, failed)
    folders.clear_leftovers(folder)
    if done != len(pieces):
        raise BulkError(f"Mới xong {done} trên {len(pieces)} phần. Hãy chạy lại đúng lệnh này để làm tiếp.")
    if whole:
        folders.join(folder, pieces, form, order.output)


def form_of(order: Order) -> tuple[str, bool]:
    """The format of the output, and whether it is one file.

    :raises BulkError: the format and the file's ending contradict each other.
    """
    ending = order.output.suffix.lower().removeprefix(".")
    whole = ending in FORMS and not order.output.is_dir()
    if whole and order.form not in (None, ending):
        raise BulkError(f"--format {order.form} không hợp với tệp {order.output}. Hãy bỏ --format hoặc đổi đuôi tệp.")
    return order.form or (ending if whole else "parquet"), whole


def _description(order: Order, predictor: Predictor, inputs: Sequence[tuple[Path, str]], form: str) -> dict[str, Any]:
    """What must be the same for a run to go on in a folder."""
    session = order.session
    return {
        "input": [[source, path.stat().st_size, path.stat().st_mtime_ns] for path, source in inputs],
        "rows_of_a_piece": order.piece,
        "format": form,
        "session": [session.date.isoformat(), session.host_level, session.province],
        **predictor.versions,
    }

"""The same work on a cluster of Ray; the only module that imports it, and late.

Ray starts an actor's process anew when it died, elsewhere when its machine is gone, and gives it the piece again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ydan.bulk.columns import find_columns
from ydan.bulk.folder import Done, PartFile
from ydan.bulk.job import Assess
from ydan.bulk.parquet import answer_schema, table_cells, to_table
from ydan.bulk.pieces import Piece, read_piece
from ydan.bulk.pool import ordered_map
from ydan.bulk.rows import CHUNK, Answer, Row, answer_rows, chunked
from ydan.bulk.run import Engine
from ydan.errors import BulkError, MissingExtra
from ydan.opinion import Session

_CPUS = 0.5
"""Cores that an actor asks for; it uses one. When half of the machines die, their actors still find room."""
_STORE = 200_000_000
"""Bytes of Ray's shared memory on a cluster of our own: only rows pass through it."""


def ray_data() -> Any:
    """Ray with its datasets.

    :raises MissingExtra: it is not installed.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise MissingExtra('Chạy trên nhiều máy cần Ray. Hãy chạy: pip install "ydan[ray]"') from error
    return ray


def connect(address: str | None, processes: int) -> Any:
    """Ray, connected to the cluster at ``address``, or to one of its own on this machine that nobody else reaches."""
    ray = ray_data()
    if not ray.is_initialized():
        if address is not None:
            ray.init(address=address, log_to_driver=False, configure_logging=False)
        else:
            ray.init(
                address="local",  # and not one that somebody else started here
                num_cpus=processes,
                object_store_memory=_STORE,
                include_dashboard=False,
                log_to_driver=False,
                configure_logging=False,
                _node_ip_address="127.0.0.1",
            )
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    return ray


def ray_engine(address: str | None, processes: int, actors: int | None = None) -> Engine:
    """An actor for each core of the cluster, a piece at a time; the folder must be one that all machines see."""

    def run(job: Assess[Any], pieces: Sequence[Piece], folder: Path, form: str) -> Iterator[Done]:
        ray = connect(address, processes)
        count = actors or max(1, int(ray.cluster_resources().get("CPU", 1)))
        rows = [{"number": piece.number, "piece": list(map(str, piece))} for piece in pieces]
        found = ray.data.from_items(rows, override_num_blocks=len(rows)).map_batches(
            _Pieces,
            fn_constructor_args=(job, str(folder.resolve()), form),
            batch_size=1,
            compute=ray.data.ActorPoolStrategy(size=min(count, len(rows))),
            num_cpus=_CPUS,
        )
        for row in found.iter_rows():
            yield Done(int(row["piece"]), int(row["rows"]), int(row["failed"]))

    return run


class _Pieces:
    """An actor: reads a piece, writes its part, tells what it holds."""

    def __init__(self, job: Assess[Any], folder: str, form: str) -> None:
        self._job, self._folder, self._form = job, Path(folder), form
        job.loaded()

    def __call__(self, batch: Mapping[str, Any]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {"piece": [], "rows": [], "failed": []}
        for words in batch["piece"]:
            number, path, source, begin, end, first = words
            piece = Piece(int(number), path, source, int(begin), int(end), int(first))
            rows, failed = self._write(piece)
            for name, value in (("piece", piece.number), ("rows", rows), ("failed", failed)):
                found[name].append(value)
        return found

    def _write(self, piece: Piece) -> tuple[int, int]:
        rows = failed = 0
        file = PartFile(self._folder, piece.number, self._form)
        try:
            for part in ordered_map(self._job, chunked(read_piece(piece)), processes=1):
                file.write_encoded(part.data)
                rows, failed = rows + part.rows, failed + part.failed
        except BaseException:
            file.close(whole=False)
            raise
        file.close()
        return rows, failed


def classify_dataset(
    dataset: Any,
    *,
    session: Session,
    model: Path | None = None,
    overrides: Sequence[Path] = (),
    keep: Sequence[str] = (),
    actors: int | None = None,
    batch_size: int = CHUNK,
) -> Any:
    """A dataset of opinions as a dataset of answers: as many rows, an ``error`` in the row of one that cannot be read.

    Columns of the input are found by the names that a list's may have (``text``, ``id``, ...); those of ``keep`` are
    carried over before the answer's, so that answers can be told apart and put in order whatever way Ray took:
    a dataset has no order of its own. A row without an id is called "". ``actors`` work at once, one a core of the
    cluster unless said.
    """
    ray = ray_data()
    clash = sorted(set(keep) & set(answer_schema().names))
    if clash:
        raise BulkError(f"Cột {', '.join(clash)} trùng tên với cột của câu trả lời. Hãy đổi tên cột trước.")
    return dataset.map_batches(
        _Batches,
        fn_constructor_args=(Assess(model, tuple(overrides), session, _listed), tuple(keep)),
        batch_format="pyarrow",
        batch_size=batch_size,
        compute=ray.data.ActorPoolStrategy(size=actors or max(1, int(ray.cluster_resources().get("CPU", 1)))),
        num_cpus=_CPUS,
    )


class _Batches:
    """An actor: rows of a table in, rows of answers out."""

    def __init__(self, job: Assess[list[Answer]], keep: Sequence[str]) -> None:
        self._job, self._keep = job, keep
        self._versions = job.loaded().versions

    def __call__(self, table: Any) -> Any:
        rows = [Row("", raw) for raw in table_cells(table, find_columns(table.column_names, "Bảng dữ liệu"))]
        answers = [one for part in ordered_map(self._job, chunked(rows), processes=1) for one in part.data]
        found = to_table(answer_rows(answers, self._versions), answer_schema())
        for at, name in enumerate(self._keep):
            found = found.add_column(at, table.schema.field(name), table.column(name))
        return found


def _listed(answers: Sequence[Answer], rows: Sequence[Row]) -> list[Answer]:
    """Answers as they are."""
    return list(answers)

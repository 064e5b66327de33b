"""A bounded, ordered map over worker processes that may die: memory stays flat, every chunk is answered once.

A worker gets one chunk at a time. The chunk of one that died goes to another; when that one dies too, each of its rows
is tried alone, so that one row which the machine cannot bear costs one answer and not the run.
"""

from __future__ import annotations

import contextlib
import multiprocessing
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, Protocol, TypeVar

from ydan.bulk.serve import DONE, RAISED, named, serve
from ydan.errors import BulkError, YDanError
from ydan.parallel import can_fork

Row = TypeVar("Row")
Result = TypeVar("Result")
Row_contra = TypeVar("Row_contra", contravariant=True)
Result_co = TypeVar("Result_co", covariant=True)

AHEAD = 4
"""Chunks in the works for each process, at most: what one slow chunk may hold up in memory."""
MOST_DEATHS = 50
"""Workers that may die one after the other without a single answer before it is the machine's fault, not a row's."""


class Job(Protocol[Row_contra, Result_co]):
    """What is done with consecutive rows. Workers that cannot be forked get it by pickle."""

    def __call__(self, rows: Sequence[Row_contra], /) -> Result_co:
        """The answer to all of them."""

    def lost(self, row: Row_contra, why: str, /) -> Result_co:
        """The answer to a row that cannot be done; ``why`` is for people."""


def ordered_map(
    job: Job[Row, Result], chunks: Iterable[Sequence[Row]], processes: int, start_method: str | None = None
) -> Generator[Result, None, None]:
    """``job`` of each chunk, in order; of a chunk that was cut up, the results of its rows one after the other.

    With one process it is all done here. Workers are forked where that is safe, else started anew
    (``start_method``: ``fork`` or ``spawn``, for those who know better). Close the iterator to end them early.

    :raises BulkError: workers die whatever they are given.
    :raises YDanError: whatever ``job`` raised on purpose.
    """
    if processes < 2:
        for chunk in chunks:
            yield from _here(job, chunk)
        return
    with contextlib.closing(_Pool(job, processes, start_method)) as pool:
        yield from pool.run(chunks)


def _here(job: Job[Row, Result], chunk: Sequence[Row]) -> Iterator[Result]:
    try:
        yield job(chunk)
    except YDanError:
        raise
    except Exception as error:
        if len(chunk) == 1:
            yield job.lost(chunk[0], named(error))
            return
        for row in chunk:
            yield from _here(job, [row])


@dataclass(slots=True)
class _Chunk(Generic[Result]):
    """A place in the order with the results it has so far, one for each task it was cut into."""

    results: list[Result | None]
    left: int = 1


@dataclass(slots=True)
class _Task(Generic[Row, Result]):
    """Rows that one worker does in one go, and where their result belongs."""

    chunk: _Chunk[Result]
    slot: int
    rows: Sequence[Row]
    tries: int = 0


@dataclass(slots=True, eq=False)
class _Worker(Generic[Row, Result]):
    process: Any
    connection: Connection
    task: _Task[Row, Result] | None = field(default=None)


class _Pool(Generic[Row, Result]):
    """The parent's side: who has what, what waits, what is next in order."""

    def __init__(self, job: Job[Row, Result], processes: int, start_method: str | None) -> None:
        self._job = job
        self._processes = processes
        self._context: Any = multiprocessing.get_context(start_method or ("fork" if can_fork() else "spawn"))
        self._workers: list[_Worker[Row, Result]] = []
        self._again: deque[_Task[Row, Result]] = deque()
        self._order: deque[_Chunk[Result]] = deque()
        self._deaths = 0

    def run(self, chunks: Iterable[Sequence[Row]]) -> Iterator[Result]:
        """Hand out, collect, give back in order; never more than ``AHEAD`` chunks a process at once."""
        source = iter(chunks)
        while True:
            self._hand_out(source)
            if not self._order:
                return
            if self._order[0].left:
                self._collect()
            while self._order and not self._order[0].left:
                yield from self._order.popleft().results  # type: ignore[misc]

    def close(self) -> None:
        """End all workers, whatever they are doing."""
        for worker in self._workers:
            worker.connection.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join()
        self._workers.clear()

    def _hand_out(self, source: Iterator[Sequence[Row]]) -> None:
        while True:
            worker = next((worker for worker in self._workers if worker.task is None), None)
            if worker is None and len(self._workers) >= self._processes:
                return
            task = self._next(source)
            if task is None:
                return
            worker = worker or self._start()
            worker.task = task
            try:
                worker.connection.send(task.rows)
            except OSError:  # it died while it had nothing to do
                self._bury(worker)

    def _next(self, source: Iterator[Sequence[Row]]) -> _Task[Row, Result] | None:
        if self._again:
            return self._again.popleft()
        if len(self._order) >= AHEAD * self._processes:
            return None
        rows = next(source, None)
        if rows is None:
            return None
        chunk: _Chunk[Result] = _Chunk([None])
        self._order.append(chunk)
        return _Task(chunk, 0, rows)

    def _start(self) -> _Worker[Row, Result]:
        ours, theirs = self._context.Pipe()
        forked = self._context.get_start_method() == "fork"
        others = [worker.connection for worker in self._workers] + [ours] if forked else []
        process = self._context.Process(target=serve, args=(theirs, self._job, others), daemon=True)
        process.start()
        theirs.close()
        worker: _Worker[Row, Result] = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _collect(self) -> None:
        """Wait for a worker; take what it says, or note that it died."""
        busy = {worker.connection: worker for worker in self._workers if worker.task is not None}
        for connection in wait(list(busy)):
            worker = busy[connection]  # type: ignore[index]
            try:
                kind, value = worker.connection.recv()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            task, worker.task = worker.task, None
            assert task is not None
            self._deaths = 0
            if kind == DONE:
                self._settle(task, value)
            elif kind == RAISED:
                raise value
            else:
                self._cut(task, value)

    def _bury(self, worker: _Worker[Row, Result]) -> None:
        """The worker died: its task goes to another once, then is cut up."""
        task = worker.task
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.join()
        self._deaths += 1
        if self._deaths > MOST_DEATHS:
            raise BulkError(
                f"{MOST_DEATHS} tiến trình liên tiếp bị tắt giữa chừng mà chưa trả lời được dòng nào (mã thoát "
                f"{worker.process.exitcode}), thường do thiếu bộ nhớ. Hãy đóng bớt chương trình khác, hoặc thêm "
                "--processes 1."
            )
        if task is None:
            return
        task.tries += 1
        if task.tries < 2:
            self._again.append(task)
        else:
            self._cut(task, f"tiến trình bị tắt giữa chừng (mã thoát {worker.process.exitcode})")

    def _cut(self, task: _Task[Row, Result], why: str) -> None:
        """Its rows one by one; a row that is already alone is lost."""
        if len(task.rows) == 1:
            self._settle(task, self._job.lost(task.rows[0], why))
            return
        chunk = task.chunk
        chunk.results = [None] * len(task.rows)
        chunk.left = len(task.rows)
        self._again.extend(_Task(chunk, slot, [row], tries=1) for slot, row in enumerate(task.rows))

    def _settle(self, task: _Task[Row, Result], result: Result) -> None:
        task.chunk.results[task.slot] = result
        task.chunk.left -= 1

"""The pool: every row answered once, in order, whatever becomes of the processes."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.models.bulk.jobs import LOST, AlwaysDies, Dies, DiesOnce, Double, Refuses, Stumbles
from ydan.bulk import pool
from ydan.bulk.pool import ordered_map
from ydan.errors import BulkError, BundleError

CHUNKS = [list(range(begin, begin + 5)) for begin in range(0, 40, 5)]
DOUBLED = [2 * number for number in range(40)]
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and /proc")


def flat(results: Iterator[list[int]]) -> list[int]:
    return [number for result in results for number in result]


def without(number: int) -> list[int]:
    """All doubled, one lost."""
    return [LOST if found == 2 * number else found for found in DOUBLED]


@pytest.mark.parametrize("processes", [1, 3])
def test_every_row_is_answered_once_in_order(processes: int) -> None:
    """Whoever does it."""
    assert flat(ordered_map(Double(), CHUNKS, processes)) == DOUBLED
    assert flat(ordered_map(Double(), [], processes)) == []


@pytest.mark.parametrize("processes", [1, 2])
def test_a_row_that_breaks_the_program_costs_one_answer(processes: int) -> None:
    """The others of its chunk are done one by one."""
    assert flat(ordered_map(Stumbles(), CHUNKS, processes)) == without(13)


@posix
def test_a_row_that_kills_its_process_costs_one_answer() -> None:
    """Twice with its chunk, once alone; then it is given up."""
    assert flat(ordered_map(Dies(), CHUNKS, 2)) == without(13)


@posix
def test_the_chunk_of_a_killed_process_goes_to_another(tmp_path: Path) -> None:
    """Nothing is lost when the system kills one for memory."""
    assert flat(ordered_map(DiesOnce(tmp_path / "died"), CHUNKS, 2)) == DOUBLED
    assert (tmp_path / "died").exists()


def test_workers_that_die_whatever_they_get_end_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """A million rows are not tried one by one on a machine that is out of memory."""
    monkeypatch.setattr(pool, "MOST_DEATHS", 3)
    with pytest.raises(BulkError, match="mã thoát 3"):
        flat(ordered_map(AlwaysDies(), CHUNKS, 2))


@pytest.mark.parametrize("processes", [1, 2])
def test_an_error_on_purpose_is_raised_as_it_is(processes: int) -> None:
    """A missing model is no row's fault."""
    with pytest.raises(BundleError, match="thiếu tệp"):
        flat(ordered_map(Refuses(), CHUNKS, processes))


def test_the_source_is_not_read_ahead_without_bound() -> None:
    """However slow the one who takes the answers is."""
    read = 0

    def source() -> Iterator[list[int]]:
        nonlocal read
        for chunk in range(1000):
            read += 1
            yield [chunk]

    results = ordered_map(Double(), source(), 2)
    assert next(results) == [0]
    assert read <= 2 * pool.AHEAD + 1
    results.close()


def test_closing_ends_the_workers() -> None:
    """Ctrl-C leaves no process behind."""
    results = ordered_map(Double(), ([n] for n in range(1000)), 2)
    next(results)
    workers = multiprocessing.active_children()
    assert workers
    results.close()
    assert not any(worker.is_alive() for worker in workers)


ORPHANS = """
import os, sys, time
from tests.models.bulk.jobs import Double
from ydan.bulk.pool import ordered_map
import multiprocessing
results = ordered_map(Double(), ([n] for n in range(10**9)), 2, sys.argv[1])
next(results)
print(*[child.pid for child in multiprocessing.active_children()], flush=True)
time.sleep(60)
"""


@posix
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_workers_of_a_killed_parent_end_by_themselves(method: str, root: Path) -> None:
    """It closes nothing, so they find out."""
    parent = subprocess.Popen([sys.executable, "-c", ORPHANS, method], cwd=root, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent.stdout:
        workers = [int(word) for word in parent.stdout.readline().split()]
    assert len(workers) == 2
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 20
    while any(map(_lives, workers)):
        assert time.monotonic() < deadline, "a worker is still there"
        time.sleep(0.05)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{process}/stat", encoding="ascii") as stat:  # noqa: PTH123
        return stat.read().rsplit(")", 1)[1].split()[0] != "Z"

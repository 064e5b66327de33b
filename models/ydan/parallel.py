"""One job in several processes, where the system can fork: a long file keeps all cores of the machine busy.

For a job that is all there when it begins. Rows that come one after another without end go to ``ydan.bulk.pool``.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Sequence
from itertools import pairwise
from multiprocessing.connection import Connection
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def usable_processes() -> int:
    """How many processes may share a job: the cores that this one may use, 1 where it cannot fork."""
    return usable_cores() if can_fork() else 1


def usable_cores() -> int:
    """How many cores this process may use; a container or ``taskset`` may allow fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_parts(
    work: Callable[[Sequence[Item]], list[Result]], items: Sequence[Item], processes: int, least: int
) -> list[Result]:
    """``work(items)``, cut into consecutive parts of at least ``least`` items, a forked process each but the first.

    ``work`` must give one result an item that pickle can carry; what it reads it inherits, so that nothing is copied.
    A process that has other threads never forks: a lock that another thread holds would stay shut in the child. The
    part of a child that failed or died is done again here, so that an error is raised as it would be without children.

    >>> in_parts(lambda numbers: [n * n for n in numbers], [1, 2, 3, 4], processes=2, least=2)
    [1, 4, 9, 16]
    """
    count = min(processes, len(items) // max(least, 1))
    if count < 2 or not can_fork():
        return work(items)
    bounds = [len(items) * part // count for part in range(count + 1)]
    parts = [items[begin:end] for begin, end in pairwise(bounds)]
    context = multiprocessing.get_context("fork")
    children = []
    for part in parts[1:]:
        receiver, sender = context.Pipe(duplex=False)
        child = context.Process(target=_answer, args=(sender, work, part), daemon=True)
        child.start()
        sender.close()
        children.append((child, receiver))
    try:
        results = list(work(parts[0]))
        for (_child, receiver), part in zip(children, parts[1:], strict=True):
            try:
                results += receiver.recv()
            except EOFError:
                results += work(part)
        return results
    finally:
        for child, receiver in children:
            receiver.close()
            child.terminate()
            child.join()


def can_fork() -> bool:
    """Whether a child may begin as a copy of this process.

    Not on Windows; on macOS the system's own libraries may not survive it; never beside other threads.
    """
    able = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
    return able and threading.active_count() == 1


def _answer(sender: Connection, work: Callable[[Any], Any], part: Any) -> None:
    """What a child does; it ends without the parent's clean-up, and says nothing when it failed."""
    try:
        sender.send(work(part))
    finally:
        os._exit(0)

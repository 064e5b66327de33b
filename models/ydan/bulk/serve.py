"""What a worker process does: rows in, an answer out, until nobody asks any more."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any

from ydan.errors import YDanError

DONE, RAISED, FAILED = "done", "raised", "failed"
_LOOK_UP = 5.0
"""Seconds between two looks whether the parent still lives: one that was killed closes nothing."""


def serve(connection: Connection, job: Callable[[Sequence[Any]], Any], others: Sequence[Connection]) -> None:
    """Answer each chunk with ``(DONE, result)``, ``(RAISED, an error on purpose)`` or ``(FAILED, words)``.

    ``others`` are the parent's ends of pipes that a fork copied; they are closed, else no worker would ever see the
    end of its own. Ctrl-C reaches the whole process group: only the parent heeds it, and ends the workers.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # a collection would write to every object that a fork shares, and so copy it
    for other in others:
        other.close()
    parent = os.getppid()
    with contextlib.suppress(EOFError, OSError):
        while True:
            while not connection.poll(_LOOK_UP):
                if os.getppid() != parent:
                    os._exit(1)
            connection.send(_answer(job, connection.recv()))
    os._exit(0)  # without the parent's clean-up: its files and buffers are not ours


def _answer(job: Callable[[Sequence[Any]], Any], rows: Sequence[Any]) -> tuple[str, object]:
    try:
        return DONE, job(rows)
    except YDanError as error:
        return RAISED, error
    except Exception as error:
        return FAILED, named(error)


def named(error: BaseException) -> str:
    """An unforeseen error in a few words."""
    return f"{type(error).__name__}: {error}"[:200]

"""Lists too long to wait for: rows read, assessed by all cores and written while the next are still being read."""

from __future__ import annotations

import sys
import time
from collections.abc import Generator, Iterable
from contextlib import closing

from ydan.bulk.job import Assess, Part
from ydan.bulk.pool import ordered_map
from ydan.bulk.rows import Row, chunked

LONG = 2_000
"""Rows up to which a list is read whole before anything is written, and no worker is started for it."""


def answer_stream(
    job: Assess[object], rows: Iterable[Row], processes: int, *, show: bool
) -> Generator[Part[object], None, None]:
    """The encoded answers to all rows, in order; ``show`` keeps a count on standard error."""
    begun, done = time.monotonic(), 0
    with closing(ordered_map(job, chunked(rows), processes)) as parts:
        for part in parts:
            yield part
            done += part.rows
            if show:
                _show_count(done, time.monotonic() - begun)
    if show:
        print(file=sys.stderr)


def _show_count(done: int, seconds: float) -> None:
    """One line, written over; how many there will be nobody knows."""
    print(f"\r{done} ý kiến, {done / max(seconds, 0.001):.0f} ý kiến/giây ", end="", file=sys.stderr, flush=True)

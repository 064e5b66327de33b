"""Answers as they come, and a bar on standard error while somebody waits for them."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from ydan.assessment import Assessment, Failure
from ydan.opinion import Opinion
from ydan.parallel import in_parts, usable_processes
from ydan.predictor import BATCH, Predictor

_LONG = 200
"""Opinions from which on a progress bar is worth showing."""
_WORTH = 200
"""Opinions that are worth a process of their own."""


def with_progress(
    predictor: Predictor, items: list[Opinion | Failure], *, quiet: bool, processes: int | None = None
) -> Iterator[Assessment | Failure]:
    """The answers, in order, with a bar on standard error when there are many and somebody looks.

    At most ``processes`` share the work, all cores unless said.
    """
    show = not quiet and len(items) >= _LONG and sys.stderr.isatty()
    processes = usable_processes() if processes is None else min(processes, usable_processes())
    together = processes * BATCH
    for begin in range(0, len(items), together):
        yield from in_parts(predictor.assess_many, items[begin : begin + together], processes, _WORTH)
        if show:
            done = min(begin + together, len(items))
            show_bar(done, len(items), "ý kiến")


def show_bar(done: int, total: int, what: str) -> None:
    """One line of progress on standard error, written over."""
    filled = 30 * done // max(total, 1)
    bar = "█" * filled + "·" * (30 - filled)
    end = "\n" if done == total else ""
    print(f"\r{bar} {done}/{total} {what}", end=end, file=sys.stderr, flush=True)

"""Answers as they come, and a bar on standard error while somebody waits for them."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from ydan.assessment import Assessment, Failure
from ydan.opinion import Opinion
from ydan.predictor import BATCH, Predictor

_LONG = 200
"""Opinions from which on a progress bar is worth showing."""


def with_progress(
    predictor: Predictor, items: list[Opinion | Failure], *, quiet: bool
) -> Iterator[Assessment | Failure]:
    """The answers, in order, with a bar on standard error when there are many and somebody looks."""
    show = not quiet and len(items) >= _LONG and sys.stderr.isatty()
    for begin in range(0, len(items), BATCH):
        yield from predictor.assess_many(items[begin : begin + BATCH])
        if show:
            done = min(begin + BATCH, len(items))
            show_bar(done, len(items), "ý kiến")


def show_bar(done: int, total: int, what: str) -> None:
    """One line of progress on standard error, written over."""
    filled = 30 * done // max(total, 1)
    bar = "█" * filled + "·" * (30 - filled)
    end = "\n" if done == total else ""
    print(f"\r{bar} {done}/{total} {what}", end=end, file=sys.stderr, flush=True)

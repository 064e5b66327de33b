"""Logging as it was before: a test that configures the log of a server leaves no handler and no factory behind."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

_NAMES = ("ydan", "ydan_service", "uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi")


@contextmanager
def logging_kept() -> Iterator[None]:
    """Whatever is done to it inside."""
    made = logging.getLogRecordFactory()
    loggers = [logging.getLogger(), *map(logging.getLogger, _NAMES)]
    before = [(each, list(each.handlers), each.level, each.propagate) for each in loggers]
    yield
    logging.captureWarnings(capture=False)
    logging.setLogRecordFactory(made)
    for logger, handlers, level, propagate in before:
        logger.handlers[:] = handlers
        logger.setLevel(level)
        logger.propagate = propagate

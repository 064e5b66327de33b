"""Small things that a served process does every second, in one thread of their own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

_LOG = logging.getLogger(__name__)


class Ticker:
    """Calls each of ``work`` every ``interval`` seconds, and at once after :meth:`wake`. An error ends none of them."""

    def __init__(self, interval: float = 1.0) -> None:
        self.work: list[Callable[[], None]] = []
        self._interval = interval
        self._called = threading.Event()
        self._stopped = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin."""
        self._thread = threading.Thread(target=self._run, name="ydan-ticker", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Do not wait for the next second; safe to call from a signal's handler."""
        self._called.set()

    def stop(self) -> None:
        """End after what is being done."""
        self._stopped = True
        self._called.set()
        if self._thread is not None:
            self._thread.join(10)

    def _run(self) -> None:
        while not self._stopped:
            for each in self.work:
                try:
                    each()
                except Exception:
                    _LOG.exception("a second's work goes on after an error")
            self._called.wait(self._interval)
            self._called.clear()

"""Who assesses parts: this process for a short list, one process a core for a long one."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from ydan.parallel import usable_cores
from ydan.predictor import Predictor
from ydan_service.programs.assessing import frames
from ydan_service.programs.assessing.lines import Answered, Asked, assess

_LOG = logging.getLogger(__name__)
IDLE_SECONDS = 60.0
"""After so long without a part a process ends, and its memory is free again."""
MOST_SECONDS = 600.0
"""For one part: what takes longer hangs."""


class Died(Exception):
    """The process ended in the middle of a part, or did not start."""


class Stopped(Exception):
    """The crew was closed; the part is as good as never begun."""


class Member:
    """One process with the model."""

    def __init__(self, load: Mapping[str, Any]) -> None:
        environment = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", **os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "ydan_service.programs.assessing.process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        self.used_at = time.monotonic()
        self.model = 0
        """Which of the crew's models, one after the other, it holds."""
        try:
            head, _ = self._ask(load)
        except Died:
            self.end()
            raise
        self.versions: object = head["versions"]

    @property
    def id(self) -> int:
        """Of the process."""
        return self._process.pid

    def assess(self, asked: Asked) -> Answered:
        """Answer a part.

        :raises Died: the process did not.
        """
        head, lines = self._ask({"first": asked.first, "session": asked.session}, asked.lines)
        self.used_at = time.monotonic()
        return Answered(lines, head["failed"], head["immediate"], head["versions"])

    def end(self) -> None:
        """Stop it at once; whoever waits for it gets :class:`Died`."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def _ask(self, head: Mapping[str, Any], data: bytes = b"") -> tuple[dict[str, Any], bytes]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        hanging = threading.Timer(MOST_SECONDS, self._process.kill)
        hanging.daemon = True
        hanging.start()
        try:
            frames.send(self._process.stdin, head, data)
            return frames.receive(self._process.stdout)
        except (OSError, EOFError, ValueError) as error:
            raise Died(f"process {self.id} ended") from error
        finally:
            hanging.cancel()


class Crew:
    """Assesses parts, several at a time from several threads. Processes start when a long list is there.

    ``bundle`` and ``overrides`` are what ``predictor`` was loaded from. Where processes cannot be started, or read
    another model than this one, all is done here.
    """

    def __init__(
        self,
        predictor: Predictor,
        bundle: Path | None = None,
        overrides: Sequence[Path] = (),
        size: int | None = None,
        public_key: Path | None = None,
    ) -> None:
        self.predictor = predictor
        self.size = size or usable_cores()
        self._load = {
            "bundle": _shown(bundle),
            "overrides": [_shown(each) for each in overrides],
            "public_key": _shown(public_key),
        }
        self._models = 0
        self._lock = threading.Lock()
        self._free: list[Member] = []
        self._all: set[Member] = set()
        self._alone = False
        self._closed = False

    @property
    def ids(self) -> list[int]:
        """The processes that are there."""
        with self._lock:
            return sorted(member.id for member in self._all)

    def use(self, predictor: Predictor, bundle: Path | None) -> None:
        """Another model: for the parts that begin from now on. A part at hand ends with the one it began with."""
        with self._lock:
            self.predictor = predictor
            self._load = {**self._load, "bundle": _shown(bundle)}
            self._models += 1
            self._alone = False
            old, self._free = self._free, []
        for member in old:
            self._drop(member)

    def assess(self, asked: Asked, *, long: bool) -> Answered:
        """Answer a part of a ``long`` or a short list.

        :raises Died: the process that had it ended; another attempt gets another process.
        :raises Stopped: the crew was closed meanwhile.
        """
        if self._closed:
            raise Stopped
        member = self._take() if long and not self._alone else None
        if member is None:
            return assess(self.predictor, asked)
        try:
            done = member.assess(asked)
        except BaseException as error:
            self._drop(member)
            if self._closed and isinstance(error, Died):
                raise Stopped from error
            raise
        with self._lock:
            fresh = member.model == self._models
            if fresh:
                self._free.append(member)
        if not fresh:
            self._drop(member)
        return done

    def tidy(self, idle: float = IDLE_SECONDS) -> None:
        """End the processes that had nothing to do for long."""
        limit = time.monotonic() - idle
        with self._lock:
            old = [member for member in self._free if member.used_at < limit]
            self._free = [member for member in self._free if member not in old]
        for member in old:
            self._drop(member)

    def close(self) -> None:
        """End all processes, those at work too."""
        self._closed = True
        with self._lock:
            everyone, self._free = list(self._all), []
        for member in everyone:
            self._drop(member)

    def _take(self) -> Member | None:
        with self._lock:
            if self._free:
                return self._free.pop()
            load, model, versions = self._load, self._models, self.predictor.versions
        try:
            member = Member(load)
        except (OSError, Died):
            if self._closed:
                raise Stopped from None
            _LOG.exception("no process can be started to assess parts: they are assessed in the server")
            self._alone = True
            return None
        member.model = model
        if member.versions != versions:
            _LOG.warning("the model on the disk is not the one that was loaded: restart; parts are assessed here")
            self._alone = True
            member.end()
            return None
        with self._lock:
            self._all.add(member)
        if self._closed:
            self._drop(member)
            raise Stopped
        return member

    def _drop(self, member: Member) -> None:
        with self._lock:
            self._all.discard(member)
        member.end()


def _shown(path: Path | None) -> str | None:
    return None if path is None else str(path.resolve())

"""Jobs that misbehave as rows and machines do; importable, for workers may be started anew."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ydan.errors import BundleError

LOST = -1


@dataclass(frozen=True)
class Double:
    """Twice each number; a lost one is ``LOST``."""

    def __call__(self, rows: Sequence[int], /) -> list[int]:
        return [2 * row for row in rows]

    def lost(self, row: int, why: str, /) -> list[int]:
        return [LOST]


class Stumbles(Double):
    """Cannot do 13, and says so as a fault in the program would."""

    def __call__(self, rows: Sequence[int], /) -> list[int]:
        if 13 in rows:
            raise ZeroDivisionError("13")
        return super().__call__(rows)


class Dies(Double):
    """The process that meets 13 is gone."""

    def __call__(self, rows: Sequence[int], /) -> list[int]:
        if 13 in rows:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().__call__(rows)


class AlwaysDies(Double):
    """No process survives anything."""

    def __call__(self, rows: Sequence[int], /) -> list[int]:
        os._exit(3)


class Refuses(Double):
    """An error on purpose: going on makes no sense."""

    def __call__(self, rows: Sequence[int], /) -> list[int]:
        raise BundleError("Mô hình thiếu tệp.")


@dataclass(frozen=True)
class DiesOnce(Double):
    """The first process that meets 13 is killed, as by a system short of memory; the next does it."""

    flag: Path

    def __call__(self, rows: Sequence[int], /) -> list[int]:
        if 13 in rows:
            try:
                self.flag.touch(exist_ok=False)
            except FileExistsError:
                return super().__call__(rows)
            os.kill(os.getpid(), signal.SIGKILL)
        return super().__call__(rows)

"""A process that assesses parts, on its own core: ``python -m ydan_service.programs.assessing.process``.

It is started anew and not forked, since a server has threads; it has its own copy of the model. It ends when its
standard input does, also when its server was killed.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
from pathlib import Path
from typing import IO

from ydan.predictor import Predictor
from ydan_service.programs.assessing import frames
from ydan_service.programs.assessing.lines import Asked, assess


def main() -> None:
    """Load the model that the first frame names, then answer part after part."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the whole group: the server ends us
    if hasattr(os, "nice"):
        os.nice(5)  # whoever waits for an answer goes first
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing that prints may get between the frames
    with contextlib.suppress(EOFError, BrokenPipeError):
        _answer(sys.stdin.buffer, out)


def _answer(asking: IO[bytes], out: IO[bytes]) -> None:
    head, _ = frames.receive(asking)
    gc.disable()
    overrides = [Path(each) for each in head["overrides"]]
    predictor = Predictor.load(_path(head["bundle"]), overrides, public_key=_path(head["public_key"]))
    gc.freeze()
    gc.enable()
    frames.send(out, {"versions": predictor.versions})
    while True:
        head, lines = frames.receive(asking)
        done = assess(predictor, Asked(head["first"], head["session"], lines))
        frames.send(out, {"failed": done.failed, "immediate": done.immediate, "versions": done.versions}, done.lines)


def _path(raw: str | None) -> Path | None:
    return None if raw is None else Path(raw)


if __name__ == "__main__":
    main()

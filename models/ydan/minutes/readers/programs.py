"""Programs of the system that some formats need: found by name, run without a shell, ended with all they started."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence


def find_program(*names: str) -> str | None:
    """The path of the first of ``names`` that is installed."""
    return next((path for name in names if (path := shutil.which(name)) is not None), None)


def run_program(
    command: Sequence[str], seconds: float, stdin: bytes = b"", environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run ``command`` in a process group of its own; LibreOffice is a script that starts others.

    :raises subprocess.TimeoutExpired: after ``seconds``, with the whole group ended.
    """
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=None if environment is None else {**os.environ, **environment},
        start_new_session=True,
    ) as process:
        try:
            out, errors = process.communicate(stdin, timeout=seconds)
        except BaseException:
            _end(process)
            raise
    return subprocess.CompletedProcess(list(command), process.returncode, out, errors)


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except ProcessLookupError:
        pass
    process.wait()

"""A server in processes of its own, as it is shipped, and what it costs: CPU-seconds and memory, children too."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

_BIN = Path(sys.executable).parent
_TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
PATIENCE = 60.0


class Served(NamedTuple):
    """A server that answers on ``port``; ``pid`` is that of the process that was started."""

    pid: int
    port: int

    def processes(self) -> list[int]:
        """The process and all below it."""
        parents: dict[int, list[int]] = {}
        for folder in Path("/proc").iterdir():
            if folder.name.isdecimal():
                try:
                    after = (folder / "stat").read_text(encoding="ascii").rpartition(")")[2].split()
                except OSError:
                    continue  # it has just ended
                parents.setdefault(int(after[1]), []).append(int(folder.name))
        found = [self.pid]
        for pid in found:
            found += parents.get(pid, [])
        return found

    def cpu_seconds(self) -> float:
        """CPU time that all of them have used so far."""
        total = 0.0
        for pid in self.processes():
            after = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
            total += (int(after[11]) + int(after[12])) / _TICK
        return total

    def megabytes(self, *, children: bool = True) -> float:
        """Memory that all of them hold, or the one process alone."""
        total = 0
        for pid in self.processes() if children else [self.pid]:
            lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
            total += next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)
        return total / 1024


@contextmanager
def ydan_serve(*arguments: str, pages: bool = False, **settings: str) -> Iterator[Served]:
    """``ydan-serve`` with these settings (``YDAN_…``) and a data folder of its own; no store unless ``pages``."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        command = [str(_BIN / "ydan-serve"), "--port", str(port), "--data", folder, *arguments]
        with started(command if pages else [*command, "--no-pages"], port, settings) as served:
            yield served


@contextmanager
def started(command: Sequence[str], port: int, settings: Mapping[str, str] | None = None) -> Iterator[Served]:
    """Run ``command`` until the block ends; it answers on ``port`` when the block begins.

    :raises OSError: it did not within a minute.
    """
    clean = {name: value for name, value in os.environ.items() if not name.startswith("YDAN_")}
    with tempfile.TemporaryFile() as log:  # a line a request is part of what is measured
        process = subprocess.Popen(command, env={**clean, **(settings or {})}, stdout=subprocess.DEVNULL, stderr=log)
        try:
            until = time.monotonic() + PATIENCE
            while not _listens(port):
                if process.poll() is not None or time.monotonic() > until:
                    log.seek(0)
                    said = log.read()[-2000:].decode(errors="replace")
                    raise OSError(f"{command[0]} does not answer (status {process.poll()}): {said}")
                time.sleep(0.05)
            yield Served(process.pid, port)
        finally:
            process.terminate()
            process.wait(PATIENCE)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True

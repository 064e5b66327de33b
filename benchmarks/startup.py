"""How long a citizen's line waits for the first answer: import, command, server. ``python -m benchmarks.startup``.

A commune's computer is old and the command is run once a day, so starting counts as much as speed.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import TypeVar
from urllib.error import URLError

from benchmarks.tables import machine, table, write_between

ROOT = Path(__file__).resolve().parents[1]
TIMES = 5
LINE = "Đường thôn 3 lầy lội quá, đề nghị xã sửa sớm.\n"
PATIENCE = 30.0
_BIN = Path(sys.executable).parent
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limit:
    """A figure, what it may be at most, and what it was."""

    name: str
    most: float
    unit: str
    found: float

    @property
    def kept(self) -> bool:
        """Whether it was below."""
        return self.found < self.most


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write the table; 1 when a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "benchmarks" / "README.md", help="page with the markers")
    parser.add_argument("--times", type=int, default=TIMES, help="runs of each, the median counts")
    options = parser.parse_args(arguments)
    limits = measure(options.times)
    body = f"Measured on {date.today().isoformat()}: {machine()}.\n\n{limits_table(limits)}"
    write_between(options.output, "startup", body)
    print(body)
    return 0 if all(limit.kept for limit in limits) else 1


def measure(times: int) -> list[Limit]:
    """The four figures; each was run once before the clock, so that the files are in memory."""
    served = _repeated(_serve, times)
    return [
        Limit("`import ydan`", 0.2, "s", median(_repeated(_import, times))),
        Limit("`ydan classify -`, one line", 1.5, "s", median(_repeated(_classify, times))),
        Limit("`ydan-serve` until it is ready", 3.0, "s", median(seconds for seconds, _ in served)),
        Limit("`ydan-serve`, memory after an answer", 400.0, "MB", median(megabytes for _, megabytes in served)),
    ]


def limits_table(limits: Sequence[Limit]) -> str:
    """A row a limit."""
    rows = []
    for one in limits:
        digits = 0 if one.unit == "MB" else 3
        found, most = f"{one.found:.{digits}f} {one.unit}", f"{one.most:g} {one.unit}"
        rows.append([one.name, found, f"< {most}", "kept" if one.kept else "**missed**"])
    return table(["What", "Median", "Limit", ""], rows)


def _repeated(work: Callable[[], T], times: int) -> list[T]:
    work()
    return [work() for _ in range(times)]


def _import() -> float:
    code = "import time; t = time.perf_counter(); import ydan; print(time.perf_counter() - t)"
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)


def _classify() -> float:
    begun = time.perf_counter()
    subprocess.run([_BIN / "ydan", "classify", "-"], input=LINE, capture_output=True, encoding="utf-8", check=True)
    return time.perf_counter() - begun


def _serve() -> tuple[float, float]:
    """Seconds from the command to the first ``ready``, and megabytes resident after one answer."""
    port = _free_port()
    settings = {name: value for name, value in os.environ.items() if not name.startswith("YDAN_")}
    folder = tempfile.TemporaryDirectory()
    begun = time.perf_counter()
    arguments = ["--host", "127.0.0.1", "--port", str(port), "--data", folder.name]
    server = subprocess.Popen([_BIN / "ydan-serve", *arguments], env=settings, stdout=subprocess.DEVNULL)
    try:
        while not _answers(port):
            if server.poll() is not None or time.perf_counter() - begun > PATIENCE:
                raise OSError(
                    f"ydan-serve is not ready within {PATIENCE:.0f} s (status {server.poll()}). Run it by hand."
                )
            time.sleep(0.01)
        seconds = time.perf_counter() - begun
        body = json.dumps({"opinions": [{"id": "1", "text": LINE}]}).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/v1/classify", body, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            answer.read()
        return seconds, _resident(server.pid)
    finally:
        server.terminate()
        server.wait(PATIENCE)
        folder.cleanup()


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=1) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _resident(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:")) / 1024


if __name__ == "__main__":
    raise SystemExit(main())

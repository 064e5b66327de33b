"""Real server processes on one PostgreSQL, for tests that take something away from them."""

from __future__ import annotations

import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.service.test_cli import COMMAND, KEY, free_port

HEADERS = {"Authorization": f"Bearer {KEY}"}


@contextmanager
def running(url: str, folder: Path, arguments: Sequence[str] = ("--no-pages",), **settings: str) -> Iterator[int]:
    """The port of an ``ydan-serve`` on the database of ``url``, ready; its output is in ``folder``."""
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YDAN_")}
    environment = {
        **kept,
        "YDAN_DATABASE_URL": url,
        "YDAN_DATA": str(folder),
        "YDAN_API_KEY": KEY,
        "YDAN_KEY_FILE": str(folder / "khoa.json"),
        **settings,
    }
    with (folder / f"{port}.log").open("wb") as log:
        process = subprocess.Popen(
            [str(COMMAND), "--port", str(port), *arguments], env=environment, stdout=log, stderr=log
        )
        try:
            end = time.monotonic() + 60
            while not is_up(port):
                assert process.poll() is None, (folder / f"{port}.log").read_text()
                assert time.monotonic() < end
                time.sleep(0.05)
            yield port
        finally:
            process.terminate()
            process.wait(60)


@contextmanager
def several(url: str, folder: Path, count: int) -> Iterator[list[int]]:
    """The ports of so many."""
    with ExitStack() as stack:
        yield [stack.enter_context(running(url, folder)) for _ in range(count)]


def is_up(port: int) -> bool:
    """Whether it answers that it is ready."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5):
            return True
    except (OSError, urllib.error.URLError):
        return False

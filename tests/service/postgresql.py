"""A PostgreSQL server of the tests' own, started once: without syncing, on a socket in a folder, no port."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BIN = Path("/usr/lib/postgresql/15/bin")
_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses= -c max_connections=200"

DURABLE = "-c fsync=off -c listen_addresses= -c max_connections=200"
"""What is committed survives the server's end, though not the machine's."""


class NotHere(Exception):
    """Why no server can be started on this machine."""


def program(name: str) -> str:
    """Where a program of the server is.

    :raises NotHere: it is not installed.
    """
    found = BIN / name
    if found.exists():
        return str(found)
    on_path = shutil.which(name)
    if on_path is None:
        raise NotHere(f"PostgreSQL is not installed: no {name} in {BIN} or on PATH")
    return on_path


class Server:
    """A server that a test may stop and start again; :func:`server` for those that only need one."""

    def __init__(self, folder: Path, user: str | None, settings: str = _FAST) -> None:
        self._user, self._settings, self._folder = user, settings, folder
        data = folder / "data"
        _run([program("initdb"), "-D", str(data), "-U", "ydan", "-A", "trust", "-E", "UTF8", "--no-sync",
              "--locale=C"], user)  # fmt: skip
        self._control = [program("pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log")]

    @property
    def url(self) -> str:
        """``….format(database="x")``."""
        return f"postgresql+psycopg://ydan@/{{database}}?host={self._folder}"

    def start(self) -> None:
        """Until it takes connections."""
        _run([*self._control, "-o", f"{self._settings} -k {self._folder}", "start"], self._user)

    def stop(self) -> None:
        """At once, as when the machine loses power: connections break in the middle of what they do."""
        _run([*self._control, "-m", "immediate", "stop"], self._user)


@contextmanager
def server() -> Iterator[str]:
    """The URL of a running server without a database's name: ``….format(database="x")``.

    :raises NotHere: it is not installed, or does not start.
    """
    with stopped_server(_FAST) as found:
        found.start()
        try:
            yield found.url
        finally:
            found.stop()


@contextmanager
def stopped_server(settings: str = DURABLE) -> Iterator[Server]:
    """A server that was not started yet; the test stops what it starts.

    PostgreSQL refuses to run as root; then it runs as ``postgres`` or ``nobody``, in a folder that this user owns.

    :raises NotHere: it is not installed.
    """
    user = _other_user() if hasattr(os, "geteuid") and os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="ydan-pg-", dir="/tmp"))
    try:
        if user is not None:
            shutil.chown(folder, user)
        folder.chmod(0o755)
        yield Server(folder, user, settings)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _other_user() -> str:
    import pwd  # not on Windows, where nobody is root

    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    raise NotHere("PostgreSQL does not run as root, and there is no other user")


def _run(command: list[str], user: str | None) -> None:
    # the server keeps its parent's pipes open: its output goes to a file, never to a pipe that is waited for
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(command, user=user, cwd="/", stdout=output, stderr=output, check=False, timeout=120)
        if done.returncode != 0:
            output.seek(0)
            raise NotHere(f"{Path(command[0]).name} failed: {output.read().decode(errors='replace')[-500:]}")

"""What was acknowledged survives a killed process; what was not is gone whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from ydan_service.store import audit
from ydan_service.store.store import Store
from ydan_service.store.tables import AuditEvent, Commune, Village

WRITER = """
import sys
from ydan_service.store import audit
from ydan_service.store.engine import open_engine
from ydan_service.store.keys import KeyRing
from ydan_service.store.store import Store
from ydan_service.store.tables import Commune, Village

store, name = Store(open_engine(sys.argv[1]), KeyRing.random()), sys.argv[2]
for number in range(100_000):
    with store.begin() as session:
        session.add(Commune(name=f"{name} {number}", villages=[Village(name="Thôn 1")]))
        session.flush()
        audit.record(session, None, "commune.add", "commune", number)
    print(number, flush=True)
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")


def kill_while_writing(store: Store, folder: Path, writers: int, after: float) -> list[int]:
    """How many communes each process had been told were kept when it was killed."""
    url = store.engine.url.render_as_string(hide_password=False)
    files = [folder / f"{number}.txt" for number in range(writers)]
    running = []
    for number, file in enumerate(files):
        with file.open("w") as output:
            arguments = [sys.executable, "-c", WRITER, url, f"{folder.name} {number}"]
            running.append(subprocess.Popen(arguments, stdout=output))
    deadline = time.monotonic() + 60
    while not all(file.stat().st_size for file in files) and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(after)
    for process in running:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    # a last line without its end was cut in the pipe: its commit was not told
    return [text.count("\n") for text in (file.read_text() for file in files)]


def holds(store: Store, told: int, writers: int) -> None:
    """No acknowledged commune is missing, none is half there; at most one a writer was kept and not told."""
    with store.read() as session:
        communes = session.scalar(select(func.count()).select_from(Commune)) or 0
        assert communes == session.scalar(select(func.count()).select_from(Village))
        assert communes == session.scalar(select(func.count()).select_from(AuditEvent))
        assert told <= communes <= told + writers
        assert audit.verify(session).broken is None
    if store.engine.dialect.name == "sqlite":
        with store.engine.connect() as connection:
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"


def test_two_processes_killed_while_writing_lose_nothing(store: Store, tmp_path: Path) -> None:
    """kill -9 in the middle of their work; the next one goes on."""
    folder = tmp_path / "run"
    folder.mkdir()
    told = kill_while_writing(store, folder, 2, 0.4)
    assert all(told)
    holds(store, sum(told), 2)
    with store.begin() as session:
        audit.record(session, None, "a", "b", 1)


@pytest.mark.heavy
def test_killed_again_and_again_it_loses_nothing(store: Store, tmp_path: Path) -> None:
    """Twenty times, three processes, at any moment."""
    told = 0
    for turn in range(20):
        folder = tmp_path / f"run{turn}"
        folder.mkdir()
        told += sum(kill_while_writing(store, folder, 3, turn * 0.037))
        holds(store, told, 3 * (turn + 1))

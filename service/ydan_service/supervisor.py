"""``--workers N``: N processes on one port, each with its own model; one that dies is started again.

They are started anew, not forked: a process that serves has threads. The port is opened here, so that it is known to be
free before anything starts; on Linux each then listens on it by itself and the kernel spreads the connections. What one
of them counts is left in a folder that all can read (:mod:`ydan_service.metrics`).
"""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path

import uvicorn
from prometheus_client.multiprocess import mark_process_dead

from ydan_service.metrics import SHARED
from ydan_service.serving import GRACEFUL_SECONDS, app_from_environment, server_options
from ydan_service.settings import Settings, SettingsError
from ydan_service.watch.collectors import PIDS

_LOG = logging.getLogger(__name__)
_LONGEST_PAUSE = 30.0
_BACKLOG = 2048
_SPREAD = sys.platform == "linux"
"""Linux spreads connections over sockets that share a port; elsewhere all accept from one, the quickest takes most."""


@dataclass
class Place:
    """One of the N: the process that fills it, and when the next may start."""

    process: BaseProcess
    started: float
    pause: float = 0.0
    due: float | None = None


@dataclass
class Supervisor:
    """Keeps ``count`` processes running until told to stop. ``start`` makes and starts one."""

    count: int
    start: Callable[[], BaseProcess]
    folder: Path
    places: list[Place] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)
    young: float = 10.0
    """Seconds. A process that dies sooner was never well: the next one waits, each time twice as long."""

    def run(self) -> None:
        """Until :attr:`stopped`; then each ends what it has in hand."""
        self.places = [self._filled() for _ in range(self.count)]
        self._tell()
        while not self.stopped.is_set():
            self.look()
            wait([place.process.sentinel for place in self.places if place.due is None], 0.5)
            self.stopped.wait(0.05)
        self.end()

    def look(self) -> None:
        """Start again what died."""
        now = time.monotonic()
        changed = False
        for place in self.places:
            if place.due is None and not place.process.is_alive():
                place.process.join()
                young = now - place.started < self.young
                place.pause = min(max(2 * place.pause, 1.0), _LONGEST_PAUSE) if young else 0.0
                place.due = now + place.pause
                _LOG.error(
                    "process %s ended with %s, the next one starts in %.0f s",
                    place.process.pid, place.process.exitcode, place.pause,
                )  # fmt: skip
                mark_process_dead(place.process.pid, str(self.folder))  # type: ignore[no-untyped-call]
                (self.folder / f"drift-{place.process.pid}.json").unlink(missing_ok=True)
            if place.due is not None and now >= place.due:
                fresh = self._filled()
                place.process, place.started, place.due = fresh.process, fresh.started, None
                changed = True
        if changed:
            self._tell()

    def hang_up(self) -> None:
        """Let each look at once whether another model was chosen."""
        for place in self.places:
            if place.process.pid is not None and place.process.is_alive():
                os.kill(place.process.pid, signal.SIGHUP)

    def end(self) -> None:
        """Tell all to stop, and wait."""
        alive = [place.process for place in self.places if place.process.is_alive()]
        for process in alive:
            process.terminate()
        until = time.monotonic() + GRACEFUL_SECONDS + 5
        for process in alive:
            process.join(max(until - time.monotonic(), 0.1))
            if process.is_alive():
                _LOG.error("process %s does not stop and is killed", process.pid)
                process.kill()
                process.join()

    def _filled(self) -> Place:
        return Place(self.start(), time.monotonic())

    def _tell(self) -> None:
        new = self.folder / f".{PIDS}"
        new.write_text(json.dumps([place.process.pid for place in self.places]), encoding="utf-8")
        new.replace(self.folder / PIDS)


def supervise(settings: Settings) -> None:
    """Serve with ``settings.workers`` processes until SIGTERM or SIGINT.

    :raises SettingsError: the port is taken, or the address is not this machine's.
    """
    opened = open_port(settings)
    folder = Path(tempfile.mkdtemp(prefix="ydan-so-lieu-"))
    os.environ |= {SHARED: str(folder), **environment_of(settings)}
    spawn = multiprocessing.get_context("spawn")

    def start() -> BaseProcess:
        process = spawn.Process(target=serve_one, args=(opened,), name="ydan-serve")
        with _hangups_ignored():  # a child that is still loading would die of one
            process.start()
        return process

    supervisor = Supervisor(settings.workers, start, folder)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _signal, _frame: supervisor.stopped.set())
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda _signal, _frame: supervisor.hang_up())
    try:
        supervisor.run()
    finally:
        opened.close()
        shutil.rmtree(folder, ignore_errors=True)


def open_port(settings: Settings) -> socket.socket:
    """The port, kept for as long as this process lives: the socket that all share, or one that holds their place.

    :raises SettingsError: it cannot be opened.
    """
    try:
        opened = _bound((settings.host, settings.port))
        if _SPREAD:  # alone until now: a second server on the port is noticed
            opened.close()
            opened = _bound((settings.host, settings.port), spread=True)
        else:
            opened.listen(_BACKLOG)
    except OSError as error:
        raise SettingsError(
            f"Không mở được cổng {settings.port} trên {settings.host} ({error.strerror}). Hãy dừng chương trình đang "
            "giữ cổng, hoặc chọn cổng khác (--port, YDAN_PORT)."
        ) from error
    return opened


def _bound(address: tuple[str, int], *, spread: bool = False) -> socket.socket:
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    # the protocol is named: asyncio switches Nagle's waiting off only where it is, and every answer would take 40 ms
    opened = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name != "nt":
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if spread:
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        opened.bind(address)
    except OSError:
        opened.close()
        raise
    return opened


def environment_of(settings: Settings) -> dict[str, str]:
    """What the command line said, as the variables that the processes read."""
    return {
        "YDAN_HOST": settings.host,
        "YDAN_PORT": str(settings.port),
        "YDAN_DATA": str(settings.data_dir),
        "YDAN_PAGES": "on" if settings.serve_pages else "off",
        "YDAN_WORKERS": str(settings.workers),
    }


def serve_one(opened: socket.socket) -> None:
    """One process: its own app on the common port, until told to stop or until the one that started it is gone."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), name="ydan-parent", daemon=True).start()
    app = app_from_environment()
    settings: Settings = app.state.settings
    if _SPREAD:
        address = opened.getsockname()[:2]
        opened.close()
        opened = _bound(address, spread=True)
    uvicorn.Server(uvicorn.Config(app, **server_options(settings))).run(sockets=[opened])


@contextmanager
def _hangups_ignored() -> Iterator[None]:
    """What is started inside ignores SIGHUP until it says otherwise; one that comes meanwhile is not needed."""
    if not hasattr(signal, "SIGHUP"):
        yield
        return
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGHUP, before)


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)

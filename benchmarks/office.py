"""How long the office's pages take with 200 sessions and 10,000 opinions. ``python -m benchmarks.office``.

A page is asked by HTTP from a server on this machine, one request after the other, as a person would; the median and
the slowest of its requests are told. ``--database-url`` measures PostgreSQL (an empty database) instead of SQLite.
"""

from __future__ import annotations

import argparse
import socket
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random
from statistics import median
from typing import NamedTuple

import httpx2
import uvicorn

from benchmarks.startup import ROOT
from benchmarks.tables import machine, table, write_between
from tests.service.filling import Filled, fill
from tests.service.office.reading import Office, sixty_lines
from ydan.minutes.reader import MinutesReader
from ydan.predictor import Predictor
from ydan_service.accounts import sessions
from ydan_service.app import create_app
from ydan_service.person import Person
from ydan_service.settings import Settings
from ydan_service.store.opening import open_store
from ydan_service.store.store import Store
from ydan_service.store.tables import now
from ydan_service.store.tables.base import VIETNAM

MOST = 0.1
TIMES = 15
PAGES = (
    ("secretary", "/meetings"),
    ("secretary", "/meetings/{meeting}"),
    ("secretary", "/meetings/{meeting}/review"),
    ("secretary", "/meetings/{meeting}/review/state"),
    ("secretary", "/meetings/{meeting}/conclusion"),
    ("secretary", "/meetings/{meeting}/documents"),
    ("secretary", "/follow-up"),
    ("secretary", "/plans"),
    ("secretary", "/opinions"),
    ("secretary", "/opinions?q=duong+lay+loi"),
    ("secretary", "/opinions/{opinion}"),
    ("leader", "/dashboard"),
    ("leader", "/dashboard?commune={commune}"),
    ("leader", "/topics"),
    ("leader", "/topics/transport_roads"),
    ("leader", "/opinions?topic=transport_roads&escalate=1"),
    ("leader", "/follow-up"),
    ("leader", "/supervision"),
    ("leader", "/supervision/{commune}"),
    ("leader", "/board/{commune}"),
)
"""Who asks for what; ``{meeting}`` is one of sixty opinions, read from minutes."""


class Timed(NamedTuple):
    """A page and the seconds of its requests."""

    who: str
    path: str
    seconds: list[float]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write the table; 1 when a page's median misses the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "benchmarks" / "README.md", help="page with the markers")
    parser.add_argument("--times", type=int, default=TIMES, help="requests of each page")
    parser.add_argument("--sessions", type=int, default=200)
    parser.add_argument("--opinions", type=int, default=10_000)
    parser.add_argument("--database-url", help="an empty PostgreSQL database instead of SQLite")
    options = parser.parse_args(arguments)
    found = measure(options.sessions, options.opinions, options.times, options.database_url)
    kind = "PostgreSQL" if options.database_url else "SQLite"
    about = (
        f"Measured on {date.today().isoformat()}: {machine()}. {kind}, {options.sessions:,} sessions, "
        f"{options.opinions:,} opinions, {options.times} requests each."
    )
    body = f"{about}\n\n{_table(found)}"
    write_between(options.output, "office" if not options.database_url else "office-postgresql", body)
    print(body)
    return 0 if all(median(one.seconds) < MOST for one in found) else 1


def measure(sessions_: int, opinions: int, times: int, database_url: str | None = None) -> list[Timed]:
    """Every page of :data:`PAGES`, each asked once before the clock."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), port=_free_port(), database_url=database_url)
        store = open_store(settings)
        with store.begin() as session:
            today = now().astimezone(VIETNAM).date()
            filled = fill(session, Random(7), today, sessions=sessions_, opinions=opinions)
        predictor = Predictor.load()
        reader = MinutesReader.load()
        staff = Person(filled.secretary, "thu-ky", "", frozenset({"secretary"}), everywhere=True)
        read = Office(store, predictor, reader).read(staff, filled.communes[0], sixty_lines())
        ids = {"meeting": read, "commune": filled.communes[0], "opinion": filled.opinions // 2}
        with _served(settings, store, predictor, reader):
            found = [
                Timed(who, path, _ask(settings, store, filled, who, path.format(**ids), times)) for who, path in PAGES
            ]
        store.engine.dispose()
    return found


def _ask(settings: Settings, store: Store, filled: Filled, who: str, url: str, times: int) -> list[float]:
    account = filled.secretary if who == "secretary" else filled.leader
    with store.begin() as session:
        started = sessions.start(session, account)
    cookies = {sessions.cookie_name(secure=False): started.token}
    seconds = []
    with httpx2.Client(base_url=settings.base_url, cookies=cookies, headers={"Accept": "text/html"}) as client:
        for _time in range(times + 1):
            begun = time.perf_counter()
            answer = client.get(url)
            seconds.append(time.perf_counter() - begun)
            if answer.status_code != 200:
                raise OSError(f"{url} answered {answer.status_code}. Open it in a browser and see why.")
    return seconds[1:]


@contextmanager
def _served(settings: Settings, store: Store, predictor: Predictor, reader: MinutesReader) -> Iterator[None]:
    app = create_app(settings, predictor, store, reader)
    server = uvicorn.Server(uvicorn.Config(app, host=settings.host, port=settings.port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield
    server.should_exit = True
    thread.join(30)


def _table(found: Sequence[Timed]) -> str:
    rows = []
    for one in found:
        middle = median(one.seconds)
        kept = "kept" if middle < MOST else "**missed**"
        rows.append([one.who, f"`{one.path}`", f"{middle * 1000:.0f} ms", f"{max(one.seconds) * 1000:.0f} ms", kept])
    return table(["Who", "Page", "Median", "Slowest", f"< {MOST * 1000:.0f} ms"], rows)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


if __name__ == "__main__":
    raise SystemExit(main())

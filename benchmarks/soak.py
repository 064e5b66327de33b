"""The whole endpoint under a mixed load for half an hour: does memory stay, does anything fail, does it slow down?

``python -m benchmarks.soak [--minutes 30]``. Our server with pages and a SQLite store; clients of every kind work
side by side, each asking again as soon as it was answered and had a short rest: single opinions, batches, minutes,
streams, jobs from handing in to deleting, knowledge, feedback.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path
from random import Random
from statistics import median
from typing import NamedTuple

import httpx2

from benchmarks.endpoint import read_texts
from benchmarks.servers import Served, ydan_serve
from benchmarks.startup import ROOT
from benchmarks.tables import machine, table, write_between
from ydan.assessment import dump_json

MOST_GROWTH = 0.05
WARM_UP = 0.3
"""The share of the time before memory counts: every kind of work was done, caches are full."""
SLICES = 3
DAY = "2026-03-01"
JSON = {"content-type": "application/json"}


class Asked(NamedTuple):
    """One request: when since the beginning, how long, what came."""

    at: float
    seconds: float
    status: int


@dataclass(slots=True)
class Log:
    """Everything that was asked, by route, and the server's memory: (seconds since the beginning, megabytes)."""

    begun: float = field(default_factory=time.perf_counter)
    asked: dict[str, list[Asked]] = field(default_factory=dict)
    memory: list[tuple[float, float]] = field(default_factory=list)
    broken: Counter[str] = field(default_factory=Counter)


class Client:
    """One client that notes what it asks."""

    def __init__(self, http: httpx2.AsyncClient, log: Log, random: Random, texts: Sequence[str]) -> None:
        self._http, self._log, self._random, self._texts = http, log, random, texts

    async def ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None, route: str = ""
    ) -> httpx2.Response:
        """Ask and note it under ``route``, else under the path."""
        begun = time.perf_counter()
        answer = await self._http.request(method, path, content=body, headers=headers)
        done = time.perf_counter()
        asked = Asked(begun - self._log.begun, done - begun, answer.status_code)
        self._log.asked.setdefault(f"{method} {route or path}", []).append(asked)
        return answer

    def opinions(self, most: int) -> list[dict[str, str]]:
        """Some opinions."""
        return [{"id": str(number), "text": text} for number, text in enumerate(self._random.sample(self._texts, most))]

    async def single(self) -> None:
        """One opinion."""
        await self._classify(1, "/v1/classify")

    async def batch(self) -> None:
        """A hundred."""
        await self._classify(100, "/v1/classify (100)")

    async def _classify(self, most: int, route: str) -> None:
        body = dump_json({"session": {"date": DAY}, "opinions": self.opinions(most)}).encode()
        answer = await self.ask("POST", "/v1/classify", body, JSON, route)
        if answer.status_code == 200 and len(answer.json()["results"]) != most:
            self._log.broken["results lost"] += 1

    async def stream(self) -> None:
        """Two hundred lines."""
        lines = "".join(dump_json(each) + "\n" for each in self.opinions(200)).encode()
        answer = await self.ask(
            "POST", f"/v1/classify/stream?date={DAY}", lines, {"content-type": "application/x-ndjson"},
            "/v1/classify/stream (200)",
        )  # fmt: skip
        if answer.status_code == 200 and len(answer.content.splitlines()) != 200:
            self._log.broken["lines lost"] += 1

    async def minutes(self) -> None:
        """A file of minutes."""
        file = self._random.choice(_MINUTES)
        await self.ask("POST", "/v1/minutes?name=bien-ban.txt", file.read_bytes(), {"content-type": "text/plain"},
                       "/v1/minutes")  # fmt: skip

    async def knowledge(self) -> None:
        """The taxonomy, health and metrics."""
        for path in ("/v1/taxonomy", "/health/ready", "/metrics"):
            await self.ask("GET", path)

    async def feedback(self) -> None:
        """What a person chose."""
        item = {**self.opinions(1)[0], "final": {"topic": "transport_roads"}}
        body = dump_json({"session": {"date": DAY}, "items": [item]}).encode()
        await self.ask("POST", "/v1/feedback", body, JSON)

    async def job(self) -> None:
        """Handed in, waited for, fetched, deleted."""
        body = dump_json({"session": {"date": DAY}, "opinions": self.opinions(300)}).encode()
        taken = await self.ask("POST", "/v1/jobs", body, JSON)
        if taken.status_code != 202:
            return
        path = f"/v1/jobs/{taken.json()['id']}"
        until = time.perf_counter() + 120
        while (shown := await self.ask("GET", path, route="/v1/jobs/{id}")).json().get("state") in (
            "queued",
            "running",
        ):
            if time.perf_counter() > until:
                self._log.broken["job not done"] += 1
                break
            await asyncio.sleep(0.5)
        if shown.json().get("state") == "done":
            await self.ask("GET", f"{path}/result", route="/v1/jobs/{id}/result")
        await self.ask("DELETE", path, route="/v1/jobs/{id}")


_MINUTES = sorted((ROOT / "data" / "minutes" / "source").glob("*.txt"))
KINDS: tuple[tuple[Callable[[Client], Awaitable[None]], int, float], ...] = (
    (Client.single, 4, 0.02),
    (Client.batch, 1, 0.3),
    (Client.stream, 1, 0.5),
    (Client.minutes, 1, 1.0),
    (Client.knowledge, 1, 0.5),
    (Client.feedback, 1, 0.5),
    (Client.job, 1, 2.0),
)
"""What clients do, how many of them, and how many seconds they rest."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write the table; 1 when memory grew, something failed or was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "benchmarks" / "README.md", help="page with the markers")
    parser.add_argument("--minutes", type=float, default=30.0)
    options = parser.parse_args(arguments)
    log = measure(options.minutes * 60)
    shown, kept = report(log)
    about = f"Measured on {date.today().isoformat()}: {machine()}. {options.minutes:g} minutes, SQLite."
    body = f"{about}\n\n{shown}"
    write_between(options.output, "soak", body)
    print(body)
    return 0 if kept else 1


def measure(seconds: float) -> Log:
    """Everything at once for so long."""
    texts = read_texts(ROOT / "data" / "opinions" / "test.jsonl")
    with ydan_serve(pages=True) as served:
        log = Log()
        asyncio.run(_all(served, log, texts, seconds))
    return log


async def _all(served: Served, log: Log, texts: Sequence[str], seconds: float) -> None:
    until = log.begun + seconds
    seeds = count()
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{served.port}", timeout=120) as http:
        work = [
            _again(kind, Client(http, log, Random(next(seeds)), texts), until, rest)
            for kind, clients, rest in KINDS
            for _ in range(clients)
        ]
        await asyncio.gather(_weigh(served, log, until), *work)


async def _again(kind: Callable[[Client], Awaitable[None]], client: Client, until: float, rest: float) -> None:
    while time.perf_counter() < until:
        await kind(client)
        await asyncio.sleep(rest)


async def _weigh(served: Served, log: Log, until: float) -> None:
    while time.perf_counter() < until:
        log.memory.append((time.perf_counter() - log.begun, served.megabytes(children=False)))
        await asyncio.sleep(1)


def growth(memory: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Megabytes after the warm-up and at the end: medians of a tenth of the time each."""
    whole = memory[-1][0]
    after = [found for at, found in memory if WARM_UP <= at / whole < WARM_UP + 0.1]
    last = [found for at, found in memory if at / whole >= 0.9]
    return median(after), median(last)


def report(log: Log) -> tuple[str, bool]:
    """A row a route, then what must hold."""
    whole = log.memory[-1][0]
    head = ["Route", "Requests", *(f"p50 / p99, part {number + 1}" for number in range(SLICES)), "Not 2xx"]
    rows = []
    wrong = 0
    for route, asked in sorted(log.asked.items()):
        failed = Counter(one.status for one in asked if not 200 <= one.status < 300)
        wrong += failed.total()
        parts = [[one.seconds for one in asked if min(int(one.at / whole * SLICES), SLICES - 1) == at]
                 for at in range(SLICES)]  # fmt: skip
        said = ", ".join(f"{number} × {status}" for status, number in sorted(failed.items())) or "–"
        rows.append([f"`{route}`", f"{len(asked):,}", *map(_percentiles, parts), said])
    before, after = growth(log.memory)
    grown = after / before - 1
    verdicts = [
        (f"Memory grows by at most {MOST_GROWTH:.0%} after warm-up: {before:.0f} MB, {after:.0f} MB at the end "
         f"({grown:+.1%})", grown <= MOST_GROWTH),
        (f"Nothing fails: {wrong} answers other than 2xx", wrong == 0),
        (f"Nothing is lost: {dict(log.broken) or 'nothing'}", not log.broken),
    ]  # fmt: skip
    lines = [f"- {text}: {'kept' if kept else '**missed**'}." for text, kept in verdicts]
    return f"{table(head, rows)}\n\n" + "\n".join(lines), all(kept for _text, kept in verdicts)


def _percentiles(seconds: list[float]) -> str:
    if not seconds:
        return "–"
    found = sorted(seconds)
    return f"{found[len(found) // 2] * 1000:.0f} / {found[min(int(len(found) * 0.99), len(found) - 1)] * 1000:.0f} ms"


if __name__ == "__main__":
    raise SystemExit(main())

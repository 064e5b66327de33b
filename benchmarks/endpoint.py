"""What ``POST /v1/classify`` adds to the bare web. ``python -m benchmarks.endpoint``.

Our server and an echo of the same bodies (:mod:`benchmarks.echo`) run side by side and are asked in turn, many short
rounds, so that whatever else the machine does meets both; the medians of the rounds count. Batches are compared with
the predictor called in this process on the same opinions.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.load import Generator, Job, Seen, post
from benchmarks.servers import Served, free_port, started, ydan_serve
from benchmarks.startup import ROOT
from benchmarks.tables import machine, table, write_between
from ydan.assessment import dump_json
from ydan.opinion import Opinion, Session
from ydan.predictor import Predictor

CONNECTIONS = (1, 16, 64)
BUSY = (16, 64)
"""Where the limits hold: with one connection a client waits for each answer, and the table shows by how much."""
DAY = date(2026, 3, 1)
BATCH = 100


@dataclass(frozen=True, slots=True)
class Limits:
    """What is promised: least shares of what the bare web and the bare predictor do, most times its slowest answers."""

    share: float = 0.6
    slowest: float = 3.0
    batch: float = 0.8
    workers: float = 1.8


class Side(NamedTuple):
    """Medians of the rounds of one server: seconds, and server CPU-seconds a request."""

    per_second: float
    p50: float
    p99: float
    cpu: float


class Row(NamedTuple):
    """One number of connections."""

    connections: int
    echo: Side
    ours: Side


class Batches(NamedTuple):
    """Opinions a second: over HTTP, by the predictor alone; and opinions a CPU-second."""

    http: float
    alone: float
    http_cpu: float
    alone_cpu: float


class Workers(NamedTuple):
    """Requests a second, and requests a CPU-second of the server's processes, with one and with several."""

    processes: int
    one: float
    several: float
    one_cpu: float
    several_cpu: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write the table; 1 when a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "benchmarks" / "README.md", help="page with the markers")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--seconds", type=float, default=1.5, help="length of a round")
    parser.add_argument("--workers", type=int, default=0, help="compare so many processes with one")
    parser.add_argument("--quick", action="store_true", help="three short rounds and half the limits: does it run?")
    options = parser.parse_args(arguments)
    limits = Limits(0.3, 9.0, 0.4, 0.9) if options.quick else Limits()
    rounds, seconds = (3, 0.4) if options.quick else (options.rounds, options.seconds)
    texts = read_texts(ROOT / "data" / "opinions" / "test.jsonl")
    rows, batches = measure(texts, rounds, seconds)
    workers = measure_workers(texts, options.workers, rounds, seconds) if options.workers else None
    shown, kept = report(rows, batches, workers, limits)
    head = f"Measured on {DAY.today().isoformat()}: {machine()}. Medians of {rounds} rounds of {seconds:g} s, in turn."
    body = f"{head}\n\n{shown}"
    write_between(options.output, "endpoint", body)
    numbers = options.output.with_name("endpoint.json")
    numbers.write_text(json.dumps(_numbers(rows, batches, workers), indent=1) + "\n", encoding="utf-8")
    print(body)
    return 0 if kept else 1


def read_texts(file: Path) -> list[str]:
    """The texts of labelled opinions."""
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def body_of(texts: Sequence[str]) -> bytes:
    """The request for these opinions."""
    opinions = [{"id": str(number), "text": text} for number, text in enumerate(texts, 1)]
    return dump_json({"session": {"date": DAY.isoformat()}, "opinions": opinions}).encode()


def measure(texts: Sequence[str], rounds: int, seconds: float) -> tuple[list[Row], Batches]:
    """Both servers at each of :data:`CONNECTIONS`, then batches."""
    predictor = Predictor.load()
    opinions = [Opinion(str(number), text, Session(DAY)) for number, text in enumerate(texts)]
    answers = [dump_json({"results": [f.to_json()], **predictor.versions}) for f in predictor.assess_many(opinions)]
    single = [post("/v1/classify", body_of([text])) for text in texts]
    batched = [opinions[begin : begin + BATCH] for begin in range(0, len(opinions) - BATCH + 1, BATCH)]
    batches = [post("/v1/classify", body_of([one.text for one in part])) for part in batched]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "answer.json").write_text(sorted(answers, key=len)[len(answers) // 2], encoding="utf-8")
        port = free_port()
        command = [sys.executable, "-m", "benchmarks.echo", str(port), str(folder / "answer.json")]
        echo = stack.enter_context(started(command, port))
        ours = stack.enter_context(ydan_serve())
        load = stack.enter_context(Generator())
        rows = [_compare(load, echo, ours, single, count, rounds, seconds) for count in CONNECTIONS]
        found = []
        for _ in range(rounds + 1):
            http = _fire(load, ours, batches, 2, seconds)
            alone = _alone(predictor, batched, seconds)
            found.append((http.per_second * BATCH, alone[0], BATCH / http.cpu, alone[1]))
    return rows, Batches(*(median(column) for column in zip(*found[1:], strict=True)))


def measure_workers(texts: Sequence[str], count: int, rounds: int, seconds: float) -> Workers:
    """One process and ``count``, with 64 connections."""
    single = [post("/v1/classify", body_of([text])) for text in texts]
    with ydan_serve() as one, ydan_serve("--workers", str(count)) as several, Generator() as load:
        sides = _in_turn(load, (one, several), single, 64, rounds, seconds)
    first, second = sides
    return Workers(count, first.per_second, second.per_second, 1 / first.cpu, 1 / second.cpu)


def _compare(
    load: Generator, echo: Served, ours: Served, requests: Sequence[bytes], count: int, rounds: int, seconds: float
) -> Row:
    return Row(count, *_in_turn(load, (echo, ours), requests, count, rounds, seconds))


def _in_turn(
    load: Generator, servers: Sequence[Served], requests: Sequence[bytes], count: int, rounds: int, seconds: float
) -> list[Side]:
    seen: list[list[Side]] = [[] for _ in servers]
    for _ in range(rounds + 1):
        for server, sides in zip(servers, seen, strict=True):
            sides.append(_fire(load, server, requests, count, seconds))
    return [Side(*(median(column) for column in zip(*sides[1:], strict=True))) for sides in seen]


def _fire(load: Generator, server: Served, requests: Sequence[bytes], connections: int, seconds: float) -> Side:
    before = server.cpu_seconds()
    seen: Seen = load.fire(Job(server.port, requests, connections, seconds))
    if seen.broken or set(seen.statuses) != {200}:
        raise OSError(f"Not all was answered with 200: {dict(seen.statuses)}, {seen.broken} connections broken.")
    used = server.cpu_seconds() - before
    return Side(seen.per_second, seen.percentile(0.5), seen.percentile(0.99), used / len(seen.latencies))


def _alone(predictor: Predictor, batches: Sequence[Sequence[Opinion]], seconds: float) -> tuple[float, float]:
    begun, cpu, done = time.perf_counter(), time.process_time(), 0
    while time.perf_counter() - begun < seconds:
        predictor.assess_many(batches[done % len(batches)])
        done += 1
    return done * BATCH / (time.perf_counter() - begun), done * BATCH / max(time.process_time() - cpu, 1e-9)


def report(rows: Sequence[Row], batches: Batches, workers: Workers | None, limits: Limits) -> tuple[str, bool]:
    """The table and the limits in words; whether all are kept."""
    side = ["requests/s", "p50", "p99", "CPU"]
    head = ["Connections", *(f"Echo, {one}" for one in side), *(f"Ours, {one}" for one in side), "Share", "p99, times"]
    cells = []
    verdicts: list[tuple[str, bool]] = []
    for row in rows:
        share, times = row.ours.per_second / row.echo.per_second, row.ours.p99 / row.echo.p99
        sides = [text for side in (row.echo, row.ours) for text in _side(side)]
        cells.append([str(row.connections), *sides, f"{share:.0%}", f"{times:.1f}"])
        if row.connections in BUSY:
            where = f"with {row.connections} connections"
            verdicts.append(
                (f"At least {limits.share:.0%} of the echo's requests {where}: {share:.0%}", share >= limits.share)
            )
            verdicts.append(
                (f"p99 at most {limits.slowest:g} × the echo's {where}: {times:.1f} ×", times <= limits.slowest)
            )
    part = batches.http / batches.alone
    verdicts.append(
        (
            f"Batches of {BATCH} at least {limits.batch:.0%} of the predictor alone: {part:.0%} "
            f"({batches.http:,.0f} of {batches.alone:,.0f} opinions/s)",
            part >= limits.batch,
        )
    )
    if workers is not None:
        verdicts.append(_workers_verdict(workers, limits))
    lines = [f"- {text}: {'kept' if kept else '**missed**'}." for text, kept in verdicts]
    return f"{table(head, cells)}\n\n" + "\n".join(lines), all(kept for _text, kept in verdicts)


def _workers_verdict(workers: Workers, limits: Limits) -> tuple[str, bool]:
    """By the clock where the machine has a core for the load generator as well, else by the servers' CPU time."""
    times, by_cpu = workers.several / workers.one, workers.several_cpu / workers.one_cpu
    enough = (os.cpu_count() or 1) > workers.processes
    scaled = times if enough else by_cpu * workers.processes
    how = "by the clock" if enough else f"{by_cpu:.2f} of the requests a CPU-second, times {workers.processes} cores"
    text = (
        f"{workers.processes} processes at least {limits.workers:g} × one: {scaled:.2f} × {how} "
        f"({workers.several:,.0f} and {workers.one:,.0f} requests/s here)"
    )
    return text, scaled >= limits.workers


def _side(side: Side) -> list[str]:
    return [
        f"{side.per_second:,.0f}",
        *(f"{one * 1000:.{n}f} ms" for one, n in ((side.p50, 1), (side.p99, 1), (side.cpu, 2))),
    ]


def _numbers(rows: Sequence[Row], batches: Batches, workers: Workers | None) -> dict[str, object]:
    return {
        "single": [{"connections": r.connections, "echo": r.echo._asdict(), "ours": r.ours._asdict()} for r in rows],
        "batches": batches._asdict(),
        "workers": None if workers is None else workers._asdict(),
        "limits": asdict(Limits()),
    }


if __name__ == "__main__":
    raise SystemExit(main())

"""How fast many opinions go through the command, and how much memory that takes. ``python -m benchmarks.bulk``.

Every run is ``ydan classify FILE --output FILE`` in a fresh process: starting, reading, assessing, writing.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from benchmarks.figures import line_through, write_points
from benchmarks.startup import ROOT, Limit, limits_table
from benchmarks.tables import machine, table, write_between
from ydan.parallel import usable_cores

SIZES = (10_000, 30_000, 100_000)
LARGE = 1_000_000
BETTER = 1.8
"""What two processes must do at least, times what one does."""
MOST_GROWTH, MOST_MEGABYTES = 1.25, 1_000.0
CORPUS = ROOT / "data" / "opinions" / "train.jsonl"
PICTURE = ROOT / "benchmarks" / "bulk.svg"
_NUMBER = re.compile(r"(?<![\d/.,-])\d{2,3}(?![\d/.,-])")
_LOOK = 0.2


@dataclass(frozen=True, slots=True)
class Run:
    """One run; memory is the peak of all its processes, what they share counted once; sizes of input and output."""

    opinions: int
    processes: int
    seconds: float
    megabytes: float
    megabytes_in: float
    megabytes_out: float

    @property
    def per_second(self) -> float:
        """Opinions a second, starting included."""
        return self.opinions / self.seconds


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write the section and the figures; 1 when a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "benchmarks" / "README.md", help="page with the markers")
    parser.add_argument("--results", type=Path, default=ROOT / "benchmarks" / "results.json")
    parser.add_argument("--picture", type=Path, default=PICTURE)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="opinions of each run")
    parser.add_argument("--large", type=int, nargs="?", const=LARGE, help=f"one more size (default {LARGE})")
    options = parser.parse_args(arguments)
    sizes = sorted({*options.sizes, *([options.large] if options.large else [])})
    cores = usable_cores()
    runs = measure(sizes, cores)
    found = figures(runs, cores)
    keep(options.results, found, runs)
    title = f"Cost of ydan classify with {cores} processes"
    write_points(options.picture, [(run.opinions, run.seconds) for run in _all_cores(runs, cores)], title)
    limits = limits_of(found)
    body = "\n\n".join(
        [
            f"Measured on {date.today().isoformat()}: {machine()}. Opinions of {found['characters']:.0f} characters.",
            runs_table(runs),
            _ratio(found),
            limits_table(limits),
        ]
    )
    write_between(options.output, "bulk", body)
    print(body)
    return 0 if found["speedup"] >= BETTER and all(limit.kept for limit in limits) else 1


def measure(sizes: Sequence[int], cores: int) -> list[Run]:
    """One process and two at the middle size, all cores at every size."""
    runs = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = write_opinions(Path(folder, f"{size}.jsonl"), size)
            middle = size == sizes[len(sizes) // 2]
            for processes in sorted({cores, *((1, 2) if middle else ())}):
                print(f"{size} opinions, {processes} processes", file=sys.stderr, flush=True)
                runs.append(classify(path, size, processes))
            path.unlink()
    return runs


def write_opinions(path: Path, count: int) -> Path:
    """Opinions of our corpus as often as it takes, with other numbers each time round, and one number all their own."""
    with CORPUS.open(encoding="utf-8") as corpus:
        texts = [json.loads(line)["text"] for line in corpus]
    with path.open("w", encoding="utf-8") as out:
        for at in range(count):
            row = {"id": f"r{at}", "text": varied(texts[at % len(texts)], at // len(texts), at)}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def varied(text: str, time_round: int, number: int) -> str:
    """The same words with other numbers.

    >>> varied("Thôn có 62 hộ.", 1, 10068)
    'Thôn có 69 hộ. (phiếu 10068)'
    """
    changed = _NUMBER.sub(lambda hit: str(10 + (int(hit[0]) - 10 + 7 * time_round) % 890), text)
    return f"{changed} (phiếu {number})"


def classify(path: Path, opinions: int, processes: int) -> Run:
    """One run of the command.

    :raises OSError: it failed, or an opinion was not answered.
    """
    out = path.with_suffix(".out.jsonl")
    command = [Path(sys.executable).parent / "ydan", "classify", path, "--output", out, "--processes", str(processes)]
    begun = time.perf_counter()
    run = subprocess.Popen(command, stderr=subprocess.PIPE)
    peak, looked = 0.0, 0.0
    while run.poll() is None:
        if time.perf_counter() - looked > _LOOK:
            peak, looked = max(peak, resident(run.pid)), time.perf_counter()
        time.sleep(0.01)
    seconds = time.perf_counter() - begun
    err = run.communicate()[1].decode(errors="replace")
    with out.open("rb") as answers:
        lines = sum(1 for _ in answers)
    if run.returncode or lines != opinions:
        raise OSError(f"{lines} of {opinions} opinions were answered (status {run.returncode}): {err[-500:]}")
    size = out.stat().st_size / 1e6
    out.unlink()
    return Run(opinions, processes, seconds, peak, path.stat().st_size / 1e6, size)


def resident(process: int) -> float:
    """Megabytes of a process and its children; a page that several share counts for each by its share."""
    total = 0
    for one in (process, *_children(process)):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except OSError:
            continue  # it has just ended
        total += next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return total / 1024


def _children(process: int) -> Iterator[int]:
    try:
        words = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    yield from map(int, words)


def figures(runs: Sequence[Run], cores: int) -> dict[str, float]:
    """What the pages reckon with: rates, the ratio of two processes to one, the line through the costs, memory."""
    alone = next(run for run in runs if run.processes == 1)
    two = next(run for run in runs if run.processes == 2 and run.opinions == alone.opinions)
    every = _all_cores(runs, cores)
    slope, start, fit = line_through([(run.opinions, run.seconds) for run in every])
    largest = every[-1]
    return {
        "cores": cores,
        "one_per_second": alone.per_second,
        "two_per_second": two.per_second,
        "speedup": two.per_second / alone.per_second,
        "all_per_second": 1 / slope,
        "start_seconds": max(0.0, start),
        "r2": fit,
        "megabytes_smallest": every[0].megabytes,
        "megabytes_largest": largest.megabytes,
        "growth": largest.megabytes / every[0].megabytes,
        "most_opinions": largest.opinions,
        "bytes_in": largest.megabytes_in * 1e6 / largest.opinions,
        "bytes_out": largest.megabytes_out * 1e6 / largest.opinions,
        "characters": _characters(),
    }


def limits_of(found: dict[str, float]) -> list[Limit]:
    """Memory that does not grow, and a cost that does in step."""
    return [
        Limit("peak memory of all processes at the largest size", MOST_MEGABYTES, "MB", found["megabytes_largest"]),
        Limit("… as a multiple of the smallest size's", MOST_GROWTH, "times", found["growth"]),
        Limit("1 − R² of the line through the costs", 0.01, "", 1 - found["r2"]),
    ]


def runs_table(runs: Sequence[Run]) -> str:
    """A row a run."""
    head = ["Opinions", "Processes", "Time", "Opinions a second", "Peak memory, all processes"]
    return table(
        head,
        [
            [f"{r.opinions:,}", str(r.processes), f"{r.seconds:.1f} s", f"{r.per_second:,.0f}", f"{r.megabytes:.0f} MB"]
            for r in runs
        ],
    )


def keep(results: Path, found: dict[str, float], runs: Sequence[Run]) -> None:
    """Beside the other figures of ``results.json``."""
    known = json.loads(results.read_text(encoding="utf-8")) if results.exists() else {}
    known["bulk"] = {
        "measured": date.today().isoformat(),
        "machine": machine(),
        "figures": {name: round(value, 4) for name, value in found.items()},
        "runs": [{name: round(value, 3) for name, value in asdict(run).items()} for run in runs],
    }
    results.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _ratio(found: dict[str, float]) -> str:
    kept = "kept" if found["speedup"] >= BETTER else "**missed**"
    return (
        f"Two processes do {found['speedup']:.2f} × what one does (at least {BETTER:g}: {kept}). Each further opinion "
        f"costs {1e6 / found['all_per_second']:.0f} µs on {found['cores']:.0f} cores, that is "
        f"{found['all_per_second']:,.0f} a second; R² of the line is {found['r2']:.4f} (`bulk.svg`)."
    )


def _all_cores(runs: Sequence[Run], cores: int) -> list[Run]:
    return sorted((run for run in runs if run.processes == cores), key=lambda run: run.opinions)


def _characters() -> float:
    with CORPUS.open(encoding="utf-8") as corpus:
        lengths = [len(json.loads(line)["text"]) for line in corpus]
    return sum(lengths) / len(lengths)


if __name__ == "__main__":
    raise SystemExit(main())

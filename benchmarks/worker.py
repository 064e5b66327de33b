"""One peer in a process of its own, so that neither memory nor imports mix: ``python -m benchmarks.worker``.

Only the standard library is imported before the first look at the memory; the answer goes to a file, because some
peers print.
"""

from __future__ import annotations

import argparse
import gc
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.candidates import Row, find_candidate


def read_rows(path: Path, sample: int | None = None) -> list[dict[str, Any]]:
    """The labelled lines of a file; with ``sample`` that many, taken evenly."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    if sample is None or sample >= len(rows):
        return rows
    return [rows[number * len(rows) // sample] for number in range(sample)]


def repeated(rows: Sequence[Row], at_least: int) -> list[Row]:
    """The rows as often as it takes for ``at_least``: a short split would time the start, not the work."""
    return list(rows) * -(-at_least // len(rows))


def resident(field: str) -> float:
    """Megabytes of this process: ``VmRSS`` now, ``VmHWM`` at the highest (not ru_maxrss: a child inherits that).

    :raises OSError: the system has no ``/proc``; memory is measured on Linux.
    """
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1]) / 1024
    raise OSError(f"/proc/self/status has no {field}. Measure on Linux.")


def timed(work: Callable[[], object]) -> float:
    """Seconds of one run, what was left over before cleared away."""
    gc.collect()
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def train(options: argparse.Namespace) -> dict[str, Any]:
    """Seconds from rows in memory to a model on disk."""
    candidate = find_candidate(options.peer)
    rows = read_rows(options.train, options.sample)
    peer = candidate.open()
    return {"train_seconds": timed(lambda: peer.train(rows, options.folder, **candidate.options))}


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Answers to every file, speed, memory."""
    sets = [read_rows(path, options.sample) for path in options.files]
    many = repeated(sets[0], options.batch)
    alone = sets[0][: options.single]
    before = resident("VmRSS")
    model = find_candidate(options.peer).open().load(options.folder)
    answers = [model.topics(rows) for rows in sets]  # warms up as well
    model.topic(alone[0])
    batch = timed(lambda: model.topics(many))
    single = timed(lambda: [model.topic(row) for row in alone])
    return {
        "answers": answers,
        "batch_per_second": len(many) / batch,
        "single_per_second": len(alone) / single,
        "memory_mb": resident("VmHWM") - before,
    }


def main() -> None:
    """Parse, work, write the answer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", choices=("train", "measure"))
    parser.add_argument("peer")
    parser.add_argument("--folder", type=Path, required=True, help="of the model")
    parser.add_argument("--answer", type=Path, required=True, help="JSON file to write")
    parser.add_argument("--train", type=Path, help="labelled file to learn from")
    parser.add_argument("--files", type=Path, nargs="*", default=[], help="labelled files to answer, ours first")
    parser.add_argument("--sample", type=int)
    parser.add_argument("--batch", type=int, default=3000)
    parser.add_argument("--single", type=int, default=500)
    options = parser.parse_args()
    found = (train if options.work == "train" else measure)(options)
    options.answer.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()

"""Ours and its peers on one corpus and one machine: quality, speed, memory, size, training time.

Run from the repository root::

    .venv/bin/python -m benchmarks.peers --data FILE [FILE …]

Each peer trains once, then the peers are measured in turn, three rounds, each in a process of its own with one
thread; a figure is the median of the rounds, so that a slow minute of the machine hits all alike.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.candidates import CANDIDATES, OURS, PLAIN, Candidate
from benchmarks.tables import Result, Score, goals, machine, peers_table, write_between
from benchmarks.worker import read_rows
from ydan_training.evaluation import metrics

ROOT = Path(__file__).resolve().parents[1]
CORPUS = Path("data/opinions")
ROUNDS = 3
SEED = 20261124
_ONE_THREAD = ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "RAYON", "VECLIB_MAXIMUM")


class BenchmarkError(Exception):
    """A peer could not be measured; the message says which and why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse, measure, write the page and the numbers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="*", default=[], metavar="FILE", help="more labelled JSON Lines")
    parser.add_argument("--output", type=Path, default=ROOT / "benchmarks" / "README.md", help="page with the markers")
    parser.add_argument("--sample", type=int, metavar="N", help="only N opinions of every file, one round: a rehearsal")
    options = parser.parse_args(arguments)
    begun = time.perf_counter()
    try:
        results, sets = compare(options.data, options.sample)
    except (BenchmarkError, OSError) as error:
        print(f"benchmarks.peers: {error}", file=sys.stderr)
        return 2
    by_id = {result.id: result for result in results}
    aims = goals(sets, by_id[OURS], by_id[PLAIN], [result for result in results if result.id != OURS])
    remarks = [f"Measured on {date.today().isoformat()} in {time.perf_counter() - begun:.0f} s: {machine()}."]
    remarks += [_corpus_remark(options.sample)]
    body = "\n".join([*remarks, "", peers_table(sets, results), "", *(f"- {aim}" for aim in aims)])
    write_between(options.output, "peers", body)
    numbers = {
        "remarks": remarks,
        "sets": [{"name": name, "size": size} for name, size in sets],
        "peers": [result.to_json() for result in results],
        "goals": aims,
    }
    json_file = options.output.with_name("results.json")
    known = json.loads(json_file.read_text(encoding="utf-8")) if json_file.exists() else {}
    json_file.write_text(json.dumps(known | numbers, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(body, f"\nwrote {options.output} and {json_file}")
    return 0


def compare(data: Sequence[Path], sample: int | None) -> tuple[list[Result], list[tuple[str, int]]]:
    """Every peer's figures, and the names and sizes of the files, our test split first.

    :raises BenchmarkError: a peer failed.
    """
    files = [ROOT / CORPUS / "test.jsonl", *(path.resolve() for path in data)]
    wanted = [[str(row["topic"]) for row in read_rows(path, sample)] for path in files]
    sets = [(path.stem, len(topics)) for path, topics in zip(files, wanted, strict=True)]
    trained: dict[str, float] = {}
    measured: dict[str, list[dict[str, Any]]] = {candidate.id: [] for candidate in CANDIDATES}
    results = []
    with tempfile.TemporaryDirectory() as scratch:
        folders = {candidate.id: Path(scratch, candidate.id) for candidate in CANDIDATES}
        for candidate in CANDIDATES:
            folders[candidate.id].mkdir()
            learning = ["--train", str(ROOT / CORPUS / "train.jsonl")]
            trained[candidate.id] = _work("train", candidate, folders[candidate.id], learning, sample)["train_seconds"]
            if candidate.shipped is not None and sample is None:  # a rehearsal compares equals: all saw the sample
                folders[candidate.id] = ROOT / candidate.shipped
        for _ in range(1 if sample else ROUNDS):
            for candidate in CANDIDATES:
                asked = ["--files", *map(str, files), *(["--batch", str(sample)] if sample else [])]
                measured[candidate.id].append(_work("measure", candidate, folders[candidate.id], asked, sample))
        for candidate in CANDIDATES:
            rounds = measured[candidate.id]
            results.append(
                Result(
                    id=candidate.id,
                    title=candidate.title,
                    answers=candidate.answers,
                    scores=tuple(map(score, wanted, rounds[0]["answers"])),
                    **{
                        name: median(one[name] for one in rounds)
                        for name in ("single_per_second", "batch_per_second", "memory_mb")
                    },
                    size_mb=sum(file.stat().st_size for file in folders[candidate.id].iterdir()) / 1e6,
                    train_seconds=trained[candidate.id],
                )
            )
    return results, sets


def score(wanted: Sequence[str], said: Sequence[str]) -> Score:
    """Macro-F1 with its interval, by the metric that our own evaluation uses."""
    low, high = metrics.interval(
        len(wanted),
        lambda drawn: metrics.macro_f1([wanted[n] for n in drawn], [said[n] for n in drawn]),
        SEED,
        rounds=200,
    )
    return Score(metrics.macro_f1(wanted, said), low, high)


def _work(work: str, candidate: Candidate, folder: Path, asked: list[str], sample: int | None) -> dict[str, Any]:
    print(f"{work}: {candidate.title}", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        answer = Path(scratch, "answer.json")
        command = [sys.executable, "-m", "benchmarks.worker", work, candidate.id, "--folder", str(folder)]
        command += ["--answer", str(answer), *asked, *(["--sample", str(sample)] if sample else [])]
        pinned = {f"{library}_NUM_THREADS": "1" for library in _ONE_THREAD}
        environment = {**os.environ, **pinned, "PYTHONWARNINGS": "ignore"}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            tail = "\n".join(done.stderr.strip().splitlines()[-5:])
            raise BenchmarkError(
                f"{candidate.title} failed to {work} (status {done.returncode}):\n{tail}\n"
                'If a package is missing: pip install -e ".[benchmark]"'
            )
        found: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
        return found


def _corpus_remark(sample: int | None) -> str:
    """What was learned from, and whether the shipped model was learned from the same."""
    folder = ROOT / CORPUS
    files = [folder / f"{name}.jsonl" for name in ("train", "validation", "test")]
    size = len(read_rows(files[0], sample))
    if sample:
        return f"A rehearsal: all learned from {size} opinions, ours too. Not a measurement."
    manifest = json.loads((ROOT / "models/bundles/default/bundle.json").read_text(encoding="utf-8"))
    now = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    same = manifest.get("about", {}).get("data_sha256") == now
    words = "was learned from the same" if same else "was learned from an **earlier state** of it: run `ydan-train fit`"
    return f"The peers learned from {size} opinions of the training split; our shipped model {words}."


if __name__ == "__main__":
    raise SystemExit(main())

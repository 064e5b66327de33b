"""How long 200 pages of minutes take, and how much memory. ``python -m benchmarks.minutes``.

A secretary waits for it at an office PC, so the whole command counts: starting, reading the file, splitting it,
assessing every opinion, writing the answers.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.startup import ROOT, Limit, limits_table
from benchmarks.tables import machine, write_between
from ydan_training.minutes.blocks import Block
from ydan_training.minutes.layouts.docx import render_docx
from ydan_training.minutes.layouts.pdf import render_pdf
from ydan_training.minutes.source import parse_source

PAGES, TIMES = 200, 3
MOST_SECONDS, MOST_MEGABYTES = 5.0, 500.0
SOURCES = ROOT / "data" / "minutes" / "source"
_NUMBER = re.compile(r"(?<![\d/.,-])\d{2,3}(?![\d/.,-])")
_CODE = """
import sys
from ydan.cli import main
status = main(["classify", sys.argv[1], "--format", "jsonl", "--output", sys.argv[2]])
# not ru_maxrss: a child inherits its parent's
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(status, int(peak.split()[1]) / 1024)
sys.exit(status == 2)
"""


class Run(NamedTuple):
    """One run of the command in a process of its own."""

    seconds: float
    megabytes: float
    opinions: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write the table; 1 when a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "benchmarks" / "README.md", help="page with the markers")
    parser.add_argument("--pages", type=int, default=PAGES, help="pages of the minutes")
    parser.add_argument("--times", type=int, default=TIMES, help="runs of each, the median counts")
    options = parser.parse_args(arguments)
    limits, opinions = measure(options.pages, options.times)
    found = " and ".join(f"{number:,} in the {kind}" for kind, number in opinions.items())
    about = f"Measured on {date.today().isoformat()}: {machine()}. {options.pages} pages; opinions: {found}."
    body = f"{about}\n\n{limits_table(limits)}"
    write_between(options.output, "minutes", body)
    print(body)
    return 0 if all(limit.kept for limit in limits) else 1


def measure(pages: int, times: int) -> tuple[list[Limit], dict[str, int]]:
    """Time and memory of a ``.docx`` and a ``.pdf``, and how many opinions each gave."""
    limits, opinions = [], {}
    with tempfile.TemporaryDirectory() as folder:
        for path in write_documents(Path(folder), pages):
            classify(path)  # once before the clock, so that the files are in memory
            runs = [classify(path) for _ in range(times)]
            kind = path.suffix[1:]
            name = f"`ydan classify`, {kind} of {pages} pages"
            limits.append(Limit(name, MOST_SECONDS, "s", median(run.seconds for run in runs)))
            limits.append(Limit(f"{name}, peak memory", MOST_MEGABYTES, "MB", max(run.megabytes for run in runs)))
            opinions[kind] = runs[0].opinions
    return limits, opinions


def write_documents(folder: Path, pages: int) -> list[Path]:
    """``long.pdf`` of about ``pages`` pages, and the same words as ``long.docx`` (which has pages only on paper)."""
    first = parse_source(min(SOURCES.glob("*docx*.txt")))
    blocks = long_blocks()
    sample = _pdf_pages(render_pdf(replace(first, blocks=tuple(blocks[:400]), options={"page_numbers": ""})))
    wanted = max(1, round(400 * pages / sample))
    for _ in range(4):  # tables and paragraphs take different room
        while len(blocks) < wanted:
            blocks += [changed(block, len(blocks)) for block in long_blocks()]
        source = replace(first, blocks=tuple(blocks[:wanted]), options={"page_numbers": ""})
        pdf = render_pdf(source)
        if (found := _pdf_pages(pdf)) == pages:
            break
        wanted = max(1, round(wanted * pages / found))
    (folder / "long.docx").write_bytes(render_docx(source))
    (folder / "long.pdf").write_bytes(pdf)
    return [folder / "long.docx", folder / "long.pdf"]


def long_blocks() -> list[Block]:
    """The head of one meeting, then what was said and answered at all of them."""
    sources = [parse_source(path) for path in sorted(SOURCES.glob("*.txt"))]
    return [*sources[0].blocks, *(block for source in sources[1:] for block in _body(source.blocks))]


def changed(block: Block, shift: int) -> Block:
    """The same with other numbers, so that no two opinions are equal."""

    def other(text: str) -> str:
        return _NUMBER.sub(lambda hit: str(10 + (int(hit[0]) + 7 * shift) % 890), text)

    rows = tuple(tuple(other(cell) for cell in row) for row in block.rows)
    return replace(block, text=other(block.text), rows=rows)


def _body(blocks: Sequence[Block]) -> Iterator[Block]:
    """From the first heading or list on: a long meeting has one head."""
    started = False
    for block in blocks:
        started = started or block.kind in ("heading", "subheading", "table", "number", "bullet")
        if started:
            yield block


def classify(path: Path) -> Run:
    """``ydan classify`` in a fresh process; memory is the peak resident set.

    :raises OSError: the command failed.
    """
    out = path.with_suffix(".jsonl")
    settings = {name: value for name, value in os.environ.items() if not name.startswith("YDAN_")}
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _CODE, str(path), str(out)], capture_output=True, text=True, env=settings, check=False
    )
    seconds = time.perf_counter() - begun
    if done.returncode:
        raise OSError(f"{path.name} could not be classified: {done.stderr[-500:]}")
    rows = out.read_text(encoding="utf-8").splitlines()
    return Run(seconds, float(done.stdout.split()[-1]), sum("topic" in json.loads(row) for row in rows))


def _pdf_pages(data: bytes) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        return len(document)


if __name__ == "__main__":
    raise SystemExit(main())

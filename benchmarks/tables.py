"""Measured numbers as Markdown, written between two markers of a page that people write the rest of."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

TIMES_FASTER = 5.0
_SHOWN = ("numpy", "scipy", "scikit-learn", "underthesea", "underthesea_core", "fasttext-ng")


@dataclass(frozen=True, slots=True)
class Score:
    """Macro-F1 on one file with its 95 % bootstrap interval."""

    f1: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Result:
    """One row: a peer and everything measured of it; ``scores`` has one for each file, in order."""

    id: str
    title: str
    answers: str
    scores: tuple[Score, ...]
    single_per_second: float
    batch_per_second: float
    memory_mb: float
    size_mb: float
    train_seconds: float

    def to_json(self) -> dict[str, Any]:
        """Plain JSON, rounded to what the measurement can tell."""
        return {k: _rounded(v) for k, v in asdict(self).items()}


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {k: _rounded(v) for k, v in value.items()}
    return [_rounded(v) for v in value] if isinstance(value, (list, tuple)) else value


def peers_table(sets: Sequence[tuple[str, int]], results: Sequence[Result]) -> str:
    """A row a peer, a column a figure; the best macro-F1 of each file in bold."""
    head = ["Peer", "Answers", *(f"Topic macro-F1, {name} (n={size})" for name, size in sets)]
    head += ["One by one, /s", "Batch, /s", "Memory, MB", "Model, MB", "Training, s"]
    best = [max(result.scores[number].f1 for result in results) for number in range(len(sets))]
    rows = []
    for result in results:
        cells = [result.title, result.answers]
        for score, top in zip(result.scores, best, strict=True):
            shown = f"{score.f1:.3f}"
            cells.append(f"{f'**{shown}**' if score.f1 == top else shown} [{score.low:.3f}, {score.high:.3f}]")
        cells += [f"{result.single_per_second:,.0f}", f"{result.batch_per_second:,.0f}", f"{result.memory_mb:.0f}"]
        rows.append([*cells, f"{result.size_mb:.1f}", f"{result.train_seconds:.1f}"])
    return table(head, rows)


def goals(sets: Sequence[tuple[str, int]], ours: Result, plain: Result, others: Sequence[Result]) -> list[str]:
    """The two goals in words, met or not, from the numbers."""
    lines = []
    for number, (name, _size) in enumerate(sets):
        rival = max(others, key=lambda result: result.scores[number].f1)
        own, best = ours.scores[number].f1, rival.scores[number].f1
        met = "met" if own > best else "not met"
        lines.append(f"Best macro-F1 of all on {name}: **{met}** ({own:.3f}; best peer, *{rival.title}*: {best:.3f}).")
    times = ours.batch_per_second / plain.batch_per_second
    met = "met" if times >= TIMES_FASTER else "not met"
    lines.append(
        f"The full assessment at least {TIMES_FASTER:g} × as fast in batch as *{plain.title}* tells the topic alone: "
        f"**{met}** ({times:.1f} ×)."
    )
    return lines


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table.

    >>> print(table(["a", "b"], [["1", "2"]]))
    | a | b |
    |---|---|
    | 1 | 2 |
    """
    return "\n".join(f"| {' | '.join(row)} |" if row else "|---" * len(head) + "|" for row in (head, (), *rows))


def machine() -> str:
    """The machine and the libraries in words."""
    model, memory = platform.processor() or platform.machine(), ""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), model)
        kilobytes = Path("/proc/meminfo").read_text(encoding="ascii").split()[1]
        memory = f", {int(kilobytes) / 1024**2:.0f} GiB memory"
    except OSError:
        pass  # not Linux: the processor's own name has to do
    libraries = []
    for name in _SHOWN:
        try:
            libraries.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return (
        f"{model}, {os.cpu_count()} cores{memory}, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}; {', '.join(libraries)}"
    )


def write_between(page: Path, name: str, body: str) -> None:
    """Put ``body`` between ``<!-- name:begin -->`` and ``<!-- name:end -->``; a page that is not there is made.

    :raises ValueError: the page lacks a marker; the message names it.
    """
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    text = page.read_text(encoding="utf-8") if page.exists() else f"{begin}\n{end}\n"
    for marker in (begin, end):
        if text.count(marker) != 1:
            raise ValueError(f"{page} must have the line {marker} exactly once. Put it where the table shall stand.")
    before, rest = text.split(begin)
    after = rest.split(end)[1]
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(f"{before}{begin}\n\n{body}\n\n{end}{after}", encoding="utf-8")

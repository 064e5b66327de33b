"""How far two people who label apart agree: Cohen's kappa, per label."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any

from ydan_training.corpus.record import CorpusError

ONE = ("topic", "matter", "type", "level", "escalate", "transfer")


def cohen_kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Agreement beyond chance, 1.0 when equal throughout (Cohen 1960).

    >>> cohen_kappa(["a", "a", "b", "b"], ["a", "a", "b", "a"])
    0.5
    """
    if len(first) != len(second) or not first:
        raise ValueError("Both lists must hold the same, positive number of labels.")
    total = len(first)
    agreed = sum(a == b for a, b in zip(first, second, strict=True)) / total
    one, two = Counter(first), Counter(second)
    chance = sum(one[label] * two[label] for label in one) / total**2
    return 1.0 if chance == 1.0 else round((agreed - chance) / (1 - chance), 10)


def agreement_table(file: Path) -> str:
    """Kappa and raw agreement of every label in ``file``, and of each topic, type, level and code by itself.

    A line of the file holds ``id``, ``first`` (the author's labels), ``second`` (the blind reader's) and
    ``settled`` (what stands in the corpus now).
    """
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    if not rows:
        raise CorpusError(f"{file} holds no relabelled opinions. Add lines with id, first, second and settled.")
    changed = sum(_key(row["first"]) != _key(row["settled"]) for row in rows)
    out = [f"{len(rows)} opinions read blind. After settling, {changed} of them carry other labels than at first.", ""]
    out += ["| Label | n given by either | Agreement | Cohen's kappa |", "|---|---|---|---|"]
    for name in ONE:
        first, second = [row["first"][name] for row in rows], [row["second"][name] for row in rows]
        out.append(_line(f"**{name}**", len(rows), first, second))
    for name in ("topic", "type", "level"):
        for label in sorted({row[side][name] for row in rows for side in ("first", "second")}):
            out.append(_flag_line(f"{name} `{label}`", rows, lambda labels, n=name, v=label: labels[n] == v))
    for code in sorted({code for row in rows for side in ("first", "second") for code in row[side]["codes"]}):
        out.append(_flag_line(f"code `{code}`", rows, lambda labels, c=code: c in labels["codes"]))
    return "\n".join(out)


def _key(labels: dict[str, Any]) -> tuple[object, ...]:
    return (*(labels[name] for name in ONE if name != "matter"), tuple(sorted(labels["codes"])))


def _flag_line(name: str, rows: Sequence[dict[str, Any]], has: Any) -> str:
    first, second = [bool(has(row["first"])) for row in rows], [bool(has(row["second"])) for row in rows]
    return _line(name, sum(a or b for a, b in zip(first, second, strict=True)), first, second)


def _line(name: str, count: int, first: Sequence[Hashable], second: Sequence[Hashable]) -> str:
    agreed = sum(a == b for a, b in zip(first, second, strict=True)) / len(first)
    return f"| {name} | {count} | {agreed:.3f} | {cohen_kappa(first, second):.2f} |"

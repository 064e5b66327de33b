"""A measurement as JSON, Markdown and a picture."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from ydan_training.evaluation.measure import Measurement

MISSING_PLOT = 'Drawing needs matplotlib: pip install "ydan[train]"'


def write_report(measurements: Sequence[Measurement], folder: Path) -> list[Path]:
    """Write ``evaluation.json``, ``evaluation.md`` and ``evaluation.png`` into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    data, text, picture = (folder / f"evaluation.{kind}" for kind in ("json", "md", "png"))
    data.write_text(
        json.dumps([asdict(m) for m in measurements], ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    text.write_text("\n".join(markdown(m) for m in measurements), encoding="utf-8")
    draw(measurements, picture)
    return [data, text, picture]


def summary_table(measurements: Sequence[Measurement]) -> str:
    """The figures that floors are set on, a column a set, with 95 % intervals."""
    lines = ["| Figure | " + " | ".join(f"{m.name} (n={m.size})" for m in measurements) + " |"]
    lines.append("|---" * (len(measurements) + 1) + "|")
    for title, path in (
        ("Topic macro-F1", ("topic", "macro_f1")),
        ("Topic accuracy", ("topic", "accuracy")),
        ("Matter accuracy", ("matter", "accuracy")),
        ("Type accuracy", ("type", "accuracy")),
        ("Level accuracy", ("level", "accuracy")),
        ("Escalation recall", ("escalation", "recall")),
        ("Escalation precision", ("escalation", "precision")),
    ):
        lines.append(f"| {title} | " + " | ".join(_cell(m, *path) for m in measurements) + " |")
    for title, path in (
        ("Topic calibration error", ("topic", "calibration_error")),
        ("Topic coverage at 95 %", ("topic", "coverage_at_95")),
        ("Level calibration error", ("level", "calibration_error")),
    ):
        lines.append(f"| {title} | " + " | ".join(_plain_cell(m, *path) for m in measurements) + " |")
    return "\n".join(lines)


def _cell(measurement: Measurement, head: str, figure: str) -> str:
    found = measurement.figures.get(head)
    if found is None:
        return "–"
    low, high = found.get(f"{figure}_95", (float("nan"), float("nan")))
    return f"{found[figure]:.3f} [{low:.3f}, {high:.3f}]"


def _plain_cell(measurement: Measurement, head: str, figure: str) -> str:
    return f"{measurement.figures[head][figure]:.3f}" if head in measurement.figures else "–"


def _row(name: str, row: dict[str, float]) -> str:
    return f"| {name} | {row['precision']:.2f} | {row['recall']:.2f} | {row['f1']:.2f} | {row['support']} |"


def markdown(measurement: Measurement) -> str:
    """One set's figures, per class, with its confusions and surest errors."""
    lines = [f"# {measurement.name}: {measurement.size} opinions", "", summary_table([measurement]), ""]
    for head in [name for name in ("topic", "type", "level") if name in measurement.figures]:
        lines += [f"## {head}", "", "| Class | Precision | Recall | F1 | Support |", "|---|---|---|---|---|"]
        for label, row in measurement.figures[head]["per_class"].items():
            lines.append(_row(label or "(refused)", row))
        pairs = ", ".join(
            f"{wanted} → {said} ({count})" for wanted, said, count in measurement.figures[head]["confusions"]
        )
        lines += ["", f"Confused: {pairs or 'nothing'}.", ""]
    lines += ["## Escalation codes", "", "| Code | Precision | Recall | F1 | Support |", "|---|---|---|---|---|"]
    for code, row in measurement.figures["escalation"]["codes"].items():
        lines.append(_row(code, row))
    for name, errors in measurement.errors.items():
        lines += ["", f"## Surest errors: {name}", ""]
        lines += [f"- `{e['id']}` wanted {e['wanted']}, said {e['said']}: {e['text']}" for e in errors]
    return "\n".join(lines) + "\n"


def draw(measurements: Sequence[Measurement], path: Path) -> None:
    """A picture: F1 of every topic, and how the figures compare between the sets.

    :raises ImportError: matplotlib is not installed; the message names the extra.
    """
    try:
        import matplotlib
    except ImportError as error:
        raise ImportError(MISSING_PLOT) from error
    matplotlib.use("Agg")
    from matplotlib import pyplot

    first = measurements[0]
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(14, 7), width_ratios=(3, 2))
    table = {k: v for k, v in first.figures["topic"]["per_class"].items() if v["support"]}
    names = sorted(table, key=lambda name: table[name]["f1"])
    left.barh(names, [table[name]["f1"] for name in names], color="#4477aa")
    left.set_xlim(0, 1)
    left.set_title(f"Topic F1, {first.name} (n={first.size})")
    heads = ("topic", "type", "level")
    width = 0.8 / len(measurements)
    for number, m in enumerate(measurements):
        values = [m.figures.get(head, {}).get("accuracy", 0.0) for head in heads]
        values += [m.figures["escalation"]["recall"], m.figures["escalation"]["precision"]]
        places = [at + number * width for at in range(len(values))]
        right.bar(places, values, width, label=f"{m.name} (n={m.size})")
    right.set_xticks([at + 0.4 - width / 2 for at in range(5)], ["topic", "type", "level", "esc. recall", "esc. prec."])
    right.set_ylim(0, 1)
    right.grid(axis="y", alpha=0.3)
    right.legend(loc="lower right")
    right.set_title("Accuracy, and escalation")
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    pyplot.close(figure)

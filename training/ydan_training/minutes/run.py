"""``ydan-train fit-minutes`` and ``ydan-train evaluate-minutes``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from ydan.errors import ReadError
from ydan.minutes.model import default_minutes_model_path, load_minutes_model, save_minutes_model
from ydan.minutes.reader import MinutesReader
from ydan.minutes.reading import read_minutes
from ydan.minutes.topics import Topics
from ydan.model import load_bundle
from ydan_training.config import Config
from ydan_training.corpus import read_jsonl
from ydan_training.corpus.card import write_between
from ydan_training.minutes.evaluate import DocumentScore, evaluate_folder, score_document, summarize
from ydan_training.minutes.fit import fit_changes, fit_minutes
from ydan_training.minutes.lessons import Lesson, document_lessons, turn_lessons
from ydan_training.minutes.plain import plain_lessons
from ydan_training.minutes.turns import read_turns
from ydan_training.steps import fingerprint

DONE, FAILED = 0, 1
_SHORT = 40
"""Words of a corpus opinion that plain minutes may be laid out from, at most."""
_SHOWN = ("exact_f1", "alike_f1", "answers_kept_out", "links_f1", "tasks", "deadlines")


def fit(config: Config, output: Path | None, *, cross_validate: bool) -> int:
    """Learn the chains that read minutes from our documents and turns; with a table of documents left out.

    Cross-validation leaves out one author's documents at a time, so that nothing is learned from the hand it is
    measured on; the single turns are by other authors altogether.
    """
    settings = config.values["minutes"]
    folder = config.path("minutes", "documents")
    topics = Topics(load_bundle(config.path("model", "bundle")))
    documents = document_lessons(folder)
    turns = turn_lessons(read_turns(config.path("minutes", "turns")))
    print(f"{len(documents)} documents, {len(turns)} turns; learning how matters change from the corpus", flush=True)
    opinions = [row.text for row in read_jsonl(config.path("corpus", "train"))]
    short = [text for text in opinions if len(text.split()) <= _SHORT and "\n" not in text]
    said = [lesson.extract.text for lesson in turns if lesson.answers]
    plain = plain_lessons(short, said, settings["plain"], config.values["model"]["seed"])
    changes = fit_changes(opinions, topics, config.values["model"]["seed"])
    if cross_validate:
        scores = []
        for author in sorted({lesson.author for lesson in documents}):
            kept = [lesson for lesson in documents if lesson.author != author]
            model = fit_minutes(kept, turns, changes, topics, settings["version"], plain)
            for lesson in (lesson for lesson in documents if lesson.author == author):
                gold = json.loads((folder / f"{lesson.name}.gold.json").read_text(encoding="utf-8"))
                scores.append(score_document(lesson.name, gold, read_minutes(lesson.extract, model, topics)))
            own = [score for score in scores if score.name.startswith(f"{author}-")]
            print(f"without {author}: {_line(summarize(own))}", flush=True)
        table = cross_table(documents, scores)
        write_between(config.root / settings["page"], "minutes-figures", table)
        print(table)
    model = fit_minutes(documents, turns, changes, topics, settings["version"], plain)
    inputs = [*folder.glob("*.gold.json"), *config.path("minutes", "turns").glob("*.txt")]
    model.about["data"] = fingerprint(inputs, settings)
    save_minutes_model(model, output or config.path("minutes", "bundle"))
    print(f"{model.about['opinions']} opinions learned; written to {output or settings['bundle']}")
    return DONE


def evaluate(data: Path, model: Path | None, floors: Sequence[str], *, errors: bool, output: Path | None) -> int:
    """Print the table for a folder of documents beside their ``NAME.gold.json``; 1 when a floor is missed.

    :raises ReadError: no gold in the folder, or a floor that is no ``NAME=VALUE``.
    """
    reader = MinutesReader(load_bundle(), load_minutes_model(model or default_minutes_model_path()))
    scores = evaluate_folder(data, reader.read_file)
    figures = summarize(scores)
    for score in scores:
        print(_document(score))
        if errors:
            for kind, texts in (("missed", score.missed), ("extra", score.extra)):
                print("".join(f"    {kind}: {text[:150]}\n" for text in texts), end="")
    table = figures_table(figures)
    print(table)
    if output is not None:
        output.mkdir(parents=True, exist_ok=True)
        (output / "minutes.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
        (output / "minutes.md").write_text(table + "\n", encoding="utf-8")
    missed = [floor for floor in floors if not _holds(floor, figures)]
    if missed:
        print("below the floor: " + ", ".join(missed))
    return FAILED if missed else DONE


def _holds(floor: str, figures: dict[str, float]) -> bool:
    name, equals, value = floor.partition("=")
    if not equals or name not in figures:
        raise ReadError(f"--floor {floor}: write NAME=VALUE with one of {', '.join(figures)}.")
    return figures[name] >= float(value)


def _document(score: DocumentScore) -> str:
    wrong = ", ".join(name for name, right in score.fields.items() if not right)
    failed = f"  {score.failed}" if score.failed else ""
    return (
        f"{score.name}: {score.wanted} opinions, {score.said} read, {score.exact} exact, {score.alike} alike, "
        f"answers taken {score.taken}/{score.answers}" + (f"  [wrong: {wrong}]" if wrong else "") + failed
    )


def _line(figures: dict[str, float]) -> str:
    return "  ".join(f"{name} {figures[name]:.3f}" for name in _SHOWN)


def figures_table(figures: dict[str, float]) -> str:
    """All figures as Markdown."""
    rows = [f"| {name} | {value:{'.0f' if value > 1 else '.3f'}} |" for name, value in figures.items()]
    return "\n".join(["| Figure | Value |", "|---|---|", *rows])


def cross_table(documents: Sequence[Lesson], scores: Sequence[DocumentScore]) -> str:
    """One row for each author left out, one for all."""
    head = ["Author left out", "Documents", "Opinions", "Exact F1", "Alike F1", "Answers kept out", "Links F1"]
    head += ["Tasks", "Deadlines"]
    rows = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    authors = {lesson.name: lesson.author for lesson in documents}
    for author in [*sorted(set(authors.values())), "all"]:
        figures = summarize([score for score in scores if author in ("all", authors[score.name])])
        cells = [f"{figures[name]:.0f}" for name in ("documents", "opinions")]
        cells += [f"{figures[name]:.3f}" for name in _SHOWN]
        rows.append(f"| {author} | " + " | ".join(cells) + " |")
    facts = summarize(scores)
    told = ("meeting_type", "host_level", "date", "attendance", "place", "chair", "secretary")
    right = ", ".join(f"{name} {facts[name]:.3f}" for name in told if name in facts)
    rows += ["", f"Facts of the meeting right: {right}."]
    return "\n".join(rows)

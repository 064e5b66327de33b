"""``ydan classify``: opinions in, assessments out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from ydan.assessment import Assessment, Failure
from ydan.cli.reading import read_items
from ydan.cli.writing import Writer, open_writer
from ydan.competence import CompetenceTable
from ydan.errors import ReadError, YDanError
from ydan.opinion import Opinion, Session, parse_session
from ydan.predictor import BATCH, Predictor

_LONG = 200
"""Opinions from which on a progress bar is worth showing."""


def session_of(options: argparse.Namespace, competence: CompetenceTable) -> Session:
    """The meeting that the options describe."""
    asked = {"host_level": options.host_level, "date": options.date, "province": options.province}
    return parse_session(asked, Session(date.today()), competence)


def classify(options: argparse.Namespace) -> int:
    """Assess every opinion of every file; 1 when some could not be."""
    predictor = Predictor.load(options.model, options.competence)
    session = session_of(options, predictor.competence)
    _spare_inputs(options.files, options.output)
    many = len(options.files) > 1
    failed = 0
    read = []  # all of it before anything is written: a mistyped name must not empty the file of last time
    for name in options.files:
        try:
            read.append((name, list(read_items(name, session, predictor.competence))))
        except YDanError as error:
            if not many:
                raise
            print(f"ydan: {error}", file=sys.stderr)
            failed += 1
    if not read:
        return 1
    with open_writer(options.format, options.output, predictor.versions) as writer:
        for name, items in read:
            failed += _assess_file(predictor, items, writer, name, many, quiet=options.quiet)
    return 1 if failed else 0


def _spare_inputs(files: list[str], output: Path | None) -> None:
    """:raises ReadError: the answers would overwrite the opinions."""
    if output is not None and any(name != "-" and Path(name).resolve() == output.resolve() for name in files):
        raise ReadError(f"--output {output} trùng với tệp đầu vào. Hãy đặt tên khác để không mất ý kiến gốc.")


def _assess_file(
    predictor: Predictor, items: list[Opinion | Failure], writer: Writer, name: str, many: bool, *, quiet: bool
) -> int:
    failed = 0
    prefix = f"{Path(name).stem}:" if many else ""
    for answer in _with_progress(predictor, items, quiet=quiet or writer.interactive):
        failed += isinstance(answer, Failure)
        writer.write(answer, prefix)
    return failed


def _with_progress(
    predictor: Predictor, items: list[Opinion | Failure], *, quiet: bool
) -> Iterator[Assessment | Failure]:
    show = not quiet and len(items) >= _LONG and sys.stderr.isatty()
    for begin in range(0, len(items), BATCH):
        yield from predictor.assess_many(items[begin : begin + BATCH])
        if show:
            done = min(begin + BATCH, len(items))
            filled = 30 * done // len(items)
            bar = "█" * filled + "·" * (30 - filled)
            end = "\n" if done == len(items) else ""
            print(f"\r{bar} {done}/{len(items)} ý kiến", end=end, file=sys.stderr, flush=True)

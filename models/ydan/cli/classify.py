"""``ydan classify``: opinions or minutes in, assessments out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ydan.assessment import Assessment, Failure
from ydan.cli.minutes import MinutesFile, closing_of, heading_of, is_minutes, open_minutes
from ydan.cli.reading import read_items
from ydan.cli.writing import ENDINGS, Writer, open_writer
from ydan.competence import CompetenceTable
from ydan.errors import ReadError, YDanError
from ydan.minutes.reader import MinutesReader
from ydan.opinion import Opinion, Session, parse_session
from ydan.predictor import BATCH, Predictor

_LONG = 200
"""Opinions from which on a progress bar is worth showing."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A file's opinions; ``minutes`` when it was minutes and not a list."""

    name: str
    items: list[Opinion | Failure]
    minutes: MinutesFile | None = None


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
    reader: MinutesReader | None = None
    read: list[_Read] = []  # all of it before anything is written: a mistyped name must not empty the last file
    for name in options.files:
        try:
            if is_minutes(name):
                reader = reader or MinutesReader.load(predictor.bundle)
                found = open_minutes(name, reader, options, predictor.competence)
                read.append(_Read(name, found.items, found))
            else:
                read.append(_Read(name, list(read_items(name, session, predictor.competence))))
        except YDanError as error:
            if not many:
                raise
            print(f"ydan: {error}", file=sys.stderr)
            failed += 1
    if not read:
        return 1
    if (form := _official(options, read)) is not None:
        return max(_write_summary(predictor, read[0], options, form), 1 if failed else 0)
    with open_writer(options.format, options.output, predictor.versions) as writer:
        for one in read:
            failed += _assess_file(predictor, one, writer, many, quiet=options.quiet)
    return 1 if failed else 0


def _official(options: argparse.Namespace, read: list[_Read]) -> str | None:
    """``docx`` or ``xlsx`` when the official summary of one meeting is asked for.

    :raises ReadError: a document of several files, or without a file to write it to.
    """
    form = options.format or (ENDINGS.get(options.output.suffix.lower()) if options.output else None)
    if form == "docx" and (len(read) > 1 or options.output is None):
        raise ReadError("Dạng docx là biểu tổng hợp của một hội nghị. Hãy đưa một tệp và thêm --output ten.docx.")
    if form == "docx" or (form == "xlsx" and len(read) == 1 and read[0].minutes is not None and options.output):
        return str(form)
    return None


def _write_summary(predictor: Predictor, read: _Read, options: argparse.Namespace, form: str) -> int:
    from ydan.documents import build_dossier, plain_minutes, write_summary_docx, write_summary_xlsx

    answers = list(with_progress(predictor, read.items, quiet=options.quiet))
    minutes = read.minutes.minutes if read.minutes else plain_minutes([i for i in read.items if isinstance(i, Opinion)])
    dossier = build_dossier(minutes, answers)
    made = (write_summary_docx if form == "docx" else write_summary_xlsx)(dossier, options.output)
    for warning in minutes.meeting.warnings:
        print(f"ydan: LƯU Ý: {warning.message}", file=sys.stderr)
    for check in made.check:
        print(f"ydan: cần xem: {check}", file=sys.stderr)
    print(f"Đã ghi {options.output}: {closing_of(answers)}", file=sys.stderr)
    return 1 if any(isinstance(answer, Failure) for answer in answers) else 0


def _spare_inputs(files: list[str], output: Path | None) -> None:
    """:raises ReadError: the answers would overwrite the opinions."""
    if output is not None and any(name != "-" and Path(name).resolve() == output.resolve() for name in files):
        raise ReadError(f"--output {output} trùng với tệp đầu vào. Hãy đặt tên khác để không mất ý kiến gốc.")


def _assess_file(predictor: Predictor, read: _Read, writer: Writer, many: bool, *, quiet: bool) -> int:
    prefix = f"{Path(read.name).stem}:" if many else ""
    if read.minutes is not None:
        writer.remark(heading_of(read.minutes))
    answers = []
    for answer in with_progress(predictor, read.items, quiet=quiet or writer.interactive):
        writer.write(answer, prefix)
        answers.append(answer)
    if read.minutes is not None:
        writer.remark(closing_of(answers) + "\n")
    return sum(isinstance(answer, Failure) for answer in answers)


def with_progress(
    predictor: Predictor, items: list[Opinion | Failure], *, quiet: bool
) -> Iterator[Assessment | Failure]:
    """The answers, in order, with a bar on standard error when there are many and somebody looks."""
    show = not quiet and len(items) >= _LONG and sys.stderr.isatty()
    for begin in range(0, len(items), BATCH):
        yield from predictor.assess_many(items[begin : begin + BATCH])
        if show:
            done = min(begin + BATCH, len(items))
            show_bar(done, len(items), "ý kiến")


def show_bar(done: int, total: int, what: str) -> None:
    """One line of progress on standard error, written over."""
    filled = 30 * done // max(total, 1)
    bar = "█" * filled + "·" * (30 - filled)
    end = "\n" if done == total else ""
    print(f"\r{bar} {done}/{total} {what}", end=end, file=sys.stderr, flush=True)

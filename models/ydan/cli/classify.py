"""``ydan classify``: opinions or minutes in, assessments out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from pathlib import Path

from ydan.assessment import Assessment, Failure
from ydan.bulk.job import Assess
from ydan.bulk.rows import Row, item_of
from ydan.cli.mapped import mapped_rows, mapping_of
from ydan.cli.minutes import MinutesFile, list_as_minutes, open_minutes
from ydan.cli.progress import with_progress
from ydan.cli.reading import read_rows
from ydan.cli.recognising import is_minutes
from ydan.cli.streaming import LONG, answer_stream
from ydan.cli.writers import Writer
from ydan.cli.writing import STREAMED, format_of, open_unfinished, open_writer
from ydan.competence import CompetenceTable
from ydan.errors import ReadError, YDanError
from ydan.minutes.reader import MinutesReader
from ydan.opinion import Opinion, Session, parse_session
from ydan.parallel import usable_cores, usable_processes
from ydan.predictor import Predictor


@dataclass(frozen=True, slots=True)
class _Read:
    """A file's opinions; ``minutes`` when it was minutes and not a list, ``rows`` when the list is a long one."""

    name: str
    items: list[Opinion | Failure]
    minutes: MinutesFile | None = None
    rows: Iterator[Row] | None = None


def session_of(options: argparse.Namespace, competence: CompetenceTable) -> Session:
    """The meeting that the options describe."""
    asked = {"host_level": options.host_level, "date": options.date, "province": options.province}
    return parse_session(asked, Session(date.today()), competence)


def classify(options: argparse.Namespace) -> int:
    """Assess every opinion of every file; 1 when some could not be."""
    predictor = Predictor.load(options.model, options.competence)
    spare_input(options.files, options.output)
    format_ = format_of(options.format, options.output)
    many = len(options.files) > 1
    if format_ == "docx" and many:
        raise ReadError("Dạng docx là biểu tổng hợp của một hội nghị. Hãy đưa từng tệp một, mỗi tệp một --output.")
    read, failed = _read_all(options, predictor, format_ in STREAMED)
    if not read:
        return 1
    official = format_ == "docx" or (format_ == "xlsx" and not many and read[0].minutes is not None)
    if official:
        return _write_summary(predictor, read[0], options, format_)
    opened = open_unfinished if any(one.rows is not None for one in read) else open_writer
    with opened(format_, options.output, predictor.versions) as writer:
        for one in read:
            prefix = f"{Path(one.name).stem}:" if many else ""
            if one.rows is not None:
                failed += _stream_file(predictor, one.rows, writer, prefix, options)
            else:
                failed += _assess_file(predictor, one, writer, prefix, options)
    return 1 if failed else 0


def _read_all(options: argparse.Namespace, predictor: Predictor, streams: bool) -> tuple[list[_Read], int]:
    """All of it before anything is written: a mistyped name must not empty the last file. Also how many failed.

    Of a long list whose answers can be streamed only the beginning.
    """
    reader: MinutesReader | None = None
    mapping = mapping_of(options)
    read: list[_Read] = []
    failed = 0
    for name in options.files:
        try:
            if mapping is None and is_minutes(name):
                reader = reader or MinutesReader.load(predictor.bundle, processes=usable_processes())
                found = open_minutes(name, reader, options, predictor.competence)
                read.append(_Read(name, found.items, found))
            else:
                rows = read_rows(name) if mapping is None else mapped_rows(name, mapping)
                read.append(_read_list(name, rows, session_of(options, predictor.competence), predictor, streams))
        except YDanError as error:
            if len(options.files) == 1:
                raise
            print(f"ydan: {error}", file=sys.stderr)
            failed += 1
    return read, failed


def _read_list(name: str, rows: Iterator[Row], session: Session, predictor: Predictor, streams: bool) -> _Read:
    first = list(islice(rows, LONG + 1))
    if streams and len(first) > LONG:
        return _Read(name, [], rows=chain(first, rows))
    return _Read(name, [item_of(row, session, predictor.competence) for row in chain(first, rows)])


def _write_summary(predictor: Predictor, read: _Read, options: argparse.Namespace, form: str) -> int:
    """The official summary of one meeting; 1 when an opinion could not be assessed."""
    from ydan.cli.meetings import dossier_of
    from ydan.cli.overview import closing_of
    from ydan.documents import write_summary_docx, write_summary_xlsx

    meeting = read.minutes
    if meeting is None:
        meeting = list_as_minutes(read.name, read.items, options, session_of(options, predictor.competence))
    answers = list(with_progress(predictor, meeting.items, quiet=options.quiet))
    dossier = dossier_of(meeting, answers, predictor)
    made = (write_summary_docx if form == "docx" else write_summary_xlsx)(dossier, options.output)
    for check in made.check:
        print(f"ydan: cần xem: {check}", file=sys.stderr)
    print(f"Đã ghi {options.output}: {closing_of(answers)}", file=sys.stderr)
    return 1 if len(answers) < len(read.items) or any(isinstance(answer, Failure) for answer in answers) else 0


def spare_input(files: list[str], output: Path | None) -> None:
    """:raises ReadError: the answers would overwrite the opinions."""
    if output is not None and any(name != "-" and Path(name).resolve() == output.resolve() for name in files):
        raise ReadError(f"--output {output} trùng với tệp đầu vào. Hãy đặt tên khác để không mất ý kiến gốc.")


def _stream_file(
    predictor: Predictor, rows: Iterator[Row], writer: Writer, prefix: str, options: argparse.Namespace
) -> int:
    """Assess a long list as it is read; how many failed."""
    encode = writer.encoder(prefix)
    assert encode is not None, "only formats of STREAMED are streamed"
    session = session_of(options, predictor.competence)
    job: Assess[object] = Assess(options.model, tuple(options.competence), session, encode, predictor)
    show = not options.quiet and sys.stderr.isatty()
    failed = 0
    with closing(answer_stream(job, rows, options.processes or usable_cores(), show=show)) as parts:
        for part in parts:
            writer.write_encoded(part.data)
            failed += part.failed
    return failed


def _assess_file(predictor: Predictor, read: _Read, writer: Writer, prefix: str, options: argparse.Namespace) -> int:
    quiet, processes = options.quiet, options.processes
    answers: list[Assessment | Failure] = []
    if writer.interactive and read.minutes is not None:
        from ydan.cli.overview import show_meeting

        answers += with_progress(predictor, read.items, quiet=quiet, processes=processes)
        show_meeting(read.minutes, answers, predictor, writer, prefix)
    else:
        for answer in with_progress(predictor, read.items, quiet=quiet or writer.interactive, processes=processes):
            writer.write(answer, prefix)
            answers.append(answer)
    return sum(isinstance(answer, Failure) for answer in answers)

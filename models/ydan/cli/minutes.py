"""Minutes on the command line: which files are minutes, and the session that they are of."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ydan.assessment import Assessment, Failure
from ydan.cli.reading import has_text_column
from ydan.competence import CompetenceTable
from ydan.errors import OpinionError
from ydan.minutes.reader import MinutesReader
from ydan.minutes.readers import read_file
from ydan.minutes.records import Minutes
from ydan.minutes.speeches import read_speeches
from ydan.minutes.title import find_title
from ydan.opinion import Opinion, Session, check_text, parse_session

LISTS = (".jsonl", ".csv", ".txt")
"""Endings of files that hold an opinion a line, unless their text reads as minutes."""


@dataclass(frozen=True, slots=True)
class MinutesFile:
    """A file read as minutes, with one item for each of its opinions."""

    minutes: Minutes
    session: Session
    items: list[Opinion | Failure]


def is_minutes(name: str) -> bool:
    """Whether a file is to be read as minutes; a ``.txt`` or ``.csv`` when a title or parts of minutes show it.

    :raises ReadError: a text file that cannot be read at all.
    """
    suffix = Path(name).suffix.lower()
    if name == "-" or suffix == ".jsonl":
        return False
    if suffix not in LISTS:
        return True
    if suffix == ".csv":
        return Path(name).is_file() and not has_text_column(name)
    if not Path(name).is_file():
        return False
    extract = read_file(Path(name))
    headings = {speech.heading.section for speech in read_speeches(extract) if speech.heading and speech.heading.strong}
    return find_title(extract, len(extract.text)) is not None or "opinions" in headings


def open_minutes(name: str, reader: MinutesReader, options: argparse.Namespace, table: CompetenceTable) -> MinutesFile:
    """Read minutes; options win over what the file says of host level and date.

    :raises ReadError: the file cannot be read.
    :raises OpinionError: an option is wrong.
    """
    minutes = reader.read_file(Path(name), ocr=options.ocr)
    meeting = minutes.meeting
    told = Session(meeting.date or date.today())
    try:
        told = parse_session({"host_level": meeting.host_level}, told)
    except OpinionError as error:
        print(f"ydan: {name}: {error}", file=sys.stderr)
    asked = {"host_level": options.host_level, "date": options.date, "province": options.province}
    session = parse_session(asked, told, table)
    items: list[Opinion | Failure] = []
    for raised in minutes.opinions:
        try:
            check_text(raised.text)
            items.append(Opinion(raised.id, raised.text, session))
        except OpinionError as error:
            items.append(Failure(raised.id, error.code, str(error)))
    return MinutesFile(minutes, session, items)


def heading_of(read: MinutesFile) -> str:
    """What was understood of the meeting, in lines for a person."""
    meeting, session = read.minutes.meeting, read.session
    count = f"{len(read.minutes.opinions)} ý kiến, {len(read.minutes.answers)} câu trả lời hoặc kết luận"
    lines = [
        meeting.title or "Biên bản không có tên",
        f"Ngày {session.date:%d/%m/%Y} · {meeting.place or 'không rõ địa điểm'} · có mặt {meeting.attendance or 'không rõ'}"
        f" · chủ trì {meeting.chair or 'không rõ'} · {count}",
    ]
    lines += [f"LƯU Ý: {warning.message}" for warning in meeting.warnings]
    return "\n".join(lines) + "\n\n"


def closing_of(answers: list[Assessment | Failure]) -> str:
    """One line: how many, what goes up, what goes sideways, what a person must look at."""
    done = [answer for answer in answers if isinstance(answer, Assessment)]
    parts = [
        f"{len(answers)} ý kiến",
        f"{sum(answer.escalation.required for answer in done)} phải báo lên trên",
        f"{sum(answer.escalation.transfer for answer in done)} chuyển ngang",
        f"{sum(bool(answer.review) for answer in done)} cần người xem lại",
    ]
    if secret := sum(answer.escalation.confidential for answer in done):
        parts.append(f"{secret} giữ kín")
    if failed := len(answers) - len(done):
        parts.append(f"{failed} không phân loại được")
    return ", ".join(parts) + "."

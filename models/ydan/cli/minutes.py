"""Minutes on the command line: the session that they are of, and everything that is done with a whole meeting."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ydan.assessment import Failure
from ydan.cli.reading import read_items
from ydan.cli.recognising import is_minutes
from ydan.competence import CompetenceTable
from ydan.errors import OpinionError
from ydan.minutes.reader import MinutesReader
from ydan.minutes.records import Meeting, Minutes
from ydan.opinion import Opinion, Session, check_text, parse_session


@dataclass(frozen=True, slots=True)
class MinutesFile:
    """A file read as minutes, with one item for each of its opinions."""

    minutes: Minutes
    session: Session
    items: list[Opinion | Failure]


def open_minutes(name: str, reader: MinutesReader, options: argparse.Namespace, table: CompetenceTable) -> MinutesFile:
    """Read minutes; options win over what the file says of host level and date, also in ``minutes.meeting``.

    What neither says is told on standard error, for the answers depend on it.

    :raises ReadError: the file cannot be read.
    :raises OpinionError: an option is wrong.
    """
    minutes = reader.read_file(Path(name), ocr=options.ocr)
    meeting = minutes.meeting
    told = Session(date.today())
    for key, value in (("date", meeting.date), ("host_level", meeting.host_level)):
        try:
            told = parse_session({key: value}, told)
        except OpinionError as error:
            if getattr(options, key) is None:
                print(f"ydan: {name}: {error}", file=sys.stderr)
    asked = {"host_level": options.host_level, "date": options.date, "province": options.province}
    session = parse_session(asked, told, table)
    for notice in _missing(minutes, options, session):
        print(f"ydan: {name}: {notice}", file=sys.stderr)
    held = replace(
        meeting,
        date=session.date if meeting.date or options.date else None,
        host_level=session.host_level if meeting.host_level or options.host_level else None,
    )
    items: list[Opinion | Failure] = []
    for raised in minutes.opinions:
        try:
            check_text(raised.text)
            items.append(Opinion(raised.id, raised.text, session))
        except OpinionError as error:
            items.append(Failure(raised.id, error.code, str(error)))
    return MinutesFile(replace(minutes, meeting=held), session, items)


def list_as_minutes(
    name: str, items: Sequence[Opinion | Failure], options: argparse.Namespace, session: Session
) -> MinutesFile:
    """A list as the minutes of a meeting without answers; what cannot be read is told on standard error.

    Opinions are counted anew, as a list may use a number twice. The day is that of the options or of all rows; today's
    is none, for a list says nothing of its meeting.
    """
    from ydan.documents import plain_minutes

    opinions = [item for item in items if isinstance(item, Opinion)]
    for item in items:
        if isinstance(item, Failure):
            print(f"ydan: {name}: {item.id}: {item.message}", file=sys.stderr)
    counted = [replace(opinion, id=str(at)) for at, opinion in enumerate(opinions, 1)]
    days = {opinion.session.date for opinion in counted}
    day = days.pop() if len(days) == 1 else None
    meeting = Meeting(
        date=day if options.date is not None or day != date.today() else None, host_level=session.host_level
    )
    return MinutesFile(plain_minutes(counted, meeting), session, list(counted))


def open_any(name: str, reader: MinutesReader, options: argparse.Namespace, table: CompetenceTable) -> MinutesFile:
    """Minutes, or a list as the minutes of a meeting.

    :raises ReadError: the file cannot be read.
    :raises OpinionError: an option is wrong.
    """
    if is_minutes(name):
        return open_minutes(name, reader, options, table)
    asked = {"host_level": options.host_level, "date": options.date, "province": options.province}
    session = parse_session(asked, Session(date.today()), table)
    return list_as_minutes(name, list(read_items(name, session, table)), options, session)


def _missing(minutes: Minutes, options: argparse.Namespace, session: Session) -> list[str]:
    """What the minutes do not say and the options did not either; and that nothing was found."""
    found = []
    if minutes.meeting.date is None and options.date is None:
        found.append(f"không thấy ngày họp, tính theo hôm nay {session.date:%d/%m/%Y}. Nếu khác, hãy thêm --date.")
    if minutes.meeting.host_level is None and options.host_level is None:
        found.append("không rõ cấp chủ trì, tính theo cấp xã. Nếu khác, hãy thêm --host-level.")
    if not minutes.opinions:
        found.append("không tìm thấy ý kiến nào. Hãy xem `ydan read TỆP --rest` để biết máy đã hiểu từng đoạn ra sao.")
    return found

"""The deadlines as a calendar file (RFC 5545): days, offices, how many opinions; no person, no words of an opinion."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from ydan_service.office.following import bodies
from ydan_service.office.following.conditions import followed
from ydan_service.office.following.rows import Row, rows_of
from ydan_service.office.following.wanted import Wanted
from ydan_service.office.leading.narrowing import OPEN
from ydan_service.person import Person
from ydan_service.store.tables import Meeting, Opinion

BACK = timedelta(days=30)
"""Deadlines that passed longer ago are in the list of what is late, not in anybody's calendar."""
MOST = 2_000
_FOLD = 74


def find_deadlines(session: Session, person: Person, wanted: Wanted, today: date) -> list[Row]:
    """Open opinions with a deadline from a month ago on, nothing confidential."""
    known = bodies.spellings(session, person)
    found = session.scalars(
        select(Opinion)
        .join(Meeting, Meeting.id == Opinion.meeting_id)
        .options(joinedload(Opinion.meeting).joinedload(Meeting.commune))
        .where(
            followed(person, wanted, known), Opinion.confidential.is_(False), Opinion.status.in_(OPEN),
            Opinion.deadline >= today - BACK,
        )
        .order_by(Opinion.deadline, Opinion.id)
        .limit(MOST)
    ).all()  # fmt: skip
    return rows_of(session, found, today)


def write_calendar(rows: Iterable[Row], stamp: datetime) -> str:
    """A calendar with an event for each day, office and commune; ``stamp`` is when it was written."""
    heaps: dict[tuple[date, str, str], list[Row]] = {}
    for row in rows:
        for day, body in _dates(row):
            heaps.setdefault((day, body, row.opinion.meeting.commune.name), []).append(row)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Y Dan//Theo doi y kien//VI", "CALSCALE:GREGORIAN",
             "X-WR-CALNAME:Hạn trả lời ý kiến"]  # fmt: skip
    for (day, body, commune), held in sorted(heaps.items(), key=lambda pair: pair[0]):
        lines += _event(day, body, commune, held, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _dates(row: Row) -> Iterator[tuple[date, str]]:
    offices = [(task.deadline, task.body) for task in row.charged] + [(one.due, one.addressee) for one in row.sent]
    named = [(day, bodies.shown(body)) for day, body in offices if day is not None and body]
    if not named and row.opinion.deadline is not None:
        named.append((row.opinion.deadline, ""))
    yield from dict.fromkeys(named)


def _event(day: date, body: str, commune: str, rows: Sequence[Row], stamp: datetime) -> list[str]:
    held = sorted({one.opinion.meeting.held_on for one in rows if one.opinion.meeting.held_on is not None})
    uid = hashlib.sha256(f"{day}/{body}/{commune}".encode()).hexdigest()[:32]
    summary = f"Hạn trả lời {len(rows)} ý kiến: {body or 'chưa giao đơn vị'} – {commune}"
    about = "Hội nghị ngày " + ", ".join(f"{each:%d/%m/%Y}" for each in held) if held else ""
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}@ydan",
        f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(summary)}",
        f"DESCRIPTION:{_escaped(about)}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:-P1D",
        "DESCRIPTION:Sắp đến hạn trả lời",
        "END:VALARM",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 75 bytes, as the format wants; a letter is never cut."""
    part, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > _FOLD:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + width
    yield part

"""Whom to remind of what: per commune and office, what is late and what is due soon. Nothing confidential, no names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from ydan_service.office.following import bodies
from ydan_service.office.following.conditions import followed
from ydan_service.office.following.public_words import plain_words
from ydan_service.office.following.rows import Row, rows_of
from ydan_service.office.following.wanted import NOBODY, Wanted
from ydan_service.office.leading.conditions import late, soon
from ydan_service.office.leading.narrowing import SOON
from ydan_service.person import Person
from ydan_service.store.tables import Commune, Meeting, Opinion

MOST = 60
"""Opinions on one page of slips; more are for a narrower choice, or for the document."""
MOST_ON_PAPER = 400
BRIEF = 240


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to remind of: ``late`` days past ``due``, negative while there is time left."""

    opinion_id: int
    text: str
    what: str
    topic: str | None
    held_on: date | None
    due: date
    late: int
    number: str | None
    """That of the letter that waits for its answer."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip for one office from one commune, the longest overdue first."""

    commune: Commune
    key: str
    body: str
    lines: Sequence[Line]

    @property
    def overdue(self) -> int:
        """How many lines are late."""
        return sum(line.late > 0 for line in self.lines)


@dataclass(frozen=True, slots=True)
class Slips:
    """All slips; ``more``: there were more opinions than asked for."""

    slips: Sequence[Slip]
    more: bool


def find_slips(session: Session, person: Person, wanted: Wanted, today: date, most: int = MOST) -> Slips:
    """The slips of what is narrowed, by commune, then by office."""
    known = bodies.spellings(session, person)
    found = session.scalars(
        select(Opinion)
        .join(Meeting, Meeting.id == Opinion.meeting_id)
        .options(joinedload(Opinion.meeting).joinedload(Meeting.commune))
        .where(
            followed(person, wanted, known), Opinion.confidential.is_(False), or_(late(today), soon(today)),
        )
        .order_by(Opinion.deadline, Opinion.meeting_id, Opinion.position)
        .limit(most + 1)
    ).all()  # fmt: skip
    heaps: dict[tuple[str, int, str], tuple[Commune, str, list[Line]]] = {}
    for row in rows_of(session, found[:most], today):
        commune = row.opinion.meeting.commune
        for body, line in _lines(row, today):
            key = bodies.key_of(body)
            if wanted.body in ("", key):
                heap = heaps.setdefault((commune.name, commune.id, key), (commune, bodies.shown(body), []))
                heap[2].append(line)
    slips = [
        Slip(commune, key, body, sorted(lines, key=lambda line: line.due))
        for (_name, _id, key), (commune, body, lines) in sorted(heaps.items(), key=lambda pair: pair[0])
        if key != NOBODY
    ]
    return Slips(slips, len(found) > most)


def _lines(row: Row, today: date) -> list[tuple[str, Line]]:
    """What of one opinion its offices owe by a day that is past or near."""
    one, near = row.opinion, today + timedelta(days=SOON)
    owed: list[tuple[str, str, date | None, str | None]] = [
        (task.body, task.what, task.deadline, None) for task in row.charged if task.body
    ]
    owed += [
        (letter.addressee, "", letter.due, letter.number)
        for letter in row.sent
        if row.next.code in ("remind", "wait")
        and (one.status in ("kien_nghi_cap_tren", "chuyen_co_quan_khac") or not letter.replies)
    ]
    text = plain_words(one.text, BRIEF)
    found = []
    for body, what, due, number in owed:
        if due is not None and due <= near:
            told, late_by = plain_words(what, BRIEF) if what else "", (today - due).days
            found.append((body, Line(one.id, text, told, one.topic, one.meeting.held_on, due, late_by, number)))
    return found

"""One meeting on one page: its facts, how far it is, and warnings with the words that show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ydan_service.office.intake.kept import load_minutes
from ydan_service.office.meetings.listing import Counts, count_opinions, latest_jobs
from ydan_service.office.scope import visible_meeting
from ydan_service.person import Person
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import Document, Job, Meeting, Opinion

AROUND = 60
"""Letters shown on each side of the words that a warning is about."""
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Shown:
    """A warning; ``before``, ``words`` and ``after`` are of the minutes, empty where it is about no words."""

    code: str
    message: str
    before: str = ""
    words: str = ""
    after: str = ""
    meeting_id: int | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page shows; ``documents`` is how many were made, ``job`` the reading that is under way or failed."""

    meeting: Meeting
    counts: Counts
    warnings: list[Shown]
    documents: int
    job: Job | None


def look(session: Session, keys: KeyRing, person: Person, meeting_id: int, today: date) -> Overview:
    """The meeting.

    :raises NotFound: not in the person's scope.
    """
    meeting = visible_meeting(session, person, meeting_id)
    counts = count_opinions(session, [meeting.id], today).get(meeting.id, Counts())
    made = session.scalars(select(Document.id).where(Document.meeting_id == meeting.id)).all()
    job = latest_jobs(session, [meeting.id]).get(meeting.id)
    return Overview(meeting, counts, _warnings(session, keys, person, meeting), len(made), job)


def _warnings(session: Session, keys: KeyRing, person: Person, meeting: Meeting) -> list[Shown]:
    text = ""
    if any(each.get("span") for each in meeting.warnings):
        kept = load_minutes(session, keys, meeting.id)
        if kept is not None:
            text = kept.minutes.extract.text if person.may("names.read") else kept.covered
    secret = _secret_spans(session, meeting.id) if text else []
    return [_shown(each, text, secret) for each in meeting.warnings]


def _shown(warning: dict[str, object], text: str, secret: list[tuple[int, int]]) -> Shown:
    plain = Shown(str(warning["code"]), str(warning["message"]), meeting_id=_id(warning.get("meeting_id")))
    span = warning.get("span")
    if not isinstance(span, list) or len(span) != 2:
        return plain
    start, end = int(span[0]), min(int(span[1]), int(span[0]) + LONGEST)
    left, right = max(0, start - AROUND), end + AROUND
    if not text[start:end].strip() or any(left < stop and begin < right for begin, stop in secret):
        return plain
    before = ("… " if left else "") + text[left:start].rpartition("\n")[2]
    after = text[end:right].partition("\n")[0] + (" …" if right < len(text) else "")
    return Shown(plain.code, plain.message, before, text[start:end], after, plain.meeting_id)


def _secret_spans(session: Session, meeting_id: int) -> list[tuple[int, int]]:
    """Where the minutes hold a confidential opinion: nobody reads those words here."""
    rows = session.scalars(select(Opinion.source).where(Opinion.meeting_id == meeting_id, Opinion.confidential))
    return [(int(each["start"]), int(each["end"])) for each in rows if "start" in each and "end" in each]


def _id(value: object) -> int | None:
    return value if isinstance(value, int) else None

"""A person looks at a review: read first, then the traces of it written, in a transaction as short as can be."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ydan_service.office.review.opinions import Json
from ydan_service.office.review.presence import be_here, is_fresh
from ydan_service.office.review.state import Seen, read_changes, read_state
from ydan_service.person import Person
from ydan_service.store import audit
from ydan_service.store.store import Store

_A_LINE = 1_000
"""Ids in one line of the audit log, at most."""


def open_review(store: Store, person: Person, meeting_id: int, moment: datetime) -> Json:
    """The whole state; looking at names and at anything confidential leaves a line in the audit log.

    :raises NotFound: no such meeting in the person's scope.
    :raises Conflict: it is not read yet.
    """
    with store.read() as session:
        seen = read_state(session, store.keys, person, meeting_id, moment)
    with store.begin() as session:
        if person.may("names.read"):
            shown = len(seen.json["opinions"])
            audit.record(session, person, "meeting.look_names", "meeting", meeting_id, opinions=shown)
        _record(session, person, meeting_id, seen)
        be_here(session, person, meeting_id, None, moment)
    return seen.json


def poll(store: Store, person: Person, meeting_id: int, since: int, at: str | None, moment: datetime) -> Json:
    """What changed since a revision; ``at`` is the key of the opinion at which the person is.

    :raises NotFound: no such meeting in the person's scope.
    """
    with store.read() as session:
        seen = read_changes(session, store.keys, person, meeting_id, since, moment)
        told = not seen.secret and is_fresh(session, person, meeting_id, at, moment)
    if not told:
        with store.begin() as session:
            _record(session, person, meeting_id, seen)
            be_here(session, person, meeting_id, at, moment)
    return seen.json


def changes_after(store: Store, person: Person, meeting_id: int, since: int, moment: datetime) -> Json:
    """What changed, for the answer to operations: whoever did them is known to be here."""
    with store.read() as session:
        seen = read_changes(session, store.keys, person, meeting_id, since, moment)
    if seen.secret:
        with store.begin() as session:
            _record(session, person, meeting_id, seen)
    return seen.json


def _record(session: Session, person: Person, meeting_id: int, seen: Seen) -> None:
    for begin in range(0, len(seen.secret), _A_LINE):
        part = seen.secret[begin : begin + _A_LINE]
        audit.record(session, person, "opinion.look_confidential", "meeting", meeting_id, opinions=part)

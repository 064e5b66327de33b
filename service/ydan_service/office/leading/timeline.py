"""An opinion's way from raised to answered, in the order in which it went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ydan_service.office.leading.narrowing import OPEN
from ydan_service.store.tables import Answer, Assignment, Dispatch, Meeting, Opinion, StatusChange
from ydan_service.store.tables.base import VIETNAM

KINDS = ("raised", "answer", "assigned", "status", "reviewed", "dispatch", "reply", "done", "due")
"""What can happen; of one day, in this order."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened, or (``due``) is to happen.

    ``label`` is the status of a ``status``, the direction of a ``dispatch``; ``who`` a body, an addressee or a speaker;
    ``text`` what was said, ``by`` who wrote it down (empty: drafted from the minutes), ``until`` a deadline.
    """

    day: date | None
    kind: str
    label: str = ""
    who: str = ""
    text: str = ""
    by: str = ""
    until: date | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Happened:
    """What the steps are made of."""

    meeting: Meeting
    answers: Sequence[tuple[Answer, str]]
    """With the words that the person may read."""
    tasks: Sequence[Assignment]
    statuses: Sequence[StatusChange]
    dispatches: Sequence[Dispatch]


def steps(opinion: Opinion, happened: Happened, names: Mapping[int, str], today: date) -> tuple[Step, ...]:
    """The way, oldest first; what has no day is of the meeting's, and stands with it."""
    held = happened.meeting.held_on
    found = [Step(held, "raised")]
    found += [Step(one.given_on or held, "answer", one.kind, one.speaker or "", text) for one, text in happened.answers]
    found += _status(happened.statuses, held, names)
    if opinion.reviewed_at is not None:
        found.append(Step(_day(opinion.reviewed_at), "reviewed", by=_name(opinion.reviewed_by, names)))
    for task in happened.tasks:
        began = held if task.from_minutes else _day(task.at)
        by = "" if task.from_minutes else _name(task.by, names)
        found.append(Step(began, "assigned", who=task.body, text=task.what, by=by, until=task.deadline))
        if task.done_on is not None:
            found.append(Step(task.done_on, "done", who=task.body))
    for letter in happened.dispatches:
        sent = Step(
            letter.sent_on or _day(letter.at), "dispatch", letter.direction, letter.addressee, letter.number or ""
        )
        found.append(sent)
        found += [
            Step(one.received_on, "reply", letter.direction, letter.addressee, one.text) for one in letter.replies
        ]
    if opinion.deadline is not None and opinion.status in OPEN:
        found.append(Step(opinion.deadline, "due", until=opinion.deadline, late=opinion.deadline < today))
    return tuple(sorted(found, key=_place))


def _status(changes: Iterable[StatusChange], held: date | None, names: Mapping[int, str]) -> list[Step]:
    found = []
    for change in changes:
        day = change.on or (held if change.by is None else _day(change.at))
        found.append(Step(day, "status", change.status, text=change.because, by=_name(change.by, names)))
    return found


def _place(step: Step) -> tuple[date, int]:
    return step.day or date.min, KINDS.index(step.kind)


def _day(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()


def _name(account: int | None, names: Mapping[int, str]) -> str:
    return "" if account is None else names.get(account, "")

"""A person changes a line of the conclusion: status and list, words, answer, who is charged, by when, to whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ydan.documents.ruled import list_of
from ydan.documents.status import Status
from ydan.documents.status import labels as status_labels
from ydan.predictor import Predictor
from ydan_service.errors import Conflict, Invalid
from ydan_service.office.following.deadlines import settle_deadlines
from ydan_service.office.intake.kept import load_minutes
from ydan_service.office.intake.rows import add_tasks, set_status
from ydan_service.office.papers import charging
from ydan_service.office.papers.entries import FIELDS, check, read_deadline
from ydan_service.office.papers.hold import find_line, hold
from ydan_service.office.papers.opening import Opened, open_dossier, said_deadline
from ydan_service.office.papers.words import decide, read_words
from ydan_service.office.review.standing import Standing, standing
from ydan_service.person import Person
from ydan_service.store import audit
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import Account, ConclusionLine, Decision, Meeting, Opinion


@dataclass(frozen=True, slots=True)
class Theirs:
    """What another person decided of a field in between."""

    value: str
    by: str
    at: datetime


class Overtaken(Conflict):
    """Another person changed the same field in between; ``theirs`` says what, by field."""

    def __init__(self, key: str, theirs: Mapping[str, Theirs]) -> None:
        super().__init__("Người khác vừa sửa cùng mục này. Hãy so hai bản rồi chọn một.")
        self.key, self.theirs = key, dict(theirs)


def rule(
    session: Session, keys: KeyRing, person: Person, meeting_id: int, key: str, entries: Mapping[str, str], seen: int,
    *, confirm: bool = False,
) -> list[str]:  # fmt: skip
    """Set fields of one line; the names of those that are other now. ``seen`` is the version that the person saw.

    With ``confirm`` the status counts as decided though it stays what it is. All in the transaction at hand.

    :raises Overtaken: another person changed the same field otherwise since ``seen``; nothing is done.
    :raises Invalid: a value that cannot be.
    :raises Conflict, Forbidden, NotFound: as :func:`~ydan_service.office.papers.hold.hold`.
    """
    meeting = hold(session, person, meeting_id)
    opinion = find_line(session, person, meeting_id, key)
    kept = load_minutes(session, keys, meeting_id) if set(entries) - {"status"} else None
    values = {name: check(name, raw, () if kept is None else kept.people) for name, raw in entries.items()}
    before = standing(session, [opinion.id])[opinion.id]
    now_ = _values(session, keys, opinion, before)
    late = _late(session, person, before, values, now_, seen)
    if late:
        raise Overtaken(key, late)
    new = {name: value for name, value in values.items() if now_.get(name) != value}
    if confirm and "status" not in before:
        new.setdefault("status", opinion.status)
    for name, value in new.items():
        _apply(session, keys, person, meeting, opinion, before, name, value)
    if new:
        _done(session, person, meeting, opinion, sorted(new))
    return sorted(new, key=FIELDS.index)


def give_back(
    session: Session, keys: KeyRing, predictor: Predictor, person: Person, meeting_id: int, key: str,
    fields: Collection[str],
) -> None:  # fmt: skip
    """Let fields of a line be again what the minutes and the model say.

    :raises Invalid: a field that a line has not.
    """
    if not fields or set(fields) - set(FIELDS):
        raise Invalid(f"Chỉ trả lại được: {', '.join(FIELDS)}.")
    meeting = hold(session, person, meeting_id)
    opinion = find_line(session, person, meeting_id, key)
    before = standing(session, [opinion.id])[opinion.id]
    opened = open_dossier(session, keys, predictor, meeting)
    for name in fields:
        if name in before:
            decide(session, keys, person, opinion, name, None, version=meeting.revision, before=before[name])
    _derive_again(session, opened, opinion, set(fields))
    _done(session, person, meeting, opinion, sorted(fields), back=True)


def confirm_list(session: Session, keys: KeyRing, person: Person, meeting_id: int, wanted: str) -> int:
    """Confirm the status of every line of a list as it stands; how many were not yet."""
    meeting = hold(session, person, meeting_id)
    rows = [
        row
        for row in session.scalars(
            select(Opinion).where(Opinion.meeting_id == meeting_id, Opinion.state == "live", ~Opinion.confidential)
        )
        if list_of(row.status) == wanted
    ]
    decided = standing(session, [row.id for row in rows])
    open_ = [row for row in rows if "status" not in decided[row.id]]
    for row in open_:
        _apply(session, keys, person, meeting, row, decided[row.id], "status", row.status)
        row.version = meeting.revision
    if open_:
        audit.record(session, person, "conclusion.confirm", "meeting", meeting_id, list=wanted, opinions=len(open_))
    return len(open_)


def _apply(
    session: Session, keys: KeyRing, person: Person, meeting: Meeting, opinion: Opinion, before: Standing, name: str,
    value: str,
) -> None:  # fmt: skip
    kept = None if (name == "wording" and not value) or name in ("charged", "deadline") else value
    if name in ("charged", "deadline"):
        _charge(session, person, meeting, opinion, name, value)
        kept = name  # the assignments say what; the decision says that somebody did
    decide(session, keys, person, opinion, name, kept, version=meeting.revision, before=before.get(name))
    if name == "status":
        if list_of(value) != list_of(opinion.status):
            session.execute(delete(ConclusionLine).where(ConclusionLine.opinion_id == opinion.id))
        set_status(session, opinion, Status(value, status_labels()[value], ""), person.id)


def _charge(session: Session, person: Person, meeting: Meeting, opinion: Opinion, name: str, value: str) -> None:
    if name == "charged":
        charging.charge(session, person, opinion, value)
    else:
        charging.set_deadline(session, person, opinion, read_deadline(value, meeting.held_on))
    session.flush()
    settle_deadlines(session, [opinion])


def _derive_again(session: Session, opened: Opened, opinion: Opinion, fields: set[str]) -> None:
    item = next(item for item in opened.dossier.items if item.id == opinion.key)
    if fields & {"charged", "deadline"}:
        charging.forget(session, opinion)
        opinion.deadline = None
        add_tasks(session, opinion, item.tasks, opened.people)
        session.flush()
        settle_deadlines(session, [opinion])
    if "status" in fields and item.derived is not None:
        set_status(session, opinion, item.derived.status)


def _done(
    session: Session, person: Person, meeting: Meeting, opinion: Opinion, fields: list[str], *, back: bool = False
) -> None:
    opinion.version = meeting.revision
    action = "opinion.conclude_back" if back else "opinion.conclude"
    audit.record(session, person, action, "opinion", opinion.id, meeting=meeting.id, fields=fields)


def _values(session: Session, keys: KeyRing, opinion: Opinion, decided: Standing) -> dict[str, str]:
    """What stands by persons' decisions; what is derived is absent, but for the status."""
    tasks = charging.open_tasks(session, opinion)
    found = {"status": opinion.status, **read_words(session, keys, {opinion.id: decided})[opinion.id]}
    if "charged" in decided:
        found["charged"] = "; ".join(task.body for task in tasks if task.body)
    if "deadline" in decided:
        said = dict.fromkeys(said_deadline(task) for task in tasks)
        found["deadline"] = "; ".join(each for each in said if each)
    return found


def _late(
    session: Session, person: Person, before: Standing, values: Mapping[str, str], now_: Mapping[str, str], seen: int
) -> dict[str, Theirs]:
    """Fields that another person decided otherwise since."""
    rows: dict[str, Decision] = {
        name: before[name]
        for name, value in values.items()
        if name in before
        and before[name].by != person.id
        and before[name].value.get("version", 0) > seen
        and now_.get(name, "") != value
    }
    if not rows:
        return {}
    names = select(Account.id, Account.display_name).where(Account.id.in_({row.by for row in rows.values()}))
    people = {row.id: row.display_name for row in session.execute(names)}
    return {name: Theirs(now_.get(name, ""), people.get(row.by or 0, ""), row.at) for name, row in rows.items()}

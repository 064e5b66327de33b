"""Where an opinion stands, said by a person: with the reason, the day, and nobody's word written over unseen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ydan.documents.status import labels
from ydan_service.errors import Conflict, Invalid
from ydan_service.office.following.conditions import SETTLED
from ydan_service.office.following.deadlines import settle_deadlines
from ydan_service.office.following.hold import LINE, Hold, on_day, words
from ydan_service.person import Person
from ydan_service.store import audit, personal
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import STATUSES, Account, Assignment, Decision, Opinion, StatusChange


class Seen(NamedTuple):
    """An opinion at the version that the person had before the eyes."""

    id: int
    version: int


class Refused(NamedTuple):
    """An opinion that a change of several left out, and why."""

    id: int
    why: str


def change_status(
    session: Session, keys: KeyRing, person: Person, seen: Sequence[Seen], status: str, because: str, on: date | None,
    today: date,
) -> list[Refused]:  # fmt: skip
    """Say where opinions stand. Of one opinion a conflict is an error; of several those in conflict are left out.

    :raises Conflict: another person said otherwise since; the message has both values.
    :raises Invalid: no such status, no reason, a day that cannot be.
    :raises NotFound: not in the person's scope.
    :raises Forbidden: the person may only look.
    """
    if status not in STATUSES:
        raise Invalid("Không có tình trạng này. Hãy chọn trong danh sách.", "status")
    reason = words(because, "lý do", field="because")
    hold = Hold(session, keys, person)
    opinions = hold.take([one.id for one in seen])
    on_day(on, [one.meeting for one in opinions], today, future=False, field="on")
    done, refused = sort_out(session, person, opinions, seen, status)
    write_statuses(hold, done, status, reason, on or today)
    record(session, person, "opinion.status", done, status=status)
    return refused


def sort_out(
    session: Session, person: Person, opinions: Sequence[Opinion], seen: Sequence[Seen], status: str
) -> tuple[list[Opinion], list[Refused]]:
    """Opinions whose status may be written, and those where somebody else was first.

    :raises Conflict: it is about one opinion only.
    """
    versions = {one.id: one.version for one in seen}
    done, refused = [], []
    for opinion in opinions:
        said = _overtaken(session, person, opinion, status, versions[opinion.id])
        if said is None:
            done.append(opinion)
        elif len(opinions) == 1:
            raise Conflict(said)
        else:
            refused.append(Refused(opinion.id, said))
    return done, refused


def write_statuses(hold: Hold, opinions: Sequence[Opinion], status: str, because: str, on: date) -> None:
    """The same of several, and what each of them is due by then."""
    for opinion in opinions:
        write_status(hold, opinion, status, because, on)
    settle_deadlines(hold.session, opinions)


def write_status(hold: Hold, opinion: Opinion, status: str, because: str, on: date) -> None:
    """The decision, the line of the opinion's way, the column. Whoever had to settle it has done so when it is."""
    session, person = hold.session, hold.person
    covered = "" if opinion.confidential else hold.cover(opinion.meeting_id, because)[:LINE]
    last = _last(session, opinion.id)
    value = {"value": status, "before": opinion.status, "before_decided": last is not None,
             "version": opinion.meeting.revision, "reason": covered}  # fmt: skip
    session.add(Decision(opinion_id=opinion.id, field="status", value=value, by=person.id))
    change = StatusChange(opinion_id=opinion.id, status=status, because=covered, on=on, by=person.id)
    session.add(change)
    opinion.status = status
    hold.touch(opinion)
    session.flush()
    if opinion.confidential:
        kind = because_kind(change.id)
        personal.keep(session, hold.keys, opinion.meeting_id, "opinion", opinion.id, kind, because)
    if status in SETTLED:
        session.execute(
            update(Assignment)
            .where(Assignment.opinion_id == opinion.id, Assignment.done_on.is_(None))
            .values(done_on=on),
            execution_options={"synchronize_session": "fetch"},
        )


def because_kind(change_id: int) -> str:
    """Under which kind the reason of a confidential opinion is kept."""
    return f"because {change_id}"


def record(session: Session, person: Person, action: str, opinions: Sequence[Opinion], **detail: object) -> None:
    """A line of the audit log an opinion."""
    for opinion in opinions:
        audit.record(session, person, action, "opinion", opinion.id, meeting=opinion.meeting_id, **detail)


def _last(session: Session, opinion_id: int) -> Decision | None:
    return session.scalar(
        select(Decision)
        .where(Decision.opinion_id == opinion_id, Decision.field == "status")
        .order_by(Decision.id.desc())
        .limit(1)
    )


def _overtaken(session: Session, person: Person, opinion: Opinion, status: str, version: int) -> str | None:
    """What to tell somebody who did not see another person's word; None where there is none or it is the same."""
    last = _last(session, opinion.id)
    if last is None or last.by == person.id or opinion.version <= version or last.value.get("version", 0) <= version:
        return None
    if last.value["value"] == status:
        return None
    who = session.scalar(select(Account.display_name).where(Account.id == last.by)) or "Người khác"
    return (
        f"{who} vừa ghi “{labels()[last.value['value']]}”, anh/chị chọn “{labels()[status]}”. "
        "Hãy xem lại rồi ghi lại nếu vẫn cần."
    )

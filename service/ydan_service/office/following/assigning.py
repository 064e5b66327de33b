"""Who is to do what by when: charged, changed, done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ydan_service.errors import Conflict, NotFound
from ydan_service.office.following.bodies import key_of
from ydan_service.office.following.deadlines import settle_deadlines
from ydan_service.office.following.hold import Hold, on_day, words
from ydan_service.office.following.statuses import Refused, record, write_status
from ydan_service.person import Person
from ydan_service.store import personal
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import Account, Assignment, Opinion, now

_GONE = "Không có việc giao này, hoặc không thuộc địa bàn của anh/chị. Hãy mở lại từ trang theo dõi."


def assign(
    session: Session, keys: KeyRing, person: Person, ids: Sequence[int], body: str, what: str, deadline: date | None,
    today: date,
) -> list[Refused]:  # fmt: skip
    """Charge a body with opinions; an opinion that nobody had answered is in work from now on.

    Those with which the body is charged already are left out; of one opinion that is an error.

    :raises Conflict: the only opinion is in this body's hands already.
    :raises Invalid: no body, a day that cannot be.
    :raises NotFound: not in the person's scope.
    """
    body, what = words(body, "đơn vị được giao", field="body"), words(what, "việc phải làm", needed=False, field="what")
    hold = Hold(session, keys, person)
    opinions = hold.take(ids)
    on_day(deadline, [one.meeting for one in opinions], today, future=True, field="deadline")
    done, refused = [], []
    for opinion in opinions:
        there = _same(hold, opinion, body)
        if there is not None:
            why = _charged_already(body, there)
            if len(opinions) == 1:
                raise Conflict(why)
            refused.append(Refused(opinion.id, why))
            continue
        task = Assignment(opinion_id=opinion.id, body="", what="", deadline=deadline, by=person.id)
        session.add(task)
        _write(hold, opinion, task, body, what)
        if opinion.status == "chua_tra_loi":
            write_status(hold, opinion, "dang_giai_quyet", f"Giao {body}", today)
        hold.touch(opinion)
        done.append(opinion)
    settle_deadlines(session, done)
    record(session, person, "opinion.assign", done)
    return refused


def change_assignment(
    session: Session, keys: KeyRing, person: Person, task_id: int, body: str, what: str, deadline: date | None,
    done_on: date | None, seen: datetime | None, today: date,
) -> Opinion:  # fmt: skip
    """Set a task right, or say that it is done. ``seen`` is the task's ``at`` as the person saw it.

    :raises Conflict: another person changed it since; the message has both values.
    :raises Invalid: no body, a day that cannot be.
    :raises NotFound: no such task in the person's scope.
    """
    opinion_id = session.scalar(select(Assignment.opinion_id).where(Assignment.id == task_id))
    if opinion_id is None:
        raise NotFound(_GONE)
    hold = Hold(session, keys, person)
    (opinion,) = hold.take([opinion_id])
    task = session.get_one(Assignment, task_id, populate_existing=True)
    body, what = words(body, "đơn vị được giao", field="body"), words(what, "việc phải làm", needed=False, field="what")
    on_day(deadline, [opinion.meeting], today, future=True, field="deadline")
    on_day(done_on, [opinion.meeting], today, future=False, field="done_on")
    if task.by != person.id and seen is not None and task.at > seen:
        raise Conflict(_both(session, hold, opinion, task, body, deadline))
    _write(hold, opinion, task, body, what)
    task.deadline, task.done_on, task.by, task.at = deadline, done_on, person.id, now()
    if deadline is not None:
        task.deadline_text = None
    hold.touch(opinion)
    settle_deadlines(session, [opinion])
    record(session, person, "opinion.assignment", [opinion], assignment=task.id, done=done_on is not None)
    return opinion


def words_of(session: Session, keys: KeyRing, task_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Body and task of the assignments of confidential opinions, for their readers."""
    bodies = personal.read(session, keys, "assignment", task_ids, "body")
    tasks = personal.read(session, keys, "assignment", task_ids, "what")
    return {id_: (bodies.get(id_, ""), tasks.get(id_, "")) for id_ in task_ids}


def _write(hold: Hold, opinion: Opinion, task: Assignment, body: str, what: str) -> None:
    if not opinion.confidential:
        task.body, task.what = hold.cover(opinion.meeting_id, body), hold.cover(opinion.meeting_id, what)
        return
    hold.session.flush()
    for kind, text in (("body", body), ("what", what)):
        personal.keep(hold.session, hold.keys, opinion.meeting_id, "assignment", task.id, kind, text)


def _same(hold: Hold, opinion: Opinion, body: str) -> Assignment | None:
    rows = hold.session.scalars(
        select(Assignment).where(Assignment.opinion_id == opinion.id, Assignment.done_on.is_(None))
    ).all()
    sealed = words_of(hold.session, hold.keys, [one.id for one in rows]) if opinion.confidential else {}
    wanted = key_of(body)
    return next((one for one in rows if key_of(sealed.get(one.id, (one.body, ""))[0]) == wanted), None)


def _charged_already(body: str, there: Assignment) -> str:
    day = f", hạn {there.deadline:%d/%m/%Y}" if there.deadline else ""
    return f"{body} đã được giao ý kiến này{day}. Hãy sửa việc giao đó nếu cần."


def _both(session: Session, hold: Hold, opinion: Opinion, task: Assignment, body: str, deadline: date | None) -> str:
    who = session.scalar(select(Account.display_name).where(Account.id == task.by)) or "Người khác"
    theirs = words_of(session, hold.keys, [task.id])[task.id][0] if opinion.confidential else task.body
    state = f"đã xong ngày {task.done_on:%d/%m/%Y}" if task.done_on else f"hạn {_day(task.deadline)}"
    return (
        f"{who} vừa ghi “{theirs}, {state}”, anh/chị ghi “{body}, hạn {_day(deadline)}”. "
        "Hãy xem lại rồi ghi lại nếu vẫn cần."
    )


def _day(day: date | None) -> str:
    return "chưa định" if day is None else f"{day:%d/%m/%Y}"

"""Who may use the follow-up and the public board."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from tests.service.web.access import Row, roles
from ydan_service.store.tables import Assignment, Dispatch, Dispatched, Meeting, Opinion, Reply

_READ = roles("secretary", "leader", "follow_up")
_WRITE = roles("secretary", "follow_up")
_P, _O = "/follow-up/{opinion_id}", "/follow-up/{followed}"
_L, _LETTER = "/follow-up/dispatches/{dispatch_id}", "/follow-up/dispatches/{letter}"


def _one(method: str, rest: str, who: frozenset[str], url: str = "", **sent: Any) -> Row:
    return Row(method, _P + rest, who, url=_O + (url or rest), only_in_scope=True, **sent)


ROWS = [
    Row("GET", "/follow-up", _READ),
    Row("POST", "/follow-up/bulk", _WRITE, {"opinion": "{followed}.0", "action": "tell"}),
    Row("GET", "/follow-up/reminders", _READ),
    Row("GET", "/follow-up/reminders.docx", _READ),
    Row("GET", "/follow-up/calendar.ics", _READ),
    Row("GET", "/follow-up/dispatches", _READ),
    Row("GET", _L, _READ, url=_LETTER, only_in_scope=True),
    Row("POST", _L, _WRITE, {"addressee": "Sở Xây dựng"}, url=_LETTER, only_in_scope=True),
    Row("POST", _L + "/replies", _WRITE, {"text": "Đã xem", "outcome": "cho"}, url=_LETTER + "/replies",
        only_in_scope=True),
    Row("GET", _L + "/replies/{reply_id}/file", _WRITE, url=_LETTER + "/replies/{reply}/file"),
    _one("GET", "", _READ),
    _one("POST", "/status", _WRITE, data={"status": "dang_giai_quyet", "because": "Đang làm"}),
    _one("POST", "/assign", _WRITE, data={"body": "Phòng Kinh tế"}),
    _one("POST", "/answer", _WRITE, data={"text": "Đã sửa", "answer_status": "da_giai_quyet"}),
    _one("POST", "/told", _WRITE),
    _one("POST", "/dispatch", _WRITE, data={"direction": "up", "addressee": "Sở Xây dựng"}),
    _one("POST", "/assignments/{task_id}", _WRITE, "/assignments/{task}", data={"body": "Phòng Kinh tế"}),
    Row("GET", "/board", _READ),
    Row("GET", "/board/{commune_id}", _READ, url="/board/{commune}", only_in_scope=True),
    Row("GET", "/board/{commune_id}/board.docx", _READ, url="/board/{commune}/board.docx", only_in_scope=True),
    Row("GET", "/board/{commune_id}/board.txt", _READ, url="/board/{commune}/board.txt", only_in_scope=True),
]  # fmt: skip


def world(session: Session, commune_id: int) -> dict[str, object]:
    """An opinion with a task, in a letter that was answered."""
    held = Meeting(commune_id=commune_id, title="Hội nghị đối thoại", held_on=date(2026, 3, 12), stage="concluded")
    session.add(held)
    session.flush()
    one = Opinion(meeting_id=held.id, key="1", position=0, text="Đường lầy lội", source={"start": 0, "end": 1})
    letter = Dispatch(meeting_id=held.id, direction="up", addressee="Sở Xây dựng", sent_on=date(2026, 3, 20))
    session.add_all([one, letter])
    session.flush()
    task = Assignment(opinion_id=one.id, body="Phòng Kinh tế")
    reply = Reply(dispatch_id=letter.id, received_on=date(2026, 4, 1), text="Đã xem")
    session.add_all([task, reply, Dispatched(dispatch_id=letter.id, opinion_id=one.id)])
    session.flush()
    return {"followed": one.id, "letter": letter.id, "task": task.id, "reply": reply.id}

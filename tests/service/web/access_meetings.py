"""Who may use the door, the meetings, their intake and their review."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from tests.service.web.access import ANYBODY, SIGNED_IN, Row, roles
from ydan_service.store.tables import Job, Meeting

_READ = roles("secretary", "leader", "follow_up")
_WRITE = roles("secretary")
_M, _P = "/meetings/{meeting}", "/meetings/{meeting_id}"


def _meeting(method: str, rest: str, who: frozenset[str], **sent: Any) -> Row:
    return Row(method, _P + rest, who, url=_M + rest, only_in_scope=True, **sent)


ROWS = [
    Row("GET", "/", ANYBODY),
    Row("POST", "/language", ANYBODY, {"language": "vi"}),
    Row("GET", "/meetings", _READ),
    Row("POST", "/meetings", _WRITE),
    Row("GET", "/jobs/{job_id}", SIGNED_IN, url="/jobs/999"),
    Row("POST", "/jobs/{job_id}/retry", _WRITE, url="/jobs/{job}/retry", only_in_scope=True),
    _meeting("GET", "", _READ),
    _meeting("POST", "/facts", _WRITE, data={"title": "Hội nghị đối thoại"}),
    _meeting("POST", "/stage", _WRITE, data={"stage": "review"}),
    _meeting("GET", "/review", _READ),
    _meeting("GET", "/review/state", _READ),
    Row("GET", _P + "/review/changes", _READ, url=_M + "/review/changes?since=0", only_in_scope=True),
    _meeting("POST", "/review/operations", _WRITE, json={"operations": [], "since": 0}),
    Row("POST", _P + "/remove", _WRITE, url="/meetings/{spare_meeting}/remove", only_in_scope=True),
]


def world(session: Session, commune_id: int) -> dict[str, object]:
    """A meeting under review with a job that failed, and another one to be removed."""
    meeting, spare = (
        Meeting(commune_id=commune_id, title="Hội nghị đối thoại", held_on=date(2026, month, 12), stage="review")
        for month in (3, 4)
    )
    session.add_all([meeting, spare])
    session.flush()
    job = Job(meeting_id=meeting.id, kind="read", state="failed")
    session.add(job)
    session.flush()
    return {"meeting": meeting.id, "spare_meeting": spare.id, "job": job.id}

"""Who may use the supervision's and the plans' routes."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from tests.service.web.access import Row, roles
from ydan_service.store.tables import Meeting, Plan

_SUPERVISE = roles("leader", "auditor")
_READ = roles("secretary", "leader", "follow_up", "auditor")
_WRITE = roles("secretary")


def world(session: Session, commune_id: int) -> dict[str, object]:
    """A planned session, and a meeting that may be joined to it."""
    plan = Plan(commune_id=commune_id, planned_on=date(2026, 5, 6))
    meeting = Meeting(commune_id=commune_id, held_on=date(2026, 5, 6), meeting_type="txdt", stage="review")
    session.add_all([plan, meeting])
    session.flush()
    return {"plan": plan.id, "planned_meeting": meeting.id}


ROWS = [
    Row("GET", "/supervision", _SUPERVISE),
    Row("GET", "/supervision/report.docx", _SUPERVISE),
    Row("GET", "/supervision/report.xlsx", _SUPERVISE),
    Row("GET", "/supervision/{commune_id}", _SUPERVISE, url="/supervision/{commune}", only_in_scope=True),
    Row("GET", "/plans", _READ),
    Row("POST", "/plans", _WRITE),
    Row("GET", "/plans/{plan_id}", _READ, url="/plans/{plan}", only_in_scope=True),
    Row("POST", "/plans/{plan_id}", _WRITE, {"planned_on": "2026-05-06"}, url="/plans/{plan}", only_in_scope=True),
    Row("POST", "/plans/{plan_id}/cancel", _WRITE, {"because": "Bão"}, url="/plans/{plan}/cancel", only_in_scope=True),
    Row("POST", "/plans/{plan_id}/restore", _WRITE, url="/plans/{plan}/restore", only_in_scope=True),
    Row("POST", "/plans/{plan_id}/meetings", _WRITE, {"meeting": "1"}, url="/plans/{plan}/meetings",
        only_in_scope=True),
    Row("POST", "/plans/{plan_id}/meetings/{meeting_id}/remove", _WRITE,
        url="/plans/{plan}/meetings/{planned_meeting}/remove", only_in_scope=True),
    Row("POST", "/plans/{plan_id}/remove", _WRITE, url="/plans/{plan}/remove", only_in_scope=True),
]  # fmt: skip

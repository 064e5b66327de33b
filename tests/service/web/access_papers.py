"""Who may use the conclusion and the documents of a meeting."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tests.service.web.access import Row, roles
from ydan_service.store.tables import Meeting

_LOOK = roles("secretary", "leader", "follow_up")
_WRITE = roles("secretary")
_MEETING = "/meetings/{papers_meeting}"
_DAY = {"number": "12", "published_on": "2026-03-12"}

ROWS = [
    Row("GET", "/meetings/{meeting_id}/documents", _LOOK, url=f"{_MEETING}/documents", only_in_scope=True),
    Row("POST", "/meetings/{meeting_id}/documents", _WRITE, {"kind": "all"}, url=f"{_MEETING}/documents",
        only_in_scope=True),
    Row("GET", "/meetings/{meeting_id}/documents/{document_id}/download", _LOOK,
        url=f"{_MEETING}/documents/1/download"),
    Row("GET", "/meetings/{meeting_id}/conclusion", _LOOK, url=f"{_MEETING}/conclusion", only_in_scope=True),
    Row("POST", "/meetings/{meeting_id}/conclusion/opinions/{key}", _WRITE, {"version": "0"},
        url=f"{_MEETING}/conclusion/opinions/1"),
    Row("POST", "/meetings/{meeting_id}/conclusion/confirm", _WRITE, {"list": "open"},
        url=f"{_MEETING}/conclusion/confirm", only_in_scope=True),
    Row("POST", "/meetings/{meeting_id}/conclusion/publish", _WRITE, _DAY, url=f"{_MEETING}/conclusion/publish",
        only_in_scope=True),
]  # fmt: skip


def world(session: Session, commune_id: int) -> dict[str, object]:
    """A meeting of the commune whose minutes are not kept (any more)."""
    meeting = Meeting(commune_id=commune_id, title="Đối thoại", stage="review")
    session.add(meeting)
    session.flush()
    return {"papers_meeting": meeting.id}

"""Who may see opinions and topics: whoever reads meetings."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from tests.service.web.access import Row, roles
from ydan_service.store.tables import Meeting, Opinion

_READ = roles("secretary", "leader", "follow_up")
ROWS = [
    Row("GET", "/opinions", _READ),
    Row("GET", "/opinions.{kind}", _READ, url="/opinions.csv"),
    Row("GET", "/opinions/{opinion_id}", _READ, url="/opinions/{shown_opinion}", only_in_scope=True),
    Row("GET", "/topics", _READ),
    Row("GET", "/topics/{topic}", _READ, url="/topics/education"),
    Row("GET", "/topics/{topic}/summary.docx", _READ, url="/topics/education/summary.docx"),
]


def world(session: Session, commune_id: int) -> dict[str, object]:
    """An opinion of a meeting."""
    held = Meeting(commune_id=commune_id, title="Hội nghị đối thoại", held_on=date(2026, 5, 12), stage="review")
    session.add(held)
    session.flush()
    opinion = Opinion(meeting_id=held.id, key="1", position=0, text="Trường thiếu phòng học", topic="education",
                      source={"start": 0, "end": 1})  # fmt: skip
    session.add(opinion)
    session.flush()
    return {"shown_opinion": opinion.id}

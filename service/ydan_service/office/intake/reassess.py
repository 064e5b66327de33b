"""The model asked again after the meeting's facts changed; what people decided stays."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ydan.minutes.records import Raised
from ydan.predictor import Predictor
from ydan_service.office.intake.draft import assess
from ydan_service.office.intake.kept import source_of
from ydan_service.office.intake.labels import session_of
from ydan_service.office.intake.rows import assessed_by
from ydan_service.office.intake.sealing import write_assessed
from ydan_service.office.review.desk import Desk
from ydan_service.person import Person
from ydan_service.store import audit, personal
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import Assessed, Meeting, Operation, Opinion, now


def reassess(session: Session, keys: KeyRing, predictor: Predictor, meeting: Meeting, person: Person) -> int:
    """Assess every live opinion anew, for the meeting's present date, host level and province; how many there are.

    Call it in the transaction that changes those facts. Labels that a person decided stay, the others follow the new
    answers; an opinion that is confidential stays so.
    """
    rows = session.scalars(select(Opinion).where(Opinion.meeting_id == meeting.id, Opinion.state == "live")).all()
    if not rows:
        return 0
    meeting.revision += 1
    words = personal.read(session, keys, "opinion", [row.id for row in rows], "text")
    raised = [Raised(row.key, words.get(row.id, row.text), source_of(row.source)) for row in rows]
    # a desk computes labels; no operation is kept, for nothing that a person did changes
    desk = Desk(session, keys, predictor, person, meeting, Operation(id="", meeting_id=meeting.id, number=0, kind=""))
    for row, answer in zip(rows, assess(raised, session_of(meeting), predictor), strict=True):
        new = assessed_by(predictor, row.id, answer)
        old = session.get(Assessed, row.id)
        if old is None:
            write_assessed(session, keys, row, new)
        else:
            old.answer, old.model, old.made_at = new.answer, new.model, now()
            old.taxonomy, old.competence = new.taxonomy, new.competence
            write_assessed(session, keys, row, old)
        desk.settle(row)
    audit.record(session, person, "meeting.reassess", "meeting", meeting.id, opinions=len(rows))
    return len(rows)

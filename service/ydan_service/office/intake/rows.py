"""One opinion into the store: its row, its words sealed, what the model said, where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ydan.assessment import Assessment, Failure
from ydan.documents.status import Status
from ydan.minutes.records import Raised, Task
from ydan.opinion import Session as Held
from ydan.predictor import Predictor
from ydan_service.office.intake.answers import write_answer
from ydan_service.office.intake.labels import Decided, Labels, labels_of, lay_on
from ydan_service.office.intake.sealing import add_readers, write_assessed, write_words
from ydan_service.office.intake.villages import Villages
from ydan_service.office.masking import cover
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import Assessed, Assignment, Meeting, Opinion, StatusChange


@dataclass(frozen=True, slots=True)
class Setting:
    """What is the same for all opinions of a meeting while they are written.

    ``readers`` are the accounts that may read what is confidential.
    """

    keys: KeyRing
    meeting: Meeting
    held: Held
    predictor: Predictor
    people: Sequence[str]
    villages: Villages
    readers: Sequence[int | None]


def add_opinion(
    session: Session,
    setting: Setting,
    raised: Raised,
    position: int,
    answer: Assessment | Failure,
    code: str,
    decided: Decided | None = None,
    *,
    secret: bool | None = None,
) -> tuple[Opinion, Labels]:
    """Write a new opinion; ``secret`` overrules what its words and labels say of that."""
    decided = decided or {}
    labels = labels_of(answer, raised.text, decided, setting.held, setting.predictor.competence)
    meeting = setting.meeting
    opinion = Opinion(
        meeting_id=meeting.id,
        key=raised.id,
        position=position,
        text="",
        speaker_code=code,
        village_id=setting.villages.find(raised.address, raised.group),
        source=raised.source.to_json(),
        lineage=list(raised.lineage),
        answered=raised.answered,
        confidential=labels.secret if secret is None else secret,
        version=meeting.revision,
    )
    lay_on(opinion, labels, decided)
    session.add(opinion)
    session.flush()
    words = {"text": raised.text, "name": raised.speaker, "address": raised.address, "heading": raised.group}
    write_words(session, setting.keys, opinion, words, setting.people)
    write_assessed(session, setting.keys, opinion, assessed_by(setting.predictor, opinion.id, answer))
    if opinion.confidential:
        add_readers(session, opinion, setting.readers, None)
    return opinion, labels


def assessed_by(predictor: Predictor, opinion_id: int, answer: Assessment | Failure) -> Assessed:
    """What the model said, with the versions of everything that it rests on."""
    bundle = predictor.bundle
    return Assessed(
        opinion_id=opinion_id,
        answer=write_answer(answer),
        model=f"{bundle.name} {bundle.version}",
        taxonomy=predictor.taxonomy.version,
        competence=predictor.competence.version,
    )


def set_status(session: Session, opinion: Opinion, status: Status, by: int | None = None) -> None:
    """Write where an opinion stands, and the line that says since when; ``by`` nobody: drafted."""
    opinion.status = status.code
    because = "" if opinion.confidential else status.because
    session.add(StatusChange(opinion_id=opinion.id, status=status.code, because=because, by=by))


def add_tasks(session: Session, opinion: Opinion, tasks: Iterable[Task], people: Sequence[str]) -> None:
    """What the minutes charge somebody with; of a confidential opinion nothing is listed."""
    if opinion.confidential:
        return
    days: list[date] = []
    for task in tasks:
        session.add(
            Assignment(
                opinion_id=opinion.id,
                body=cover(task.body, people),
                what=cover(task.what, people),
                deadline=task.deadline,
                deadline_text=task.deadline_text,
                from_minutes=True,
            )
        )
        days += [] if task.deadline is None else [task.deadline]
    opinion.deadline = min(days, default=opinion.deadline)

"""One opinion's whole story, as one person may read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from ydan.competence.periods import Period, load_periods
from ydan_service.errors import NotFound
from ydan_service.office.intake.kept import load_minutes
from ydan_service.office.leading.excerpt import Piece, cut_at
from ydan_service.office.leading.kin import Kin, find_kin
from ydan_service.office.leading.labels import Label, labels_of
from ydan_service.office.leading.timeline import Happened, Step, steps
from ydan_service.office.masking import cover
from ydan_service.office.review.opinions import opinions_json
from ydan_service.office.scope import meetings_in_scope, opinions_open_to
from ydan_service.person import Person
from ydan_service.store import audit, personal
from ydan_service.store.keys import KeyRing
from ydan_service.store.store import Store
from ydan_service.store.tables import (
    Account,
    Answer,
    AnswerTo,
    Assessed,
    Assignment,
    Decision,
    Dispatch,
    Dispatched,
    Document,
    Meeting,
    Opinion,
    StatusChange,
    Village,
)

Json = Mapping[str, Any]
_BEYOND = (1 << 31) - 1
"""The largest number that a database takes for an id; none of ours is so large."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason to send it up: its words in the opinion (empty without any) and what it rests on."""

    code: str
    words: str
    basis: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """One decision of a person, also one that no longer stands."""

    field: str
    value: Any
    before: Any
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """An answer with the words that the person may read; ``told_on``: since when the people know it."""

    answer: Answer
    text: str
    told_on: date | None


@dataclass(frozen=True, slots=True)
class Story:
    """Everything on the page. ``pieces`` are the words, those marked that the model went by."""

    opinion: Opinion
    meeting: Meeting
    village: str | None
    pieces: tuple[Piece, ...]
    speaker: str
    address: str
    heading: str
    labels: tuple[Label, ...]
    model: Json
    version: Assessed | None
    grounds: tuple[Ground, ...]
    doubts: tuple[str, ...]
    chosen: tuple[Chosen, ...]
    kin: Kin
    answers: tuple[Told, ...]
    tasks: tuple[Assignment, ...]
    dispatches: tuple[Dispatch, ...]
    documents: tuple[Document, ...]
    steps: tuple[Step, ...]
    names: Mapping[int, str]
    today: date

    @property
    def period(self) -> Period | None:
        """The stretch of time whose rules of competence the model went by."""
        meant = (self.model.get("jurisdiction") or {}).get("period")
        return next((each for each in load_periods() if meant in (each.id, each.begins)), None)

    @property
    def left(self) -> int | None:
        """Days to the deadline, if there is one; below nought it has passed."""
        return None if self.opinion.deadline is None else (self.opinion.deadline - self.today).days


def tell(store: Store, person: Person, opinion_id: int, today: date) -> Story:
    """The story; a look at a confidential opinion, which only its readers get, is written down before it is shown.

    :raises NotFound: no such opinion, outside of the person's scope, or confidential and not for this person.
    """
    with store.read() as session:
        story = read_story(session, store.keys, person, opinion_id, today)
    if story.opinion.confidential:
        with store.begin() as session:
            where = story.meeting.id
            audit.record(session, person, "opinion.look_confidential", "meeting", where, opinions=[opinion_id])
    return story


def read_story(session: Session, keys: KeyRing, person: Person, opinion_id: int, today: date) -> Story:
    """The story, without a line in the audit log.

    :raises NotFound: as :func:`tell`.
    """
    opinion = _visible(session, person, opinion_id)
    meeting = opinion.meeting
    people: Sequence[str] = ()
    if opinion.confidential and not person.may("names.read"):
        kept = load_minutes(session, keys, meeting.id)
        people = () if kept is None else kept.people
    (shown,) = opinions_json(session, keys, person, [opinion], people)
    model: Json = shown["model"]
    happened, told = _happened(session, keys, person, opinion, people)
    decisions = session.scalars(select(Decision).where(Decision.opinion_id == opinion.id).order_by(Decision.id)).all()
    names = _names(session, opinion, decisions, happened)
    village = None if opinion.village_id is None else session.get(Village, opinion.village_id)
    return Story(
        opinion=opinion,
        meeting=meeting,
        village=None if village is None else village.name,
        pieces=cut_at(shown["text"], [tuple(one["span"]) for one in model.get("evidence", ())]),
        speaker=shown["speaker"] or "",
        address=shown["address"] or "",
        heading=shown["heading"] or "",
        labels=labels_of(opinion, model, shown["decided"]),
        model=model,
        version=session.get(Assessed, opinion.id),
        grounds=_grounds(model, shown["text"]),
        doubts=tuple(one["label"] for one in shown["review"]),
        chosen=tuple(_chosen(row, names) for row in reversed(decisions) if row.field != "reviewed"),
        kin=find_kin(session, person, opinion),
        answers=told,
        tasks=tuple(happened.tasks),
        dispatches=tuple(happened.dispatches),
        documents=_documents(session, meeting.id),
        steps=steps(opinion, happened, names, today),
        names=names,
        today=today,
    )


def _visible(session: Session, person: Person, opinion_id: int) -> Opinion:
    found = session.scalar(
        select(Opinion)
        .join(Meeting)
        .options(joinedload(Opinion.meeting).joinedload(Meeting.commune))
        .where(Opinion.id == min(opinion_id, _BEYOND), meetings_in_scope(person), opinions_open_to(person))
    )
    if found is None:
        raise NotFound("Không có ý kiến này, hoặc anh/chị không được xem. Hãy mở lại từ danh sách ý kiến.")
    return found


def _happened(
    session: Session, keys: KeyRing, person: Person, opinion: Opinion, people: Sequence[str]
) -> tuple[Happened, tuple[Told, ...]]:
    told = _answers(session, keys, person, opinion, people)
    tasks = session.scalars(
        select(Assignment)
        .where(Assignment.opinion_id == opinion.id)
        .order_by(Assignment.deadline.is_(None), Assignment.deadline, Assignment.id)
    ).all()
    statuses = session.scalars(
        select(StatusChange).where(StatusChange.opinion_id == opinion.id).order_by(StatusChange.id)
    ).all()
    letters = session.scalars(
        select(Dispatch)
        .join(Dispatched)
        .where(Dispatched.opinion_id == opinion.id)
        .options(selectinload(Dispatch.replies))
        .order_by(Dispatch.sent_on, Dispatch.id)
    ).all()
    return Happened(opinion.meeting, [(one.answer, one.text) for one in told], tasks, statuses, letters), told


def _answers(
    session: Session, keys: KeyRing, person: Person, opinion: Opinion, people: Sequence[str]
) -> tuple[Told, ...]:
    """Answers to it; a sealed one only for those who may read everything that it speaks of."""
    rows = session.execute(
        select(Answer, AnswerTo.told_on).join(AnswerTo).where(AnswerTo.opinion_id == opinion.id).order_by(Answer.id)
    ).all()
    closed = [row.Answer.id for row in rows if not row.Answer.text]
    barred: set[int] = set()
    if closed:
        others = select(AnswerTo.answer_id).join(Opinion, Opinion.id == AnswerTo.opinion_id)
        barred = set(session.scalars(others.where(AnswerTo.answer_id.in_(closed), ~opinions_open_to(person))))
    open_ = [row for row in rows if row.Answer.id not in barred]
    wanted = [row.Answer.id for row in open_ if person.may("names.read") or not row.Answer.text]
    full = personal.read(session, keys, "answer", wanted, "text") if wanted else {}
    if not person.may("names.read"):
        full = {id_: cover(text, people) for id_, text in full.items()}
    return tuple(Told(row.Answer, full.get(row.Answer.id, row.Answer.text), row.told_on) for row in open_)


def _documents(session: Session, meeting_id: int) -> tuple[Document, ...]:
    """Those of the meeting that everybody may have, the latest of each kind."""
    rows = session.scalars(
        select(Document)
        .where(Document.meeting_id == meeting_id, Document.confidential.is_(False))
        .order_by(Document.id)
    )
    return tuple({row.kind: row for row in rows}.values())


def _names(session: Session, opinion: Opinion, decisions: Iterable[Decision], happened: Happened) -> dict[int, str]:
    ids = {opinion.reviewed_by, *(one.by for one in decisions), *(one.by for one in happened.tasks)}
    ids |= {one.by for one in happened.statuses} | {one.by for one in happened.dispatches}
    ids |= {answer.by for answer, _text in happened.answers}
    rows = session.execute(select(Account.id, Account.display_name).where(Account.id.in_(ids - {None})))
    return {row.id: row.display_name for row in rows}


def _grounds(model: Json, text: str) -> tuple[Ground, ...]:
    reasons = model.get("escalation", {}).get("reasons", ())
    return tuple(
        Ground(one["code"], text[slice(*one["span"])] if one.get("span") else "", one.get("basis") or "")
        for one in reasons
    )


def _chosen(row: Decision, names: Mapping[int, str]) -> Chosen:
    value = row.value
    by = "" if row.by is None else names.get(row.by, "")
    return Chosen(row.field, value.get("value"), value.get("before"), value.get("reason") or "", by, row.at)

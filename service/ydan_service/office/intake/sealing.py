"""Confidential opinions: everything that tells of them sealed, open to their readers alone."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, delete, or_, select
from sqlalchemy.orm import Session

from ydan.assessment import dump_json
from ydan.documents.people import place_of
from ydan.documents.redact import named_people
from ydan.documents.secrecy import closed_answers
from ydan.minutes.likeness import word_weights
from ydan.minutes.records import Minutes
from ydan_service.office.intake.villages import Villages
from ydan_service.office.masking import cover
from ydan_service.store import personal
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import (
    AlikeMember,
    Answer,
    AnswerTo,
    Assessed,
    Assignment,
    ConfidentialReader,
    Opinion,
    RaisedBefore,
    StatusChange,
    Village,
)

_SEALED = {"sealed": True}
_KINDS = ("text", "name", "address", "heading", "assessment")


def write_words(
    session: Session, keys: KeyRing, opinion: Opinion, words: Mapping[str, str | None], people: Iterable[str]
) -> None:
    """Keep the words (``text``, ``name``, ``address``, ``heading``), and in the row what may be seen of them."""
    for kind, text in words.items():
        if text:
            personal.keep(session, keys, opinion.meeting_id, "opinion", opinion.id, kind, text)
    show_words(opinion, words, people)


def show_words(opinion: Opinion, words: Mapping[str, str | None], people: Iterable[str]) -> None:
    """The columns that hold words: covered ones, or nothing where the opinion is confidential."""
    if opinion.confidential:
        opinion.text = opinion.place = opinion.heading = opinion.speaker_code = ""
        opinion.village_id = None
        return
    opinion.text = cover(words.get("text") or "", people)
    opinion.place = cover(place_of(words.get("address")) or "", people)
    opinion.heading = cover(words.get("heading") or "", people)


def write_assessed(session: Session, keys: KeyRing, opinion: Opinion, assessed: Assessed) -> None:
    """Keep what the model said; of a confidential opinion sealed, for it quotes the words."""
    answer = assessed.answer
    if opinion.confidential:
        personal.keep(session, keys, opinion.meeting_id, "opinion", opinion.id, "assessment", dump_json(answer))
        assessed.answer = dict(_SEALED)
    session.add(assessed)


def read_assessed(session: Session, keys: KeyRing, opinions: Sequence[Opinion]) -> dict[int, dict[str, Any]]:
    """What the model said of each opinion, opened where it is sealed."""
    ids = [opinion.id for opinion in opinions]
    rows = session.execute(select(Assessed.opinion_id, Assessed.answer).where(Assessed.opinion_id.in_(ids)))
    found: dict[int, dict[str, Any]] = {row.opinion_id: row.answer for row in rows}
    sealed = [id_ for id_, answer in found.items() if answer == _SEALED]
    opened = personal.read(session, keys, "opinion", sealed, "assessment") if sealed else {}
    return found | {id_: json.loads(text) for id_, text in opened.items()}


def read_words(session: Session, keys: KeyRing, opinion_id: int) -> dict[str, str | None]:
    """The words of one opinion, in full."""
    kinds = ("text", "name", "address", "heading")
    return {kind: personal.read(session, keys, "opinion", [opinion_id], kind).get(opinion_id) for kind in kinds}


def add_readers(session: Session, opinion: Opinion, accounts: Iterable[int | None], by: int | None) -> None:
    """Let accounts read the opinion, who may not yet."""
    there = set(
        session.scalars(select(ConfidentialReader.account_id).where(ConfidentialReader.opinion_id == opinion.id))
    )
    for account in dict.fromkeys(accounts):
        if account is not None and account not in there:
            session.add(ConfidentialReader(opinion_id=opinion.id, account_id=account, granted_by=by))


def seal(session: Session, keys: KeyRing, opinion: Opinion, readers: Iterable[int | None], by: int | None) -> None:
    """Make an opinion confidential: its words go from every row that others can read."""
    opinion.confidential = True
    show_words(opinion, {}, ())
    opinion.deadline = None
    assessed = session.get(Assessed, opinion.id)
    if assessed is not None and assessed.answer != _SEALED:
        write_assessed(session, keys, opinion, assessed)
    session.execute(
        delete(Assignment).where(
            Assignment.opinion_id == opinion.id, Assignment.from_minutes, Assignment.done_on.is_(None)
        )
    )
    _seal_followed(session, keys, opinion)
    for change in session.scalars(select(StatusChange).where(StatusChange.opinion_id == opinion.id)):
        change.because = ""
    session.execute(delete(AlikeMember).where(AlikeMember.opinion_id == opinion.id))
    session.execute(
        delete(RaisedBefore).where(or_(RaisedBefore.opinion_id == opinion.id, RaisedBefore.earlier_id == opinion.id))
    )
    add_readers(session, opinion, readers, by)


def unseal(session: Session, keys: KeyRing, opinion: Opinion, people: Iterable[str], code: str) -> None:
    """The opposite; ``code`` is how the speaker is called from now on."""
    answer = read_assessed(session, keys, [opinion]).get(opinion.id)
    opinion.confidential = False
    words = read_words(session, keys, opinion.id)
    show_words(opinion, words, people)
    opinion.speaker_code = code
    villages = session.scalars(select(Village).where(Village.commune_id == opinion.meeting.commune_id))
    opinion.village_id = Villages(villages).find(words["address"], words["heading"])
    assessed = session.get(Assessed, opinion.id)
    if assessed is not None and answer is not None:
        assessed.answer = answer
    session.execute(delete(ConfidentialReader).where(ConfidentialReader.opinion_id == opinion.id))
    _show_followed(session, keys, opinion, people)


def _seal_followed(session: Session, keys: KeyRing, opinion: Opinion) -> None:
    """Tasks that a person gave, and answers that came after the minutes: from now on in sealed words alone."""
    for task in session.scalars(select(Assignment).where(Assignment.opinion_id == opinion.id)):
        for kind in ("body", "what"):
            words = getattr(task, kind)
            if words and not personal.read(session, keys, "assignment", [task.id], kind):
                personal.keep(session, keys, opinion.meeting_id, "assignment", task.id, kind, words)
            setattr(task, kind, "")
    for answer in session.scalars(_later_answers(opinion)):
        answer.text = ""


def _show_followed(session: Session, keys: KeyRing, opinion: Opinion, people: Iterable[str]) -> None:
    """The opposite; an answer that also speaks of another confidential opinion stays closed."""
    known = list(people)
    for task in session.scalars(select(Assignment).where(Assignment.opinion_id == opinion.id)):
        for kind in ("body", "what"):
            words = personal.read(session, keys, "assignment", [task.id], kind).get(task.id)
            if words is not None:
                setattr(task, kind, cover(words, [*known, *named_people(words)]))
    for answer in session.scalars(_later_answers(opinion)):
        closed = select(AnswerTo).join(Opinion).where(AnswerTo.answer_id == answer.id, Opinion.confidential)
        words = personal.read(session, keys, "answer", [answer.id], "text").get(answer.id)
        if words is not None and session.execute(closed).first() is None:
            answer.text = cover(words, [*known, *named_people(words)])


def _later_answers(opinion: Opinion) -> Select[Answer]:
    return select(Answer).join(AnswerTo).where(AnswerTo.opinion_id == opinion.id, Answer.key.is_(None))


def show_answers(
    session: Session, keys: KeyRing, meeting_id: int, minutes: Minutes, secret: Collection[str], people: Iterable[str]
) -> None:
    """What may be seen of each answer: nothing where it speaks of something confidential.

    ``minutes`` are those with the list as it stands, ``secret`` the keys of its confidential opinions.
    """
    weights = word_weights([raised.text for raised in minutes.opinions])
    closed = closed_answers(minutes, set(secret), weights)
    texts = {answer.id: answer.text for answer in minutes.answers}
    for row in session.scalars(select(Answer).where(Answer.meeting_id == meeting_id, Answer.key.is_not(None))):
        wanted = "" if row.key in closed else cover(texts.get(row.key or "", ""), people)
        if row.text != wanted:
            row.text = wanted

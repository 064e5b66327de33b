"""Answers given after the meeting, and that the people were told of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ydan_service.errors import Invalid
from ydan_service.office.following.conditions import ANSWERED
from ydan_service.office.following.hold import LONGEST, Hold, on_day, words
from ydan_service.office.following.statuses import Refused, Seen, record, sort_out, write_statuses
from ydan_service.person import Person
from ydan_service.store import personal
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import Answer, AnswerTo, Opinion


def record_answer(
    session: Session, keys: KeyRing, person: Person, seen: Sequence[Seen], text: str, given_by: str,
    given_on: date | None, status: str, told_on: date | None, today: date,
) -> list[Refused]:  # fmt: skip
    """One answer to opinions, and where they stand with it; in each meeting a row of its own.

    :raises Conflict: another person said otherwise of the only opinion.
    :raises Invalid: no words, no such status, a day that cannot be, confidential opinions among others.
    :raises NotFound: not in the person's scope.
    """
    text = words(text, "nội dung trả lời", most=LONGEST, field="text")
    body = words(given_by, "đơn vị trả lời", needed=False, field="given_by")
    if status not in ANSWERED:
        raise Invalid("Ý kiến đã trả lời thì tình trạng là đã giải quyết, đã giải thích hoặc đã hướng dẫn.", "status")
    hold = Hold(session, keys, person)
    opinions = hold.take([one.id for one in seen])
    meetings = [one.meeting for one in opinions]
    on_day(given_on, meetings, today, future=False, field="given_on")
    on_day(told_on, meetings, today, future=False, field="told_on")
    done, refused = sort_out(session, person, opinions, seen, status)
    write_answer(hold, done, text, body, given_on or today, told_on)
    because = f"Trả lời của {body}" if body else "Đã có trả lời"
    write_statuses(hold, done, status, because, given_on or today)
    record(session, person, "opinion.answer", done, status=status)
    return refused


def write_answer(
    hold: Hold, opinions: Sequence[Opinion], text: str, given_by: str, given_on: date, told_on: date | None = None
) -> None:
    """The rows of an answer: words covered beside the sealed ones; of something confidential only sealed.

    :raises Invalid: confidential opinions among others: their answer would be read by all.
    """
    if any(one.confidential for one in opinions) and len(opinions) > 1:
        raise Invalid("Ý kiến giữ kín phải được trả lời riêng. Hãy bỏ chọn ý kiến đó, rồi mở và trả lời riêng.", "text")
    for meeting_id in dict.fromkeys(one.meeting_id for one in opinions):
        mine = [one for one in opinions if one.meeting_id == meeting_id]
        secret = any(one.confidential for one in mine)
        row = Answer(
            meeting_id=meeting_id,
            key=None,
            text="" if secret else hold.cover(meeting_id, text),
            speaker=None if secret else hold.cover(meeting_id, given_by) or None,
            given_on=given_on,
            by=hold.person.id,
        )
        hold.session.add(row)
        hold.session.flush()
        personal.keep(hold.session, hold.keys, meeting_id, "answer", row.id, "text", text)
        for one in mine:
            hold.session.add(AnswerTo(answer_id=row.id, opinion_id=one.id, told_on=told_on))
            one.answered = True
            hold.touch(one)
    hold.session.flush()


def tell(session: Session, keys: KeyRing, person: Person, ids: Sequence[int], on: date | None, today: date) -> int:
    """The people were told what was answered to opinions; how many answers that were.

    :raises Invalid: a day that cannot be.
    :raises NotFound: not in the person's scope.
    """
    hold = Hold(session, keys, person)
    opinions = hold.take(ids)
    on_day(on, [one.meeting for one in opinions], today, future=False, field="told_on")
    later = select(Answer.id).where(Answer.key.is_(None), Answer.meeting_id.in_({one.meeting_id for one in opinions}))
    told = session.execute(
        update(AnswerTo)
        .where(
            AnswerTo.opinion_id.in_([one.id for one in opinions]),
            AnswerTo.answer_id.in_(later),
            AnswerTo.told_on.is_(None),
        )
        .values(told_on=on or today),
        execution_options={"synchronize_session": False},
    )
    for one in opinions:
        hold.touch(one)
    record(session, person, "opinion.told", opinions)
    return int(told.rowcount)  # type: ignore[attr-defined]

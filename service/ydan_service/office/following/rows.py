"""Opinions as the worklist shows them: who is charged, what was sent, how late it is, what happens next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ydan.documents.wording import shorten
from ydan_service.office import settings
from ydan_service.office.following.conditions import DIRECTION, SETTLED
from ydan_service.office.following.deadlines import due_of
from ydan_service.office.leading.narrowing import OPEN
from ydan_service.store.tables import Answer, AnswerTo, Assignment, Dispatch, Dispatched, Opinion, Reply, Village

BRIEF = 220
"""Characters of an opinion in the list, at most."""


class Charged(NamedTuple):
    """A task that is not done; of a confidential opinion its words are elsewhere."""

    id: int
    body: str
    what: str
    deadline: date | None
    said: str | None


class Sent(NamedTuple):
    """A letter with the opinion in it; ``due`` is nothing before it was sent."""

    id: int
    direction: str
    addressee: str
    number: str | None
    sent_on: date | None
    due: date | None
    replies: int


class Next(NamedTuple):
    """What happens next: ``answer``, ``remind``, ``wait``, ``write``, ``send``, ``assign``, ``tell``, ``guide`` or
    ``done``; ``who`` is to act, ``day`` by when, ``late`` how many days it is behind (negative: days left)."""

    code: str
    who: str = ""
    day: date | None = None
    late: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One opinion. ``late`` days past its deadline (negative: left; None: no deadline or nothing open); ``over`` days
    past the day on which the conclusion had to answer it, while nothing else is agreed."""

    opinion: Opinion
    village: str
    charged: tuple[Charged, ...]
    sent: tuple[Sent, ...]
    untold: int
    late: int | None
    over: int | None
    next: Next

    @property
    def brief(self) -> str:
        """The covered words, short."""
        return shorten(self.opinion.text, BRIEF)


def rows_of(session: Session, opinions: Sequence[Opinion], today: date) -> list[Row]:
    """The rows of opinions, in order; a handful of questions however many there are."""
    ids = [one.id for one in opinions]
    limits = settings.read(session)
    charged, sent = _charged(session, ids), _sent(session, ids, int(limits["reply_days"]))
    untold = _untold(session, ids)
    places = {one.village_id for one in opinions} - {None}
    named = session.execute(select(Village.id, Village.name).where(Village.id.in_(places))).all() if places else ()
    villages = {id_: name for id_, name in named}  # noqa: C416 (rows are no pairs)
    return [
        _row(one, villages.get(one.village_id or 0, ""), charged.get(one.id, ()), sent.get(one.id, ()),
             untold.get(one.id, 0), today, int(limits["conclusion_days"]))
        for one in opinions
    ]  # fmt: skip


def _row(
    opinion: Opinion, village: str, charged: tuple[Charged, ...], sent: tuple[Sent, ...], untold: int, today: date,
    conclusion_days: int,
) -> Row:  # fmt: skip
    open_ = opinion.status in OPEN
    late = (today - opinion.deadline).days if open_ and opinion.deadline is not None else None
    held, over = opinion.meeting.held_on, None
    if opinion.status == "chua_tra_loi" and opinion.deadline is None and held is not None:
        over = max(0, (today - held).days - conclusion_days) or None
    return Row(
        opinion, village, charged, sent, untold, late, over, next_step(opinion.status, charged, sent, untold, today)
    )


def next_step(status: str, charged: Sequence[Charged], sent: Sequence[Sent], untold: int, today: date) -> Next:
    """What happens next.

    >>> next_step("chua_tra_loi", [], [], 0, date(2026, 3, 1)).code
    'assign'
    >>> next_step("dang_giai_quyet", [Charged(1, "Phòng Kinh tế", "", date(2026, 2, 1), None)], [], 0, date(2026, 3, 1))
    Next(code='remind', who='Phòng Kinh tế', day=datetime.date(2026, 2, 1), late=28)
    """
    if status in SETTLED:
        return Next("tell") if untold else Next("done")
    if status == "huong_dan_kn_tc":
        return Next("guide")
    due = [Next("", one.body, one.deadline, _behind(one.deadline, today)) for one in charged]
    if status in DIRECTION or sent:
        out = [one for one in sent if one.sent_on is not None and (status in DIRECTION or not one.replies)]
        if not out and status in DIRECTION:
            return Next("send", sent[0].addressee) if sent else Next("write")
        due += [Next("", one.addressee, one.due, _behind(one.due, today)) for one in out]
    if not due:
        return Next("assign") if status == "chua_tra_loi" else Next("answer")
    first = min(due, key=lambda one: (one.day is None, one.day or today))
    return first._replace(code="remind" if first.late > 0 else "wait")


def _behind(day: date | None, today: date) -> int:
    return 0 if day is None else (today - day).days


def _charged(session: Session, ids: Sequence[int]) -> dict[int, tuple[Charged, ...]]:
    found: dict[int, tuple[Charged, ...]] = {}
    rows = session.scalars(
        select(Assignment)
        .where(Assignment.opinion_id.in_(ids), Assignment.done_on.is_(None))
        .order_by(Assignment.deadline.is_(None), Assignment.deadline, Assignment.id)
    )
    for one in rows:
        task = Charged(one.id, one.body, one.what, one.deadline, one.deadline_text)
        found[one.opinion_id] = (*found.get(one.opinion_id, ()), task)
    return found


def _sent(session: Session, ids: Sequence[int], reply_days: int) -> dict[int, tuple[Sent, ...]]:
    replies = select(func.count()).where(Reply.dispatch_id == Dispatch.id).correlate(Dispatch).scalar_subquery()
    rows = session.execute(
        select(Dispatched.opinion_id, Dispatch, replies)
        .join(Dispatch, Dispatch.id == Dispatched.dispatch_id)
        .where(Dispatched.opinion_id.in_(ids))
        .order_by(Dispatch.id.desc())
    )
    found: dict[int, tuple[Sent, ...]] = {}
    for id_, one, count in rows:
        due = due_of(one.sent_on, one.due_on, reply_days)
        letter = Sent(one.id, one.direction, one.addressee, one.number, one.sent_on, due, count)
        found[id_] = (*found.get(id_, ()), letter)
    return found


def _untold(session: Session, ids: Sequence[int]) -> dict[int, int]:
    rows = session.execute(
        select(AnswerTo.opinion_id, func.count())
        .join(Answer, Answer.id == AnswerTo.answer_id)
        .where(AnswerTo.opinion_id.in_(ids), Answer.key.is_(None), AnswerTo.told_on.is_(None))
        .group_by(AnswerTo.opinion_id)
    )
    return {id_: count for id_, count in rows}  # noqa: C416

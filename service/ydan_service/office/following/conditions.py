"""The follow-up's tabs in SQL; late and soon are those of the leader's pages, so that the numbers are the same."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, or_, select

from ydan_service.office.following.bodies import variants_of
from ydan_service.office.following.deadlines import WAITING, awaited
from ydan_service.office.following.wanted import NOBODY, Wanted
from ydan_service.office.leading.conditions import late, soon
from ydan_service.office.scope import meetings_in_scope, opinions_open_to
from ydan_service.person import Person
from ydan_service.store.tables import Answer, AnswerTo, Assignment, Dispatch, Dispatched, Meeting, Opinion

SETTLED = ("da_giai_quyet", "da_giai_thich")
ANSWERED = (*SETTLED, "huong_dan_kn_tc")
STATUSES_OF = {
    "waiting": WAITING,
    "unanswered": ("chua_tra_loi",),
    "working": ("dang_giai_quyet",),
    "answered": ANSWERED,
}
"""Tabs that hold every opinion exactly once."""
DIRECTION = {"kien_nghi_cap_tren": "up", "chuyen_co_quan_khac": "sideways"}
"""Status → which way its letter goes."""


def in_tab(tab: str, today: date) -> ColumnElement[bool]:
    """A condition on :class:`Opinion`: it stands in the tab."""
    if tab in ("late", "soon"):
        return late(today) if tab == "late" else soon(today)
    return untold() if tab == "untold" else Opinion.status.in_(STATUSES_OF[tab])


def untold() -> ColumnElement[bool]:
    """Answered after the meeting, and the people do not know yet."""
    kept_back = (
        select(AnswerTo.opinion_id)
        .join(Answer, Answer.id == AnswerTo.answer_id)
        .where(Answer.key.is_(None), AnswerTo.told_on.is_(None))
    )
    return and_(Opinion.status.in_(SETTLED), Opinion.id.in_(kept_back))


def of_meetings(person: Person, wanted: Wanted) -> ColumnElement[bool]:
    """A condition on :class:`Meeting`: in scope, and as narrowed."""
    conditions = [meetings_in_scope(person)]
    if wanted.meeting is not None:
        conditions.append(Meeting.id == wanted.meeting)
    if wanted.commune is not None:
        conditions.append(Meeting.commune_id == wanted.commune)
    return and_(*conditions)


def followed(person: Person, wanted: Wanted, known: dict[str, tuple[str, ...]]) -> ColumnElement[bool]:
    """A condition on :class:`Opinion`: live, open to the person, as narrowed; ``known``: ``bodies.spellings``."""
    conditions = [Opinion.state == "live", opinions_open_to(person)]
    if wanted.meeting or wanted.commune or not person.everywhere:
        conditions.append(Opinion.meeting_id.in_(select(Meeting.id).where(of_meetings(person, wanted))))
    if wanted.body == NOBODY:
        conditions += [Opinion.id.not_in(_charged()), Opinion.id.not_in(_sent())]
    elif wanted.body:
        names = variants_of(known, wanted.body)
        mine = _charged().where(Assignment.body.in_(names)), _sent().where(Dispatch.addressee.in_(names))
        conditions.append(or_(*(Opinion.id.in_(each) for each in mine)))
    return and_(*conditions)


def _charged() -> Select[int]:
    return select(Assignment.opinion_id).where(Assignment.done_on.is_(None))


def _sent() -> Select[int]:
    return (
        select(Dispatched.opinion_id)
        .join(Dispatch, Dispatch.id == Dispatched.dispatch_id)
        .join(Opinion, Opinion.id == Dispatched.opinion_id)
        .where(awaited())
    )

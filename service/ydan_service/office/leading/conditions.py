"""A narrowing in SQL: the same conditions for a count and for the list behind it."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, Text, and_, cast, or_, select
from sqlalchemy.orm import aliased

from ydan.taxonomy import load_taxonomy
from ydan.text import fold
from ydan_service.office.leading.narrowing import NONE, OPEN, SOON, Narrowing
from ydan_service.office.scope import meetings_in_scope
from ydan_service.person import Person
from ydan_service.store.tables import Assignment, Dispatch, Dispatched, Meeting, Opinion, RaisedBefore

PROMISED = ("dang_giai_quyet", "da_giai_quyet")
"""What an earlier session said of a matter, so that raising it again means that something was not kept."""
_LABELS = ("topic", "matter", "type", "level", "body", "urgency")


def meetings_meant(narrowing: Narrowing, person: Person) -> ColumnElement[bool]:
    """A condition on :class:`Meeting`: in the person's scope, in the period, of the commune."""
    wanted = [meetings_in_scope(person)]
    if narrowing.undated:
        wanted.append(Meeting.held_on.is_(None))
    if narrowing.start is not None:
        wanted.append(Meeting.held_on >= narrowing.start)
    if narrowing.end is not None:
        wanted.append(Meeting.held_on <= narrowing.end)
    if narrowing.commune is not None:
        wanted.append(Meeting.commune_id == narrowing.commune)
    if narrowing.meeting is not None:
        wanted.append(Meeting.id == narrowing.meeting)
    return and_(*wanted)


def opinions_meant(narrowing: Narrowing, person: Person, today: date) -> ColumnElement[bool]:
    """A condition on :class:`Opinion`: live, not confidential (those are never listed here), and as narrowed."""
    wanted: list[ColumnElement[bool]] = [
        Opinion.state == "live",
        Opinion.confidential.is_(False),
        Opinion.meeting_id.in_(select(Meeting.id).where(meetings_meant(narrowing, person))),
    ]
    for name in _LABELS:
        value = getattr(narrowing, name)
        if value is not None:
            column = getattr(Opinion, name)
            wanted.append(column.is_(None) if value == NONE else column == value)
    for name in ("escalate", "transfer"):
        if (flag := getattr(narrowing, name)) is not None:
            wanted.append(getattr(Opinion, name).is_(flag))
    if narrowing.sent is not None:
        wanted.append(sent_up() if narrowing.sent else ~sent_up())
    if narrowing.status is not None:
        wanted.append(Opinion.status == narrowing.status)
    if narrowing.open:
        wanted.append(Opinion.status.in_(OPEN))
    if narrowing.above:
        wanted.append(above_host())
    if narrowing.code is not None:
        wanted += [has_code(narrowing.code), Opinion.escalate.is_(True)]
    if narrowing.village is not None:
        wanted.append(Opinion.village_id == narrowing.village if narrowing.village else Opinion.village_id.is_(None))
    if narrowing.reviewed is not None:
        wanted.append(Opinion.reviewed_at.is_not(None) if narrowing.reviewed else Opinion.reviewed_at.is_(None))
    if narrowing.late:
        wanted.append(late(today))
    if narrowing.soon:
        wanted.append(soon(today))
    if narrowing.returning is not None:
        wanted.append(returning(promised=narrowing.returning == "promised"))
    wanted += [Opinion.plain.contains(word, autoescape=True) for word in fold(narrowing.q).split()]
    return and_(*wanted)


def late(today: date) -> ColumnElement[bool]:
    """Past its deadline and not settled."""
    return and_(Opinion.deadline < today, Opinion.status.in_(OPEN))


def soon(today: date) -> ColumnElement[bool]:
    """Due within the next days, today among them, and not settled."""
    return and_(Opinion.deadline.between(today, today + timedelta(days=SOON)), Opinion.status.in_(OPEN))


def above_host() -> ColumnElement[bool]:
    """The level that is competent outranks the one that held the meeting."""
    taxonomy = load_taxonomy()
    either = []
    for host in taxonomy.levels:
        higher = [level for level in taxonomy.levels if taxonomy.is_above(level, host)]
        if higher:
            held = select(Meeting.id).where(Meeting.host_level == host)
            either.append(and_(Opinion.level.in_(higher), Opinion.meeting_id.in_(held)))
    return or_(*either)


def sent_up() -> ColumnElement[bool]:
    """A letter to a higher level about it has gone out."""
    gone = (
        select(Dispatched.opinion_id)
        .join(Dispatch, Dispatch.id == Dispatched.dispatch_id)
        .where(Dispatch.direction == "up", Dispatch.sent_on.is_not(None))
    )
    return Opinion.id.in_(gone)


def has_code(code: str) -> ColumnElement[bool]:
    """The reason is among the codes: JSON is text in both databases, and an id stands there in quotes."""
    return cast(Opinion.codes, Text).contains(f'"{code}"', autoescape=True)


def returning(*, promised: bool) -> ColumnElement[bool]:
    """An earlier session heard it; ``promised``: and then it was in work, called settled or charged to somebody."""
    earlier = aliased(Opinion)
    asked = (
        select(RaisedBefore.opinion_id)
        .join(earlier, earlier.id == RaisedBefore.earlier_id)
        .where(earlier.confidential.is_(False), earlier.state == "live")
    )
    if promised:
        charged = select(Assignment.opinion_id)
        asked = asked.where(or_(earlier.status.in_(PROMISED), earlier.id.in_(charged)))
    return Opinion.id.in_(asked)

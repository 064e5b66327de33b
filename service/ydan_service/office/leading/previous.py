"""The time to compare with: the session before one session, the stretch before a stretch of time."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ydan_service.office.leading.conditions import meetings_meant
from ydan_service.office.leading.narrowing import Narrowing
from ydan_service.office.scope import meetings_in_scope
from ydan_service.person import Person
from ydan_service.store.tables import Meeting

_UNREAD = ("reading", "failed")


def find_previous(session: Session, person: Person, narrowing: Narrowing, today: date) -> Narrowing | None:
    """The same narrowing of the time before; None where there is none (no beginning or no end, a first session).

    Of a session it is the commune's last one before it, of the same kind.
    """
    if narrowing.meeting is not None:
        return _session_before(session, person, narrowing)
    stretch = stretch_before(narrowing.start, narrowing.end, today)
    return None if stretch is None or narrowing.undated else narrowing.but(start=stretch[0], end=stretch[1])


def stretch_before(start: date | None, end: date | None, today: date) -> tuple[date, date] | None:
    """As many days just before; of whole months as many months, and no more of them than has passed by ``today``.

    >>> stretch_before(date(2026, 7, 1), date(2026, 9, 30), date(2026, 11, 20))
    (datetime.date(2026, 4, 1), datetime.date(2026, 6, 30))
    >>> stretch_before(date(2026, 10, 1), date(2026, 12, 31), date(2026, 11, 20))
    (datetime.date(2026, 7, 1), datetime.date(2026, 8, 20))
    >>> stretch_before(date(2026, 11, 11), date(2026, 11, 20), date(2026, 11, 20))
    (datetime.date(2026, 11, 1), datetime.date(2026, 11, 10))
    """
    if start is None or end is None or end == date.max:
        return None
    months = _whole_months(start, end)
    try:
        if months is None:
            return start - (end - start) - timedelta(days=1), start - timedelta(days=1)
        began = _shifted(start, -months)
    except (ValueError, OverflowError):  # before the calendar
        return None
    passed = began + (today - start)
    last = start - timedelta(days=1)
    return began, min(last, passed) if start <= today <= end else last


def count_sessions(session: Session, person: Person, narrowing: Narrowing) -> int:
    """How many sessions are meant and read."""
    where = meetings_meant(narrowing, person), Meeting.stage.not_in(_UNREAD)
    return session.scalar(select(func.count()).select_from(Meeting).where(*where)) or 0


def _session_before(session: Session, person: Person, narrowing: Narrowing) -> Narrowing | None:
    here = session.scalar(select(Meeting).where(Meeting.id == narrowing.meeting, meetings_in_scope(person)))
    if here is None or here.held_on is None:
        return None
    earlier = (Meeting.held_on < here.held_on) | ((Meeting.held_on == here.held_on) & (Meeting.id < here.id))
    found = session.scalar(
        select(Meeting.id)
        .where(
            Meeting.commune_id == here.commune_id,
            Meeting.meeting_type == here.meeting_type,
            Meeting.stage.not_in(_UNREAD),
            earlier,
        )
        .order_by(Meeting.held_on.desc(), Meeting.id.desc())
        .limit(1)
    )
    return None if found is None else narrowing.but(meeting=found)


def _whole_months(start: date, end: date) -> int | None:
    after = end + timedelta(days=1)
    if start.day != 1 or after.day != 1 or after <= start:
        return None
    return (after.year - start.year) * 12 + after.month - start.month


def _shifted(first: date, months: int) -> date:
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)

"""The audit log for people: filtered, page by page, the latest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from ydan_service.errors import Forbidden
from ydan_service.person import Person
from ydan_service.store.tables import AuditEvent, Commune
from ydan_service.store.tables.base import VIETNAM

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines: ``action`` and ``subject`` by how they begin, days as in Vietnam, both included."""

    who: str = ""
    action: str = ""
    subject: str = ""
    subject_id: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """One page of them; ``actions`` are those that there are, for the filter."""

    events: Sequence[AuditEvent]
    page: int
    pages: int
    count: int
    actions: Sequence[str]


def require_whole_office(session: Session, person: Person) -> None:
    """The log does not know communes, so that only those who work for all of them may read it.

    :raises Forbidden: there is a commune outside of the person's scope.
    """
    if person.everywhere:
        return
    outside = session.scalar(select(Commune.id).where(Commune.id.not_in(person.communes)).limit(1))
    if outside is not None or not person.communes:
        raise Forbidden("Phần này gồm mọi xã, phường của văn phòng; tài khoản của anh/chị chỉ được giao một phần.")


def read(session: Session, wanted: Wanted, page: int) -> Lines:
    """A page of the log; a page beyond the end is the last one."""
    conditions = _conditions(wanted)
    count = session.scalar(select(func.count()).select_from(AuditEvent).where(*conditions)) or 0
    pages = max(1, -(-count // PER_PAGE))
    page = min(max(1, page), pages)
    events = session.scalars(
        select(AuditEvent).where(*conditions).order_by(AuditEvent.id.desc())
        .limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    ).all()  # fmt: skip
    actions = session.scalars(select(AuditEvent.action).distinct().order_by(AuditEvent.action)).all()
    return Lines(events, page, pages, count, actions)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.who:
        found.append(AuditEvent.username == wanted.who.strip().lower())
    if wanted.action:
        found.append(AuditEvent.action.startswith(wanted.action, autoescape=True))
    if wanted.subject:
        found.append(AuditEvent.subject == wanted.subject)
    if wanted.subject_id:
        found.append(AuditEvent.subject_id == wanted.subject_id.strip())
    if wanted.first is not None:
        found.append(AuditEvent.at >= _midnight(wanted.first))
    if wanted.last is not None and wanted.last < date.max:
        found.append(AuditEvent.at < _midnight(wanted.last + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(max(day, date(1900, 1, 1)), time(), VIETNAM)

"""The list of meetings with what counts of each: two questions a page, however many meetings there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session, joinedload

from ydan_service.office.leading.conditions import late
from ydan_service.office.scope import communes_in_scope, meetings_in_scope
from ydan_service.person import Person
from ydan_service.store.tables import Commune, Job, Meeting, Opinion

PAGE = 25


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which meetings; None and empty: all of them."""

    commune: int | None = None
    since: date | None = None
    until: date | None = None
    stage: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """Live opinions of a meeting; confidential ones are counted like all others, that tells nothing of them."""

    opinions: int = 0
    reviewed: int = 0
    up: int = 0
    late: int = 0

    @property
    def share(self) -> float | None:
        """Reviewed of all, 0 to 1; None without opinions."""
        return self.reviewed / self.opinions if self.opinions else None


@dataclass(frozen=True, slots=True)
class Line:
    """A meeting in the list; ``job`` is the reading under way or failed, if it is not read."""

    meeting: Meeting
    counts: Counts
    job: Job | None


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the list; ``page`` from 1 to ``pages``, ``total`` meetings in all."""

    lines: list[Line]
    page: int
    pages: int
    total: int


def list_meetings(session: Session, person: Person, wanted: Wanted, page: int, today: date) -> Listed:
    """The meetings in scope, newest first; those without a date, which need somebody, before all."""
    where = [meetings_in_scope(person), *_conditions(wanted)]
    total = session.scalar(select(func.count()).select_from(Meeting).where(*where)) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    meetings = session.scalars(
        select(Meeting)
        .options(joinedload(Meeting.commune))
        .where(*where)
        .order_by(case((Meeting.held_on.is_(None), 0), else_=1), Meeting.held_on.desc(), Meeting.id.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()
    counts = count_opinions(session, [meeting.id for meeting in meetings], today)
    jobs = latest_jobs(session, [meeting.id for meeting in meetings if meeting.stage in ("reading", "failed")])
    lines = [Line(meeting, counts.get(meeting.id, Counts()), jobs.get(meeting.id)) for meeting in meetings]
    return Listed(lines, page, pages, total)


def count_opinions(session: Session, meetings: list[int], today: date) -> dict[int, Counts]:
    """Meeting → its counts; one without opinions is absent."""
    rows = session.execute(
        select(
            Opinion.meeting_id,
            func.count(),
            _sum(Opinion.reviewed_at.is_not(None)),
            _sum(Opinion.escalate.is_(True)),
            _sum(late(today)),
        )
        .where(Opinion.meeting_id.in_(meetings), Opinion.state == "live")
        .group_by(Opinion.meeting_id)
    )
    return {id_: Counts(count, int(reviewed), int(up), int(behind)) for id_, count, reviewed, up, behind in rows}


def latest_jobs(session: Session, meetings: list[int]) -> dict[int, Job]:
    """Meeting → the last job of reading it."""
    jobs = session.scalars(select(Job).where(Job.meeting_id.in_(meetings), Job.kind == "read").order_by(Job.id))
    return {job.meeting_id: job for job in jobs if job.meeting_id is not None}


def communes_of(session: Session, person: Person) -> list[Commune]:
    """The communes that the person works for, by name."""
    return list(session.scalars(select(Commune).where(communes_in_scope(person)).order_by(Commune.name)))


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.commune is not None:
        found.append(Meeting.commune_id == wanted.commune)
    if wanted.since is not None:
        found.append(Meeting.held_on >= wanted.since)
    if wanted.until is not None:
        found.append(Meeting.held_on <= wanted.until)
    if wanted.stage:
        found.append(Meeting.stage == wanted.stage)
    if wanted.type:
        found.append(Meeting.meeting_type == wanted.type)
    return found


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((and_(condition), 1), else_=0))

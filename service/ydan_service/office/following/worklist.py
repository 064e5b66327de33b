"""The worklist: how many opinions stand in each tab, and a page of one with what happens next to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session, joinedload

from ydan_service.office.following import bodies
from ydan_service.office.following.conditions import followed, in_tab, of_meetings
from ydan_service.office.following.rows import Row, rows_of
from ydan_service.office.following.wanted import TABS, Wanted
from ydan_service.office.meetings.listing import communes_of
from ydan_service.office.scope import opinions_open_to
from ydan_service.person import Person
from ydan_service.store.tables import Commune, Meeting, Opinion

PAGE = 25


@dataclass(frozen=True, slots=True)
class Worklist:
    """One page of one tab. ``counts`` is by tab, ``hidden`` how many confidential opinions the person may not read."""

    wanted: Wanted
    counts: Mapping[str, int]
    hidden: int
    rows: Sequence[Row]
    page: int
    pages: int
    bodies: list[tuple[str, str]]
    meetings: list[tuple[int, str]]
    communes: list[Commune]


def look(session: Session, person: Person, wanted: Wanted, page: int, today: date) -> Worklist:
    """The page; without a tab the first one that has something to do."""
    known = bodies.spellings(session, person)
    where = followed(person, wanted, known)
    counts = _counts(session, where, today)
    if not wanted.tab:
        wanted = wanted.but(tab=next((tab for tab in TABS if counts[tab]), TABS[0]))
    pages = max(1, -(-counts[wanted.tab] // PAGE))
    page = min(max(page, 1), pages)
    found = _page(session, where, wanted.tab, page, today)
    return Worklist(
        wanted, counts, _hidden(session, person, wanted), rows_of(session, found, today), page, pages,
        bodies.choices(known), _meetings(session, person, wanted), communes_of(session, person),
    )  # fmt: skip


def _page(session: Session, where: ColumnElement[bool], tab: str, page: int, today: date) -> list[Opinion]:
    """The opinions of one page; sorted by ids alone, for whole rows are heavy to sort."""
    ids = session.scalars(
        select(Opinion.id)
        .join(Meeting, Meeting.id == Opinion.meeting_id)
        .where(where, in_tab(tab, today))
        .order_by(*_order(tab))
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()
    loaded = joinedload(Opinion.meeting).joinedload(Meeting.commune)
    found = {one.id: one for one in session.scalars(select(Opinion).options(loaded).where(Opinion.id.in_(ids)))}
    return [found[id_] for id_ in ids]


def _counts(session: Session, where: ColumnElement[bool], today: date) -> dict[str, int]:
    sums = [func.coalesce(func.sum(case((in_tab(tab, today), 1), else_=0)), 0) for tab in TABS]
    found = session.execute(select(*sums).select_from(Opinion).where(where)).one()
    return {tab: int(count) for tab, count in zip(TABS, found, strict=True)}


def _order(tab: str) -> tuple[ColumnElement[object], ...]:
    """What burns first: the longest overdue, the longest unanswered; what is done, the latest."""
    last = (Meeting.held_on.desc(),) if tab == "answered" else (Meeting.held_on.asc(),)
    first = (Opinion.deadline.asc(),) if tab in ("late", "soon") else ()
    return (*first, *last, Opinion.meeting_id, Opinion.position, Opinion.id)


def _hidden(session: Session, person: Person, wanted: Wanted) -> int:
    """Confidential opinions of the meetings meant that are closed to the person: only that they are there."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Opinion)
            .join(Meeting, Meeting.id == Opinion.meeting_id)
            .where(
                Opinion.state == "live", Opinion.confidential, ~opinions_open_to(person), of_meetings(person, wanted)
            )
        )
        or 0
    )


def _meetings(session: Session, person: Person, wanted: Wanted) -> list[tuple[int, str]]:
    """Meetings to choose from: those of the commune that is chosen, newest first."""
    rows = session.execute(
        select(Meeting.id, Meeting.held_on, Meeting.title, Commune.name)
        .join(Commune, Commune.id == Meeting.commune_id)
        .where(of_meetings(person, Wanted(commune=wanted.commune)), Meeting.stage.not_in(("reading", "failed")))
        .order_by(Meeting.held_on.desc(), Meeting.id.desc())
    )
    return [(id_, f"{day:%d/%m/%Y} · {name}" if day else f"{title or id_} · {name}") for id_, day, title, name in rows]

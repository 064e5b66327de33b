"""The opinions behind a figure, a page at a time: covered words, labels as they stand, what calls for attention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from ydan.rules import URGENCIES
from ydan.taxonomy import load_taxonomy
from ydan_service.office.leading.conditions import meetings_meant, opinions_meant
from ydan_service.office.leading.narrowing import OPEN, SOON, Narrowing
from ydan_service.person import Person
from ydan_service.store.tables import AlikeMember, Commune, Meeting, Opinion, RaisedBefore, Village

PAGE = 50
_AT_ONCE = 1_000
"""Ids in one question: a database takes only so many values."""
SORTS = ("newest", "oldest", "deadline", "urgency", "topic")
_COLUMNS = (
    Opinion.id, Opinion.text, Opinion.topic, Opinion.topic_confidence, Opinion.matter, Opinion.type, Opinion.level,
    Opinion.body, Opinion.escalate, Opinion.transfer, Opinion.urgency, Opinion.codes, Opinion.status, Opinion.deadline,
    Opinion.reviewed_at, Opinion.place, Meeting.id.label("meeting_id"), Meeting.title.label("meeting_title"),
    Meeting.held_on, Commune.name.label("commune"), Village.name.label("village"),
)  # fmt: skip
_WHOLE = (
    select(*_COLUMNS)
    .join(Meeting, Meeting.id == Opinion.meeting_id)
    .join(Commune, Commune.id == Meeting.commune_id)
    .outerjoin(Village, Village.id == Opinion.village_id)
)


@dataclass(frozen=True, slots=True)
class Line:
    """An opinion in the list, never a confidential one; ``text`` is covered.

    ``before``: how many earlier opinions said the same; ``alike``: how many of its meeting do, itself among them, 0
    where it stands alone. ``left`` are the days to the deadline while something is owed.
    """

    id: int
    text: str
    topic: str | None
    topic_confidence: float | None
    matter: str | None
    type: str | None
    level: str | None
    body: str | None
    escalate: bool
    transfer: bool
    urgency: str | None
    codes: tuple[str, ...]
    status: str
    deadline: date | None
    reviewed_at: datetime | None
    place: str
    meeting_id: int
    meeting_title: str
    held_on: date | None
    commune: str
    village: str | None
    before: int
    alike: int
    left: int | None

    @property
    def late(self) -> bool:
        """Past its deadline, and something is owed."""
        return self.left is not None and self.left < 0

    @property
    def soon(self) -> bool:
        """Due within the next days."""
        return self.left is not None and 0 <= self.left <= SOON


@dataclass(frozen=True, slots=True)
class Listed:
    """One page; ``page`` from 1 to ``pages``, ``total`` opinions in all.

    ``hidden``: confidential opinions of the same meetings, whatever their labels: those would tell of them.
    """

    lines: tuple[Line, ...]
    page: int
    pages: int
    total: int
    hidden: int


def list_opinions(
    session: Session, person: Person, narrowing: Narrowing, today: date, *, sort: str = "newest", page: int = 1
) -> Listed:
    """The opinions meant; a page beyond the last is the last."""
    total = count_opinions(session, person, narrowing, today)
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    ids = _in_order(session, person, narrowing, today, sort, page) if total else []
    return Listed(lines_of(session, ids, today), page, pages, total, count_hidden(session, person, narrowing))


def all_opinions(
    session: Session, person: Person, narrowing: Narrowing, today: date, *, sort: str = "newest"
) -> tuple[Line, ...]:
    """Every opinion meant, for a file."""
    return lines_of(session, _in_order(session, person, narrowing, today, sort), today)


def count_opinions(session: Session, person: Person, narrowing: Narrowing, today: date) -> int:
    """How many are meant."""
    where = opinions_meant(narrowing, person, today)
    return session.scalar(select(func.count()).select_from(Opinion).where(where)) or 0


def count_hidden(session: Session, person: Person, narrowing: Narrowing) -> int:
    """Confidential opinions of the meetings meant; no label narrows this count, for it would give the label away."""
    meetings = select(Meeting.id).where(meetings_meant(narrowing, person))
    where = Opinion.state == "live", Opinion.confidential.is_(True), Opinion.meeting_id.in_(meetings)
    return session.scalar(select(func.count()).select_from(Opinion).where(*where)) or 0


def _in_order(
    session: Session, person: Person, narrowing: Narrowing, today: date, sort: str, page: int = 0
) -> list[int]:
    """The ids, of one page or (0) of all. Sorting ids alone spares the database from carrying the words about."""
    asked = select(Opinion.id).join(Meeting).where(opinions_meant(narrowing, person, today)).order_by(*_order(sort))
    if page:
        asked = asked.limit(PAGE).offset((page - 1) * PAGE)
    return list(session.scalars(asked))


def _order(sort: str) -> tuple[Any, ...]:
    """Always to the last tie, so that no opinion is on two pages or on none."""
    undated = Meeting.held_on.is_(None)
    newest = (undated, Meeting.held_on.desc(), Meeting.id.desc(), Opinion.position, Opinion.id)
    if sort == "oldest":
        return (undated, Meeting.held_on, Meeting.id, Opinion.position, Opinion.id)
    if sort == "deadline":
        return (Opinion.status.not_in(OPEN), Opinion.deadline.is_(None), Opinion.deadline, *newest)
    if sort == "urgency":
        return (_ranked(Opinion.urgency, URGENCIES), Opinion.escalate.desc(), *newest)
    if sort == "topic":
        return (
            _ranked(Opinion.topic, load_taxonomy().topics),
            _ranked(Opinion.matter, load_taxonomy().matters),
            *newest,
        )
    return newest


def _ranked(column: Any, ids: Iterable[str]) -> ColumnElement[int]:
    return case({id_: at for at, id_ in enumerate(ids)}, value=column, else_=1_000)


def lines_of(session: Session, ids: Sequence[int], today: date) -> tuple[Line, ...]:
    """The opinions of these ids, in their order; the caller knows that the person may see them."""
    made: dict[int, Line] = {}
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        before, alike = _before(session, part), _alike(session, part)
        for row in session.execute(_WHOLE.where(Opinion.id.in_(part))):
            values = dict(row._mapping)
            values["codes"] = tuple(values["codes"] or ())
            owed = row.deadline is not None and row.status in OPEN
            left = (row.deadline - today).days if owed else None
            made[row.id] = Line(**values, before=before.get(row.id, 0), alike=alike.get(row.id, 0), left=left)
    return tuple(made[id_] for id_ in ids)


def _before(session: Session, ids: Sequence[int]) -> Counter[int]:
    """Opinion → how many earlier ones that may be told of said the same."""
    asked = select(RaisedBefore.opinion_id, RaisedBefore.earlier_id).where(RaisedBefore.opinion_id.in_(ids))
    pairs = session.execute(asked).all()
    told = _told(session, {pair.earlier_id for pair in pairs})
    return Counter(pair.opinion_id for pair in pairs if pair.earlier_id in told)


def _alike(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """Opinion → how many live ones its group of the meeting has; what stands alone is absent."""
    groups = select(AlikeMember.group_id).where(AlikeMember.opinion_id.in_(ids))
    asked = select(AlikeMember.group_id, AlikeMember.opinion_id).where(AlikeMember.group_id.in_(groups))
    members: dict[int, set[int]] = {}
    for group_id, opinion_id in session.execute(asked):
        members.setdefault(group_id, set()).add(opinion_id)
    told = _told(session, set().union(*members.values()))
    sizes: dict[int, int] = {}
    for group in members.values():
        here = group & told
        sizes |= {id_: max(len(here), sizes.get(id_, 0)) for id_ in here}
    return {id_: size for id_, size in sizes.items() if size > 1}


def _told(session: Session, ids: set[int]) -> set[int]:
    """Those that are live and not confidential."""
    found: set[int] = set()
    ordered = sorted(ids)
    for start in range(0, len(ordered), _AT_ONCE):
        part = Opinion.id.in_(ordered[start : start + _AT_ONCE])
        rows = session.execute(select(Opinion.id, Opinion.state, Opinion.confidential).where(part))
        found |= {row.id for row in rows if row.state == "live" and not row.confidential}
    return found

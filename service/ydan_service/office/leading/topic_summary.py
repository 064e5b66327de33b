"""A topic in a stretch of time: how many, of where, how far they have come, the main matters, who speaks for them.

Confidential opinions are in none of these counts: a count by topic would tell of theirs. How many there are of all
topics together is said beside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ydan.features.vocabulary import Vocabulary
from ydan.taxonomy import load_taxonomy
from ydan_service.errors import NotFound
from ydan_service.office.leading.conditions import late, opinions_meant
from ydan_service.office.leading.counting import one
from ydan_service.office.leading.listing import Line, count_hidden, count_opinions, lines_of
from ydan_service.office.leading.narrowing import NONE, OPEN, Narrowing
from ydan_service.office.leading.previous import count_sessions, find_previous
from ydan_service.office.leading.representative import Candidate, choose
from ydan_service.person import Person
from ydan_service.store.tables import STATUSES, Meeting, Opinion

REPRESENTATIVES = 3


class Share(NamedTuple):
    """How many of a label, and their part of the topic; ``id`` is ``none`` where there is no label."""

    id: str
    n: int
    share: float


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter of the topic; ``open`` are those for which something is owed, ``villages`` those that raised it."""

    id: str
    count: int
    share: float
    villages: int
    open: int
    late: int


@dataclass(frozen=True, slots=True)
class Before:
    """The time before: its narrowing (of the topic), how many there were, at how many sessions."""

    narrowing: Narrowing
    count: int
    sessions: int


@dataclass(frozen=True, slots=True)
class Summary:
    """``narrowing`` means exactly the ``count`` opinions; ``whole`` the ``whole_count`` of all topics.

    ``unplaced``: of no known village. ``sessions`` are all that were held, ``heard`` those at which the topic came up.
    """

    topic: str
    narrowing: Narrowing
    whole: Narrowing
    count: int
    whole_count: int
    villages: int
    unplaced: int
    communes: int
    heard: int
    sessions: int
    statuses: tuple[Share, ...]
    types: tuple[Share, ...]
    matters: tuple[Matter, ...]
    late: int
    up: int
    at_once: int
    above: int
    returning: int
    unreviewed: int
    hidden: int
    before: Before | None
    representatives: tuple[Line, ...]

    @property
    def share(self) -> float | None:
        """The topic's part of all opinions."""
        return self.count / self.whole_count if self.whole_count else None

    @property
    def open(self) -> int:
        """Those for which something is owed."""
        return sum(each.n for each in self.statuses if each.id in OPEN)

    @property
    def difference(self) -> int | None:
        """How many more than in the time before."""
        return None if self.before is None else self.count - self.before.count


class _Cell(NamedTuple):
    meeting: int
    commune: int
    host: str
    matter: str | None
    type: str | None
    level: str | None
    status: str
    village: int | None
    up: bool
    urgency: str | None
    unreviewed: int
    late: int
    n: int


def summarise(
    session: Session, person: Person, topic: str, period: Narrowing, today: date, vocabulary: Vocabulary
) -> Summary:
    """The topic in the sessions of ``period``; what else a narrowing may say does not count here.

    :raises NotFound: there is no such topic.
    """
    check_topic(topic)
    meant = period.but(topic=topic)
    cells = _cells(session, person, meant, today)
    count = _n(cells)
    previous = find_previous(session, person, meant, today)
    before = None
    if previous is not None:
        heard = count_opinions(session, person, previous, today)
        before = Before(previous, heard, count_sessions(session, person, previous))
    statuses = {each.id: each for each in _shares(cells, lambda cell: cell.status)}
    return Summary(
        topic=topic,
        narrowing=meant,
        whole=period,
        count=count,
        whole_count=count_opinions(session, person, period, today),
        villages=len({cell.village for cell in cells} - {None}),
        unplaced=_n(cell for cell in cells if cell.village is None),
        communes=len({cell.commune for cell in cells}),
        heard=len({cell.meeting for cell in cells}),
        sessions=count_sessions(session, person, period),
        statuses=tuple(statuses[status] for status in STATUSES if status in statuses),
        types=_shares(cells, lambda cell: cell.type),
        matters=_matters(cells),
        late=_n(cell for cell in cells if cell.late),
        up=_n(cell for cell in cells if cell.up),
        at_once=_n(cell for cell in cells if cell.up and cell.urgency == "immediate"),
        above=_n(cell for cell in cells if _is_above(cell)),
        returning=count_opinions(session, person, meant.but(returning="any"), today) if count else 0,
        unreviewed=_n(cell for cell in cells if cell.unreviewed),
        hidden=count_hidden(session, person, period),
        before=before,
        representatives=_representatives(session, person, meant, today, vocabulary) if count else (),
    )


def check_topic(topic: str) -> None:
    """Whether there is such a topic, or it is ``none``.

    :raises NotFound: there is not.
    """
    if topic != NONE and topic not in load_taxonomy().topics:
        raise NotFound("Không có lĩnh vực này. Hãy chọn trong danh sách lĩnh vực.")


def _cells(session: Session, person: Person, meant: Narrowing, today: date) -> list[_Cell]:
    keys = (
        Opinion.meeting_id, Meeting.commune_id, Meeting.host_level, Opinion.matter, Opinion.type, Opinion.level,
        Opinion.status, Opinion.village_id, Opinion.escalate, Opinion.urgency, one(Opinion.reviewed_at.is_(None)),
        one(late(today)),
    )  # fmt: skip
    asked = select(*keys, func.count()).join(Meeting, Meeting.id == Opinion.meeting_id)
    rows = session.execute(asked.where(opinions_meant(meant, person, today)).group_by(*keys))
    return [_Cell._make(row) for row in rows]


def _representatives(
    session: Session, person: Person, meant: Narrowing, today: date, vocabulary: Vocabulary
) -> tuple[Line, ...]:
    where = opinions_meant(meant, person, today)
    columns = Opinion.id, Opinion.text, Opinion.plain, Opinion.matter, Opinion.reviewed_at
    candidates = [
        Candidate(row.id, row.plain, row.matter, row.text.lower() != row.plain, row.reviewed_at is not None)
        for row in session.execute(select(*columns).where(where))
    ]
    return lines_of(session, choose(candidates, vocabulary, REPRESENTATIVES), today)


def _matters(cells: Sequence[_Cell]) -> tuple[Matter, ...]:
    """The commonest first, those of no matter last."""
    parts: dict[str, list[_Cell]] = {}
    for cell in cells:
        parts.setdefault(cell.matter or NONE, []).append(cell)
    found = []
    for id_, count, share in _shares(cells, lambda cell: cell.matter):
        mine = parts[id_]
        villages = len({cell.village for cell in mine} - {None})
        owed = _n(cell for cell in mine if cell.status in OPEN)
        found.append(Matter(id_, count, share, villages, owed, _n(cell for cell in mine if cell.late)))
    return tuple(sorted(found, key=lambda matter: matter.id == NONE))


def _shares(cells: Iterable[_Cell], label: Callable[[_Cell], Any]) -> tuple[Share, ...]:
    """The commonest first; of equal ones in the order of their ids."""
    counts: dict[str, int] = {}
    for cell in cells:
        id_ = label(cell) or NONE
        counts[id_] = counts.get(id_, 0) + cell.n
    total = sum(counts.values())
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Share(id_, count, count / total) for id_, count in ordered)


def _is_above(cell: _Cell) -> bool:
    taxonomy = load_taxonomy()
    known = cell.level in taxonomy.levels and cell.host in taxonomy.levels
    return known and taxonomy.is_above(str(cell.level), cell.host)


def _n(cells: Iterable[_Cell]) -> int:
    return sum(cell.n for cell in cells)

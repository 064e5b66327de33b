"""Counts by topic, level, status and session, each with the part that nobody has reviewed yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from ydan.measured import NO, YES, Confusion, Measured
from ydan.opinion import DISTRICTS_ENDED
from ydan.taxonomy import load_taxonomy
from ydan_service.office.leading.conditions import opinions_meant
from ydan_service.office.leading.correcting import Estimate
from ydan_service.office.leading.counting import Cell, Kind, count_cells, count_kinds, parts
from ydan_service.office.leading.estimating import estimate, without
from ydan_service.office.leading.held import Sessions
from ydan_service.office.leading.narrowing import NONE, Narrowing
from ydan_service.person import Person
from ydan_service.store.tables import STATUSES

FEW = 5
"""Below so many opinions a figure is marked: it says what was heard, not how things stand."""


@dataclass(frozen=True, slots=True)
class Figure:
    """``count`` opinions with the label ``id`` (``none``: without one), ``unreviewed`` of them by the model alone.

    ``estimate`` is the count corrected for the model's known error, None where all was reviewed or nothing is known.
    """

    id: str
    count: int
    unreviewed: int = 0
    estimate: Estimate | None = None

    @property
    def few(self) -> bool:
        """Whether the number is small, and to be marked as such."""
        return 0 < self.count < FEW

    @property
    def corrected(self) -> bool:
        """Whether the estimate says anything that the count does not."""
        return self.estimate is not None and self.estimate.shown != (self.count,) * 3


class Line(NamedTuple):
    """Counts of one session, or of several together."""

    opinions: int = 0
    unreviewed: int = 0
    up: int = 0
    late: int = 0

    def plus(self, other: Line) -> Line:
        """Both together."""
        return Line(*(a + b for a, b in zip(self, other, strict=True)))


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything but the topics; ``levels`` and ``statuses`` stand in their own order.

    ``up`` are those that go up, ``above`` those beyond the host's competence, ``by_session``: meeting's id → counts.
    """

    total: Line
    levels: tuple[Figure, ...]
    statuses: tuple[Figure, ...]
    up: Figure
    above: int
    late: int
    soon: int
    by_session: Mapping[int, Line]
    cells: tuple[Cell, ...]


def count_figures(
    session: Session, person: Person, narrowing: Narrowing, sessions: Sessions, today: date, measured: Measured | None
) -> Figures:
    """Count the opinions that are meant."""
    where = opinions_meant(narrowing, person, today)
    cells, kinds = count_cells(session, where, today), count_kinds(session, where, today)
    known = measured.confusions if measured is not None else {}
    by_session = _lines(cells)
    total = Line()
    for line in by_session.values():
        total = total.plus(line)
    statuses = parts(kinds, lambda kind: kind.status)
    ups = parts(kinds, lambda kind: YES if kind.up else NO)
    return Figures(
        total,
        _levels(kinds, sessions, known.get("level")),
        tuple(Figure(status, *statuses[status]) for status in STATUSES if status in statuses),
        Figure("up", *ups.get(YES, (0, 0)), estimate(known.get("escalation"), ups).get(YES)),
        sum(kind.n for kind in kinds if _is_above(kind)),
        sum(kind.n for kind in kinds if kind.late),
        sum(kind.n for kind in kinds if kind.soon),
        by_session,
        tuple(cells),
    )


def _lines(cells: Sequence[Cell]) -> dict[int, Line]:
    found: dict[int, list[int]] = {}
    for meeting, _topic, unreviewed, n, up, late in cells:
        line = found.setdefault(meeting, [0, 0, 0, 0])
        line[0] += n
        line[1] += n * unreviewed
        line[2] += up
        line[3] += late
    return {meeting: Line(*line) for meeting, line in found.items()}


def _levels(kinds: Sequence[Kind], sessions: Sessions, table: Confusion | None) -> tuple[Figure, ...]:
    """Where every session was held after the districts ended, none of what the model said can truly be theirs."""
    here = parts(kinds, lambda kind: kind.level)
    dated = [each.held_on for each in sessions.now if each.held_on is not None]
    if "district" not in here and all(day >= DISTRICTS_ENDED for day in dated):
        table = without(table, "district")
    estimates = estimate(table, here)
    order: list[str | None] = [*load_taxonomy().levels, None]
    found = [Figure(level or NONE, *here.get(level, (0, 0)), estimates.get(level)) for level in order]
    return tuple(one for one in found if one.count or one.corrected)


def _is_above(kind: Kind) -> bool:
    taxonomy = load_taxonomy()
    if kind.level not in taxonomy.levels or kind.host not in taxonomy.levels:
        return False
    return taxonomy.is_above(str(kind.level), kind.host)

"""Opinions by topic: how many, how many more than at the session before, and which are raised more than usual."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ydan.measured import Measured
from ydan.taxonomy import load_taxonomy
from ydan_service.office.leading.counting import Cell, Past, count_past, parts
from ydan_service.office.leading.estimating import estimate
from ydan_service.office.leading.figures import Figure
from ydan_service.office.leading.held import Held, Sessions
from ydan_service.office.leading.narrowing import NONE, Narrowing
from ydan_service.office.leading.rising import Change, compare, spread


@dataclass(frozen=True, slots=True)
class TopicFigure(Figure):
    """``latest`` and ``previous``: at the latest sessions and at those before them; ``change``: to the year before."""

    latest: int = 0
    previous: int = 0
    change: Change | None = None

    @property
    def difference(self) -> int:
        """How many more (or fewer) than at the session before."""
        return self.latest - self.previous

    @property
    def rising(self) -> bool:
        """Raised more than in the year before, beyond what chance brings."""
        return self.change is not None and self.change.rising


def count_topics(
    session: Session, narrowing: Narrowing, sessions: Sessions, cells: Sequence[Cell], measured: Measured | None
) -> tuple[TopicFigure, ...]:
    """The commonest first; a topic that was heard neither now nor at the session before is left out."""
    known = {each.id for each in sessions.now}
    beside = {each.id for each in (*sessions.before, *(pair.previous for pair in sessions.pairs))}
    counts: dict[tuple[int, str | None], int] = count_past(session, beside - known, narrowing.reviewed)
    for cell in cells:
        counts[cell.meeting, cell.topic] = counts.get((cell.meeting, cell.topic), 0) + cell.n
    here = parts(cells, lambda cell: cell.topic)
    latest = _sums(counts, (pair.latest for pair in sessions.pairs))
    previous = _sums(counts, (pair.previous for pair in sessions.pairs))
    changes = _changes(counts, sessions)
    estimates = estimate(measured.confusions.get("topic") if measured is not None else None, here)
    found = [
        TopicFigure(
            topic or NONE, *here.get(topic, (0, 0)), estimates.get(topic), latest[topic], previous[topic],
            changes.get(topic or NONE),
        )
        for topic in (*load_taxonomy().topics, None)
    ]  # fmt: skip
    shown = [one for one in found if one.count or one.latest or one.previous or one.corrected]
    return tuple(sorted(shown, key=lambda one: -one.count))


def rising_topics(topics: Iterable[TopicFigure]) -> tuple[TopicFigure, ...]:
    """Those that are marked, the least likely by chance first."""
    return tuple(sorted((one for one in topics if one.rising), key=lambda one: one.change.chance if one.change else 1))


def _changes(counts: Past, sessions: Sessions) -> dict[str, Change]:
    now, before = _sums(counts, sessions.now), _sums(counts, sessions.before)
    return compare(
        {topic: n for topic, n in now.items() if topic is not None},
        {topic: n for topic, n in before.items() if topic is not None},
        (len(sessions.now), len(sessions.before)),
        _clumped(counts, (*sessions.now, *sessions.before)),
    )


def _sums(counts: Past, held: Iterable[Held]) -> Counter[str | None]:
    meant = {each.id for each in held}
    found: Counter[str | None] = Counter()
    for (meeting, topic), n in counts.items():
        if meeting in meant:
            found[topic] += n
    return found


def _clumped(counts: Past, held: Sequence[Held]) -> float:
    """How much the sessions of both times differ among themselves beyond chance."""
    meant = {each.id for each in held}
    sums: dict[str, tuple[float, float]] = {}
    for (meeting, topic), n in counts.items():
        if meeting in meant and topic is not None:
            total, squares = sums.get(topic, (0.0, 0.0))
            sums[topic] = total + n, squares + n * n
    return spread(sums, len(meant))

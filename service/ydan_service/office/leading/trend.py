"""How the topics move over the months: opinions by the month in which their session was held."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ydan_service.office.leading.conditions import meetings_meant, opinions_meant
from ydan_service.office.leading.narrowing import NONE, Narrowing
from ydan_service.office.scope import visible_commune
from ydan_service.person import Person
from ydan_service.store.tables import Meeting, Opinion

SHOWN = 7
"""Topics with a line of their own, the commonest; the others are one together."""


@dataclass(frozen=True, slots=True)
class Series:
    """A topic (``None``: all others together) and its opinions, one number a month."""

    topic: str | None
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """Of all months."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Trend:
    """``months`` are first days, without a gap from the first session to the last; ``held`` sessions in each."""

    months: tuple[date, ...]
    held: tuple[int, ...]
    series: tuple[Series, ...]


def find_trend(session: Session, person: Person, narrowing: Narrowing, today: date) -> Trend:
    """Two grouped questions; sessions without a day are in none of the months.

    :raises NotFound: the commune meant is none of the person's.
    """
    if narrowing.commune is not None:
        visible_commune(session, person, narrowing.commune)
    asked = select(Meeting.held_on, func.count()).where(meetings_meant(narrowing, person), Meeting.held_on.is_not(None))
    held: Counter[date] = Counter()
    for day, count in session.execute(asked.group_by(Meeting.held_on)):
        assert day is not None
        held[day.replace(day=1)] += count
    said: Counter[tuple[str, date]] = Counter()
    counted = (
        select(Opinion.topic, Meeting.held_on, func.count())
        .join(Meeting, Meeting.id == Opinion.meeting_id)
        .where(opinions_meant(narrowing, person, today), Meeting.held_on.is_not(None))
        .group_by(Opinion.topic, Meeting.held_on)
    )
    for topic, day, count in session.execute(counted):
        assert day is not None
        said[topic or NONE, day.replace(day=1)] += count
    months = _between(min(held), max(held)) if held else ()
    totals: Counter[str] = Counter()
    for (topic, _month), count in said.items():
        totals[topic] += count
    order = sorted(totals, key=lambda topic: (-totals[topic], topic))
    series = [Series(topic, tuple(said[topic, month] for month in months)) for topic in order[:SHOWN]]
    if order[SHOWN:]:
        rest = tuple(sum(said[topic, month] for topic in order[SHOWN:]) for month in months)
        series.append(Series(None, rest))
    return Trend(months, tuple(held[month] for month in months), tuple(series))


def last_day(month: date) -> date:
    """Of the month that begins on ``month``.

    >>> last_day(date(2026, 2, 1))
    datetime.date(2026, 2, 28)
    """
    return date.fromordinal(_next(month).toordinal() - 1)


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _between(first: date, last: date) -> tuple[date, ...]:
    found = [first]
    while found[-1] < last:
        found.append(_next(found[-1]))
    return tuple(found)

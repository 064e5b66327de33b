"""The leader's page in one value: what must be done first, then how things stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ydan.measured import Measured
from ydan_service.office.leading.deadlines import Deadlines, find_deadlines
from ydan_service.office.leading.figures import Figures, Line, count_figures
from ydan_service.office.leading.going_up import GoingUp, find_going_up
from ydan_service.office.leading.held import Held, Sessions, find_sessions
from ydan_service.office.leading.listing import count_hidden
from ydan_service.office.leading.narrowing import Narrowing
from ydan_service.office.leading.returning import Returning, find_returning
from ydan_service.office.leading.topic_figures import TopicFigure, count_topics, rising_topics
from ydan_service.office.leading.villages import Villages, find_villages
from ydan_service.office.meetings.listing import communes_of
from ydan_service.office.scope import visible_commune
from ydan_service.person import Person
from ydan_service.store.tables import Commune

LATEST = 12
"""Sessions shown one by one."""


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Everything on the page. ``hidden``: confidential opinions of the sessions, in no other number.

    ``recent``: the latest sessions with their counts; ``per_commune``: communes with theirs, where there are several.
    """

    narrowing: Narrowing
    sessions: Sessions
    communes: Sequence[Commune]
    figures: Figures
    topics: tuple[TopicFigure, ...]
    rising: tuple[TopicFigure, ...]
    going_up: GoingUp
    deadlines: Deadlines
    returning: Returning
    villages: Villages
    hidden: int
    recent: tuple[tuple[Held, Line], ...]
    per_commune: tuple[tuple[Commune, int, Line], ...]


def look(
    session: Session, person: Person, narrowing: Narrowing, today: date, measured: Measured | None = None
) -> Dashboard:
    """Some fifteen grouped questions, as many for ten thousand opinions as for ten.

    :raises NotFound: the commune or session meant is none of the person's.
    """
    if narrowing.commune is not None:
        visible_commune(session, person, narrowing.commune)
    communes = communes_of(session, person)
    sessions = find_sessions(session, person, narrowing)
    figures = count_figures(session, person, narrowing, sessions, today, measured)
    topics = count_topics(session, narrowing, sessions, figures.cells, measured)
    return Dashboard(
        narrowing,
        sessions,
        communes,
        figures,
        topics,
        rising_topics(topics),
        find_going_up(session, person, narrowing, today),
        find_deadlines(session, person, narrowing, today, figures.late, figures.soon),
        find_returning(session, person, narrowing, sessions, today),
        find_villages(session, person, narrowing, sessions, today),
        count_hidden(session, person, narrowing),
        tuple((held, figures.by_session.get(held.id, Line())) for held in sessions.now[: -LATEST - 1 : -1]),
        _per_commune(communes, sessions, figures),
    )


def _per_commune(
    communes: Sequence[Commune], sessions: Sessions, figures: Figures
) -> tuple[tuple[Commune, int, Line], ...]:
    lines: dict[int, tuple[int, Line]] = {}
    for held in sessions.now:
        count, line = lines.get(held.commune_id, (0, Line()))
        lines[held.commune_id] = count + 1, line.plus(figures.by_session.get(held.id, Line()))
    found = [(commune, *lines[commune.id]) for commune in communes if commune.id in lines]
    return tuple(sorted(found, key=lambda one: -one[2].opinions)) if len(found) > 1 else ()

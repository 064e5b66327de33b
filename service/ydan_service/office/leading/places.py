"""Communes, villages and meetings by name, for the filters: those in scope, few questions."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from ydan.taxonomy import load_taxonomy
from ydan_service.office.leading.narrowing import Narrowing
from ydan_service.office.meetings.listing import communes_of
from ydan_service.office.scope import communes_in_scope, meetings_in_scope
from ydan_service.person import Person
from ydan_service.store.tables import Commune, Meeting, Village

MOST_MEETINGS = 60
"""Meetings to choose from, the latest; the one that is chosen is among them whatever its age."""


@dataclass(frozen=True, slots=True)
class Places:
    """What may be chosen: ids with names. Villages and meetings only once the commune is known, else they are many."""

    communes: dict[int, str]
    villages: dict[int, str] = field(default_factory=dict)
    meetings: dict[int, Meeting] = field(default_factory=dict)
    commune: int | None = None
    """The commune meant: the one that was chosen, or the only one there is."""
    own_villages: frozenset[int] = frozenset()
    """Those of the commune meant."""


def find_places(session: Session, person: Person, narrowing: Narrowing) -> Places:
    """The choices for somebody who narrows like that."""
    communes = {one.id: one.name for one in communes_of(session, person)}
    commune = narrowing.commune
    if commune is None and len(communes) == 1:
        (commune,) = communes
    if commune is None:
        return Places(communes, _village(session, person, narrowing), _meeting(session, person, narrowing))
    villages = {
        one.id: one.name
        for one in session.scalars(
            select(Village)
            .join(Commune)
            .where(Village.commune_id == commune, communes_in_scope(person))
            .order_by(Village.name)
        )
    }
    latest = session.scalars(
        select(Meeting)
        .where(Meeting.commune_id == commune, meetings_in_scope(person))
        .order_by(Meeting.held_on.is_(None), Meeting.held_on.desc(), Meeting.id.desc())
        .limit(MOST_MEETINGS)
    )
    meetings = {one.id: one for one in latest}
    return Places(
        communes,
        villages | _village(session, person, narrowing),
        meetings | ({} if narrowing.meeting in meetings else _meeting(session, person, narrowing)),
        commune,
        frozenset(villages),
    )


def coherent(narrowing: Narrowing, places: Places) -> Narrowing:
    """Without the village, meeting or matter that another commune or topic left behind in a form."""
    changes: dict[str, None] = {}
    if narrowing.commune is not None:
        meeting = places.meetings.get(narrowing.meeting or 0)
        if narrowing.village and narrowing.village not in places.own_villages:
            changes["village"] = None
        if meeting is not None and meeting.commune_id != narrowing.commune:
            changes["meeting"] = None
    matter = load_taxonomy().matters.get(narrowing.matter or "")
    if matter is not None and narrowing.topic is not None and matter.topic != narrowing.topic:
        changes["matter"] = None
    return narrowing.but(**changes)


def _village(session: Session, person: Person, narrowing: Narrowing) -> dict[int, str]:
    if not narrowing.village:
        return {}
    found = session.scalars(
        select(Village).join(Commune).where(Village.id == narrowing.village, communes_in_scope(person))
    )
    return {one.id: one.name for one in found}


def _meeting(session: Session, person: Person, narrowing: Narrowing) -> dict[int, Meeting]:
    if narrowing.meeting is None:
        return {}
    found = session.scalars(select(Meeting).where(Meeting.id == narrowing.meeting, meetings_in_scope(person)))
    return {one.id: one for one in found}

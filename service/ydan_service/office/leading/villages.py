"""Villages that nobody spoke for: a room full of people from three villages tells nothing of the other five."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ydan_service.office.leading.conditions import opinions_meant
from ydan_service.office.leading.held import Sessions
from ydan_service.office.leading.narrowing import Narrowing
from ydan_service.person import Person
from ydan_service.store.tables import Commune, Meeting, Opinion, Village


@dataclass(frozen=True, slots=True)
class Heard:
    """A village with its opinions; ``last`` is the day of the last session that heard one not heard now."""

    id: int
    name: str
    households: int | None
    count: int
    last: date | None = None


@dataclass(frozen=True, slots=True)
class CommuneVillages:
    """The villages of a commune that held a session; ``silent`` ones were not heard there, the largest first."""

    id: int
    name: str
    heard: tuple[Heard, ...]
    silent: tuple[Heard, ...]

    @property
    def silent_households(self) -> int:
        """Households of the silent villages, of those whose number is known."""
        return sum(each.households or 0 for each in self.silent)


@dataclass(frozen=True, slots=True)
class Villages:
    """Communes by name; ``nowhere``: opinions whose village nobody noted, so that a silent one may have been heard."""

    communes: tuple[CommuneVillages, ...]
    nowhere: int

    @property
    def silent(self) -> int:
        """How many villages were not heard."""
        return sum(len(each.silent) for each in self.communes)

    @property
    def all(self) -> int:
        """How many villages there are."""
        return self.silent + sum(len(each.heard) for each in self.communes)

    @property
    def silent_households(self) -> int:
        """Households of all silent villages."""
        return sum(each.silent_households for each in self.communes)


def find_villages(session: Session, person: Person, narrowing: Narrowing, sessions: Sessions, today: date) -> Villages:
    """Of the communes that held one of the sessions meant; whether an opinion was reviewed makes no difference here."""
    narrowing = narrowing.but(reviewed=None)
    where = opinions_meant(narrowing, person, today)
    asked = select(Opinion.village_id, func.count()).where(where).group_by(Opinion.village_id)
    counts: dict[int | None, int] = {row[0]: row[1] for row in session.execute(asked)}
    rows = session.execute(
        select(Village.id, Village.name, Village.households, Commune.id.label("commune"), Commune.name.label("of"))
        .join(Commune, Commune.id == Village.commune_id)
        .where(Commune.id.in_(sessions.communes))
        .order_by(Commune.name, Village.name)
    ).all()
    last = _last(session, [row.id for row in rows if row.id not in counts])
    communes: dict[int, CommuneVillages] = {}
    for row in rows:
        here = communes.get(row.commune, CommuneVillages(row.commune, row.of, (), ()))
        one = Heard(row.id, row.name, row.households, counts.get(row.id, 0), last.get(row.id))
        heard, silent = ((*here.heard, one), here.silent) if one.count else (here.heard, (*here.silent, one))
        communes[row.commune] = CommuneVillages(here.id, here.name, heard, silent)
    return Villages(tuple(_ordered(each) for each in communes.values()), counts.get(None, 0))


def _ordered(one: CommuneVillages) -> CommuneVillages:
    silent = sorted(one.silent, key=lambda each: -(each.households or 0))
    heard = sorted(one.heard, key=lambda each: -each.count)
    return CommuneVillages(one.id, one.name, tuple(heard), tuple(silent))


def _last(session: Session, ids: list[int]) -> dict[int, date]:
    if not ids:
        return {}
    asked = (
        select(Opinion.village_id, func.max(Meeting.held_on))
        .join(Meeting, Meeting.id == Opinion.meeting_id)
        .where(Opinion.village_id.in_(ids), Opinion.state == "live", Opinion.confidential.is_(False))
        .group_by(Opinion.village_id)
    )
    return {id_: day for id_, day in session.execute(asked) if id_ is not None and day is not None}

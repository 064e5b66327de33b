"""The plans of a year, and the meetings that may be joined to one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ydan_service.office import settings as office_settings
from ydan_service.office.plans.change import visible_plan
from ydan_service.office.plans.standing import MISSED, Standing, stand
from ydan_service.office.scope import communes_in_scope
from ydan_service.person import Person
from ydan_service.store.tables import Commune, Meeting, Plan

_NEAR = timedelta(days=120)
"""How far from the planned day a meeting may be to be offered as the one that was held."""


@dataclass(frozen=True, slots=True)
class CommunePlans:
    """A commune with its sessions of the year, by day."""

    commune: Commune
    plans: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class YearPlans:
    """The plans of all communes asked for; ``years`` newest first, those that may be looked at."""

    year: int
    communes: tuple[CommunePlans, ...]
    years: tuple[int, ...]

    @property
    def counts(self) -> dict[str, int]:
        """State → how many sessions."""
        return dict(Counter(each.state for commune in self.communes for each in commune.plans))

    @property
    def total(self) -> int:
        """Sessions in the plans."""
        return sum(len(each.plans) for each in self.communes)

    @property
    def pressing(self) -> list[tuple[Commune, Standing]]:
        """What somebody must see to now: notices due soon or too late, days that passed without a session."""
        found = [(commune.commune, each) for commune in self.communes for each in commune.plans
                 if each.pressing or each.state == MISSED]  # fmt: skip
        return sorted(found, key=lambda pair: pair[1].notice_by or pair[1].plan.planned_on)


def list_plans(session: Session, person: Person, year: int, today: date, commune: int | None = None) -> YearPlans:
    """The plans of a year in the person's scope; communes without a plan are there too, empty."""
    places = session.scalars(select(Commune).where(communes_in_scope(person)).order_by(Commune.name)).all()
    shown = [place for place in places if commune in (None, place.id)]
    ids = [place.id for place in shown]
    plans = session.scalars(
        select(Plan)
        .where(Plan.commune_id.in_(ids), Plan.planned_on.between(date(year, 1, 1), date(year, 12, 31)))
        .order_by(Plan.planned_on, Plan.id)
    ).all()
    standings = stand(session, plans, office_settings.read(session), today)
    own = {place.id: tuple(each for each in standings if each.plan.commune_id == place.id) for place in shown}
    mine = [place.id for place in places]
    first, last = session.execute(
        select(func.min(Plan.planned_on), func.max(Plan.planned_on)).where(Plan.commune_id.in_(mine))
    ).one()
    years = {*range(first.year, last.year + 1)} if first is not None and last is not None else set()
    choice = tuple(sorted({*years, today.year, today.year + 1, year}, reverse=True))
    return YearPlans(year, tuple(CommunePlans(place, own[place.id]) for place in shown), choice)


def one_plan(session: Session, person: Person, plan_id: int, today: date) -> tuple[Commune, Standing]:
    """A plan as it stands, with its commune.

    :raises NotFound: not in the person's scope.
    """
    plan = visible_plan(session, person, plan_id)
    standing = stand(session, [plan], office_settings.read(session), today)[0]
    return session.get_one(Commune, plan.commune_id), standing


def free_meetings(session: Session, plan: Plan) -> list[Meeting]:
    """Meetings of the commune that no plan has, held not too far from the planned day, the nearest first."""
    found = session.scalars(
        select(Meeting).where(
            Meeting.commune_id == plan.commune_id, Meeting.plan_id.is_(None), Meeting.held_on.is_not(None),
            Meeting.held_on.between(plan.planned_on - _NEAR, plan.planned_on + _NEAR),
        )
    )  # fmt: skip
    return sorted(found, key=lambda each: abs(((each.held_on or plan.planned_on) - plan.planned_on).days))

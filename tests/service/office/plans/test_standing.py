"""How plans stand on a day, and what is pressing."""

from __future__ import annotations

from datetime import date

import pytest

from ydan_service.office.plans.listing import free_meetings, list_plans
from ydan_service.office.plans.standing import Standing
from ydan_service.person import Person
from ydan_service.store.store import Store
from ydan_service.store.tables import Commune, Meeting, Plan

TODAY = date(2026, 5, 1)


def planned(store: Store, commune: Commune, day: date, **values: object) -> int:
    with store.begin() as session:
        plan = Plan(commune_id=commune.id, planned_on=day, **values)
        session.add(plan)
    return plan.id


def looked_at(store: Store, lan: Person) -> list[Standing]:
    with store.read() as session:
        return [each for part in list_plans(session, lan, 2026, TODAY).communes for each in part.plans]


@pytest.mark.parametrize(
    ("day", "values", "state", "left", "pressing"),
    [
        (date(2026, 5, 8), {}, "coming", 0, True),
        (date(2026, 5, 7), {}, "coming", -1, True),
        (date(2026, 5, 22), {}, "coming", 14, True),
        (date(2026, 5, 23), {}, "coming", 15, False),
        (date(2026, 5, 8), {"notice_given_on": date(2026, 4, 30)}, "coming", None, False),
        (TODAY, {}, "coming", -7, True),
        (date(2026, 4, 30), {}, "missed", None, False),
        (date(2026, 4, 30), {"cancelled_because": "Bão"}, "cancelled", None, False),
    ],
)
def test_a_plan_stands_by_its_day_and_what_was_noted(
    sqlite_store: Store, commune: Commune, lan: Person, day: date, values: dict[str, object], state: str,
    left: int | None, pressing: bool,
) -> None:  # fmt: skip
    """Seven days before the session is the last day of notice."""
    planned(sqlite_store, commune, day, **values)
    (found,) = looked_at(sqlite_store, lan)
    assert (found.state, found.days_left, found.pressing) == (state, left, pressing)
    assert found.notice_by == date.fromordinal(day.toordinal() - 7)


def test_a_plan_with_a_meeting_is_held(sqlite_store: Store, commune: Commune, lan: Person) -> None:
    """The notice is the earliest that is known."""
    plan = planned(sqlite_store, commune, date(2026, 3, 1), notice_given_on=date(2026, 2, 20))
    with sqlite_store.begin() as session:
        session.add(
            Meeting(commune_id=commune.id, plan_id=plan, held_on=date(2026, 3, 1), notice_given_on=date(2026, 2, 10))
        )
    (found,) = looked_at(sqlite_store, lan)
    assert (found.state, found.told_on, found.meetings[0].held_on) == ("held", date(2026, 2, 10), date(2026, 3, 1))


def test_what_needs_somebody_now_comes_first_by_its_day(sqlite_store: Store, commune: Commune, lan: Person) -> None:
    """A missed session and a notice that is due; not the one of autumn."""
    late = planned(sqlite_store, commune, date(2026, 4, 1))
    due = planned(sqlite_store, commune, date(2026, 5, 10))
    planned(sqlite_store, commune, date(2026, 10, 1))
    with sqlite_store.read() as session:
        found = list_plans(session, lan, 2026, TODAY)
    assert [each.plan.id for _place, each in found.pressing] == [late, due]
    assert (found.total, found.counts) == (3, {"missed": 1, "coming": 2})
    assert found.years == (2027, 2026)


def test_meetings_near_the_day_are_offered_the_nearest_first(sqlite_store: Store, commune: Commune) -> None:
    """Not one that a plan has, nor one of half a year before."""
    plan = planned(sqlite_store, commune, date(2026, 4, 1))
    with sqlite_store.begin() as session:
        for day, of in (
            (date(2026, 4, 20), None),
            (date(2026, 4, 3), None),
            (date(2026, 4, 1), plan),
            (date(2025, 9, 1), None),
        ):
            session.add(Meeting(commune_id=commune.id, plan_id=of, held_on=day))
    with sqlite_store.read() as session:
        offered = free_meetings(session, session.get_one(Plan, plan))
    assert [each.held_on for each in offered] == [date(2026, 4, 3), date(2026, 4, 20)]

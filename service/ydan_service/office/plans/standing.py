"""How each planned session stands today, and by when the people must be told of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ydan_service.office.settings import Value
from ydan_service.office.supervision.faults import N_
from ydan_service.office.supervision.limits import limits_for
from ydan_service.store.tables import Meeting, Plan

HELD, COMING, MISSED, CANCELLED = "held", "coming", "missed", "cancelled"
STATES = {HELD: N_("Đã tổ chức"), COMING: N_("Sắp tới"), MISSED: N_("Quá ngày"), CANCELLED: N_("Đã hủy")}
SOON = 14
"""Days before the last day of notice from which it is pressing."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A meeting that was held for a plan."""

    id: int
    title: str
    held_on: date | None
    notice_given_on: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A plan today. ``notice_by`` is the last day to tell the people, None where no rule says so."""

    plan: Plan
    state: str
    notice_by: date | None
    meetings: tuple[Linked, ...]
    today: date

    @property
    def told_on(self) -> date | None:
        """When the people were told."""
        days = [self.plan.notice_given_on, *(each.notice_given_on for each in self.meetings)]
        return min((day for day in days if day is not None), default=None)

    @property
    def days_left(self) -> int | None:
        """Days until the last day of notice, of a session to come that nobody was told of; negative: too late."""
        if self.state != COMING or self.notice_by is None or self.told_on is not None:
            return None
        return (self.notice_by - self.today).days

    @property
    def pressing(self) -> bool:
        """Whether the notice is due soon, or late already."""
        return self.days_left is not None and self.days_left <= SOON


def stand(session: Session, plans: Sequence[Plan], settings: Mapping[str, Value], today: date) -> list[Standing]:
    """Each plan in the order given; one question for all."""
    rows = session.execute(
        select(Meeting.plan_id, Meeting.commune_id, Meeting.id, Meeting.title, Meeting.held_on, Meeting.notice_given_on)
        .where(Meeting.plan_id.in_([plan.id for plan in plans]))
        .order_by(Meeting.held_on, Meeting.id)
    )
    linked: dict[tuple[int | None, int], list[Linked]] = {}
    for plan_id, commune_id, id_, title, held_on, told_on in rows:
        linked.setdefault((plan_id, commune_id), []).append(Linked(id_, title, held_on, told_on))
    return [_stand(plan, tuple(linked.get((plan.id, plan.commune_id), ())), settings, today) for plan in plans]


def _stand(plan: Plan, meetings: tuple[Linked, ...], settings: Mapping[str, Value], today: date) -> Standing:
    if meetings:
        state = HELD
    elif plan.cancelled_because is not None:
        state = CANCELLED
    else:
        state = MISSED if plan.planned_on < today else COMING
    days = limits_for(settings, plan.planned_on).notice.value
    return Standing(plan, state, None if days is None else plan.planned_on - timedelta(days=days), meetings, today)

"""A year of every commune in scope: sessions planned and held, each checked, in a dozen questions to the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from ydan_service.office import settings as office_settings
from ydan_service.office.plans.standing import MISSED, Standing, stand
from ydan_service.office.scope import communes_in_scope
from ydan_service.office.settings import Value
from ydan_service.office.supervision.checks import FAULT, OK, UNKNOWN, WAITING, Check, Plain
from ydan_service.office.supervision.communes import CommuneYear, Year
from ydan_service.office.supervision.faults import N_
from ydan_service.office.supervision.gather import gather
from ydan_service.office.supervision.limits import limits_for
from ydan_service.office.supervision.meeting_check import Checked, check_meeting
from ydan_service.person import Person
from ydan_service.store.tables import Commune, Meeting, Plan


def supervise(session: Session, person: Person, year: int, today: date, commune: int | None = None) -> Year:
    """The year of each commune in the person's scope, or of one of them; the future is no fault."""
    places = list(session.scalars(select(Commune).where(_mine(person, commune)).order_by(Commune.name)))
    settings = office_settings.read(session)
    start, end = date(year, 1, 1), date(year, 12, 31)
    ids = [place.id for place in places]
    checked = _checked(session, settings, [Meeting.commune_id.in_(ids), Meeting.held_on.between(start, end)], today)
    plans = session.scalars(
        select(Plan)
        .where(Plan.commune_id.in_(ids), Plan.planned_on.between(start, end))
        .order_by(Plan.planned_on, Plan.id)
    ).all()
    standings = stand(session, plans, settings, today)
    spans = _spans(session, ids)
    undated = _undated(session, ids)
    found = []
    for place in places:
        meetings = tuple(each for each in checked if each.facts.commune_id == place.id)
        own = tuple(each for each in standings if each.plan.commune_id == place.id)
        known = place.id in spans and spans[place.id][0] <= year
        lost = undated.get(place.id, 0)
        checks = (*_count(meetings, year, today, settings, known=known, undated=lost), *_plan_checks(own, meetings))
        found.append(CommuneYear(place, year, meetings, own, checks, lost))
    first = min((span[0] for span in spans.values()), default=today.year)
    last = max([today.year, *(span[1] for span in spans.values())])
    return Year(year, tuple(found), tuple(range(last, first - 1, -1)))


def _checked(
    session: Session, settings: dict[str, Value], where: Sequence[ColumnElement[bool]], today: date
) -> list[Checked]:
    return [
        check_meeting(facts, limits_for(settings, facts.held_on, facts.host_level), today)
        for facts in gather(session, settings, where, today)
    ]


def _count(
    meetings: Sequence[Checked], year: int, today: date, settings: dict[str, Value], *, known: bool, undated: int
) -> list[Check]:
    """Whether there were enough sessions; before the year is over that is not asked."""
    held = sum(1 for each in meetings if each.facts.is_dialogue)
    limit, basis = limits_for(settings, min(date(year, 12, 31), today)).meetings
    values: dict[str, Plain] = {"held": held, "limit": limit or 0, "end": date(year, 12, 31), "undated": undated}
    if not limit:
        return []
    if held >= limit:
        said = N_("Đã tổ chức %(held)s cuộc, đủ %(limit)s cuộc theo quy định.")
        return [Check("count", OK, said, values, basis)]
    if year >= today.year:
        said = N_("Đã tổ chức %(held)s cuộc; phải đủ %(limit)s cuộc trước hết ngày %(end)s.")
        return [Check("count", WAITING, said, values, basis)]
    if undated:
        said = N_("Ghi được %(held)s cuộc; %(undated)s cuộc chưa rõ ngày nên chưa biết đủ hay không.")
        return [Check("count", UNKNOWN, said, values, basis)]
    if not known:
        return [Check("count", UNKNOWN, N_("Chưa nhập cuộc nào của năm này."), values, basis)]
    said = N_("Tổ chức %(held)s cuộc trong năm, ít hơn %(limit)s cuộc theo quy định.")
    return [Check("count", FAULT, said, values, basis, "too_few")]


def _plan_checks(plans: Sequence[Standing], meetings: Sequence[Checked]) -> list[Check]:
    """Planned sessions that never came; a year without any plan is unknown, not at fault."""
    said = N_("Cuộc dự kiến ngày %(day)s không tổ chức và không nêu lý do.")
    missed = [each.plan.planned_on for each in plans if each.state == MISSED]
    if not plans and meetings:
        return [Check("planned", UNKNOWN, N_("Chưa nhập kế hoạch của năm này."))]
    return [Check("missed", FAULT, said, {"day": day}, fault_id="plan_missed") for day in missed]


def _spans(session: Session, communes: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Commune → first and last year that the store knows anything of."""
    found: dict[int, tuple[int, int]] = {}
    for commune, day in ((Meeting.commune_id, Meeting.held_on), (Plan.commune_id, Plan.planned_on)):
        rows = session.execute(
            select(commune, func.min(day), func.max(day))
            .where(commune.in_(communes), day.is_not(None))
            .group_by(commune)
        )
        for id_, *ends in rows:
            years = [day.year for day in ends if day is not None] + list(found.get(id_, ()))
            found[id_] = min(years), max(years)
    return found


def _undated(session: Session, communes: Sequence[int]) -> dict[int, int]:
    rows = session.execute(
        select(Meeting.commune_id, func.count())
        .where(Meeting.commune_id.in_(communes), Meeting.held_on.is_(None), Meeting.stage.not_in(("reading", "failed")))
        .group_by(Meeting.commune_id)
    )
    return dict(rows.all())


def _mine(person: Person, commune: int | None) -> ColumnElement[bool]:
    mine = communes_in_scope(person)
    return mine if commune is None else mine & (Commune.id == commune)

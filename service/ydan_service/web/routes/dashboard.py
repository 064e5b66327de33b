"""The leader's page: figures by period, commune and session, each with the list behind it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from ydan.measured import load_measured
from ydan_service.accounts.gate import needs
from ydan_service.errors import Invalid
from ydan_service.office.leading.dashboard import look
from ydan_service.office.leading.deadlines import everywhere
from ydan_service.office.leading.figures import FEW
from ydan_service.office.leading.going_up import meant
from ydan_service.office.leading.held import Held
from ydan_service.office.leading.narrowing import SOON, Narrowing, choices_of
from ydan_service.office.leading.period import EVERYTHING, PERIODS, days_of, name_of_period, read_period
from ydan_service.office.leading.trend import SHOWN, find_trend, last_day
from ydan_service.office.meetings.listing import communes_of
from ydan_service.person import Person
from ydan_service.web.assets import styles_held_back
from ydan_service.web.clock import today
from ydan_service.web.headers import allow_charts
from ydan_service.web.i18n import _
from ydan_service.web.nav import N_
from ydan_service.web.render import page

router = APIRouter(prefix="/dashboard")
Looker = Annotated[Person, Depends(needs("dashboard.read"))]
NAMES = {
    "session": N_("Kỳ gần nhất"),
    "quarter": N_("Quý này"),
    "year": N_("Năm nay"),
    "last_year": N_("Năm trước"),
    "all": N_("Tất cả các kỳ"),
}


@router.get("")
def show(request: Request, person: Looker) -> Response:
    """The figures of this year, or as the query string says; one that cannot be is told above this year's."""
    day = today()
    given = dict(request.query_params)
    wrong: Invalid | None = None
    try:
        narrowing = read_period(given, day)
    except Invalid as error:
        wrong, narrowing = error, read_period({}, day)
    with request.app.state.store.read() as session:
        measured = load_measured(request.app.state.settings.bundle)
        found = look(session, person, narrowing, day, measured)
        return page(
            request,
            "leading/dashboard.html",
            found=found,
            narrowing=narrowing,
            wrong=wrong,
            choices=[(each.id, each.name) for each in found.communes],
            today=day,
            period=name_of_period(narrowing, day),
            periods=[(name, NAMES[name], address(narrowing, name, found.sessions.latest, day)) for name in PERIODS],
            waiting=meant(narrowing),
            reads=person.may("meetings.read"),
            few=FEW,
            soon_days=SOON,
            ever=everywhere(narrowing),
            measured=measured,
            dashboard=dashboard_href,
            query=dashboard_href(narrowing).partition("?")[2],
        )


@router.get("/trend")
def show_trend(request: Request, person: Looker) -> Response:
    """Opinions by month and topic; the chart is drawn by script, its numbers stand in a table."""
    day = today()
    narrowing = read_period(dict(request.query_params), day).but(meeting=None)
    with request.app.state.store.read() as session:
        trend = find_trend(session, person, narrowing, day)
        communes = communes_of(session, person)
        names = [
            _(choices_of("topic").get(one.topic, one.topic)) if one.topic else _("Các lĩnh vực khác")
            for one in trend.series
        ]
        reads = person.may("meetings.read")
        links = [[_month_href(narrowing, one.topic, m) if reads and one.topic else "" for m in trend.months]
                 for one in trend.series]  # fmt: skip
        allow_charts(request)
        return page(
            request,
            "leading/trend.html",
            trend=trend,
            narrowing=narrowing,
            shown=SHOWN,
            names=names,
            links=links,
            choices=[(each.id, each.name) for each in communes],
            back=dashboard_href(narrowing),
            period=name_of_period(narrowing, day),
            periods=[(name, NAMES[name], _trend_href(narrowing, name, day)) for name in ("year", "last_year", "all")],
            held_back=styles_held_back(),
            drawn={
                "months": [f"{month:%m/%Y}" for month in trend.months],
                "series": [
                    {"name": name, "counts": one.counts, "links": row}
                    for name, one, row in zip(names, trend.series, links, strict=True)
                ],
            },
        )


def _month_href(narrowing: Narrowing, topic: str, month: date) -> str:
    """The opinions of a topic in a month, within the days that are meant."""
    start = month if narrowing.start is None else max(month, narrowing.start)
    end = last_day(month) if narrowing.end is None else min(last_day(month), narrowing.end)
    return narrowing.but(topic=topic, start=start, end=end).href


def _trend_href(narrowing: Narrowing, period: str, day: date) -> str:
    return dashboard_href(
        Narrowing(commune=narrowing.commune).but(**dict(zip(("start", "end"), days_of(period, day), strict=True)))
    ).replace("/dashboard?", "/dashboard/trend?")


def address(narrowing: Narrowing, period: str, latest: Held | None, day: date) -> str:
    """The same page for another stretch of time; the commune and what is reviewed stay. Empty where there is none."""
    kept = Narrowing(commune=narrowing.commune, reviewed=narrowing.reviewed)
    if period == "session":
        return dashboard_href(kept.but(meeting=latest.id)) if latest is not None else ""
    start, end = days_of(period, day)
    return dashboard_href(kept.but(start=start, end=end))


def dashboard_href(narrowing: Narrowing) -> str:
    """The page narrowed so; without any day or session it must say that all are meant.

    >>> dashboard_href(Narrowing(commune=3)), dashboard_href(Narrowing(meeting=7))
    ('/dashboard?commune=3&period=all', '/dashboard?meeting=7')
    """
    timed = narrowing.start or narrowing.end or narrowing.meeting or narrowing.undated
    return "/dashboard?" + narrowing.query(period=None if timed else EVERYTHING)

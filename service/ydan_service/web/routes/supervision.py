"""Whether the rule of dialogue is kept: the year by commune, one commune's sessions, the same on paper."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from ydan_service.accounts.gate import needs
from ydan_service.office import settings as office_settings
from ydan_service.office.scope import visible_commune
from ydan_service.office.supervision import report, sheet
from ydan_service.office.supervision.checks import NAMES, STATES, Check
from ydan_service.office.supervision.communes import Year
from ydan_service.office.supervision.faults import FAULTS, SEVERITIES
from ydan_service.office.supervision.limits import limits_for
from ydan_service.office.supervision.summary import overview
from ydan_service.office.supervision.year import supervise
from ydan_service.person import Person
from ydan_service.web.clock import today
from ydan_service.web.i18n import day, gettext, number
from ydan_service.web.queries import id_of, year_of
from ydan_service.web.render import page

router = APIRouter(prefix="/supervision")
Supervisor = Annotated[Person, Depends(needs("supervision.read"))]


@router.get("")
def show_table(request: Request, person: Supervisor, year: str = "") -> Response:
    """Every commune in scope, in one year."""
    with request.app.state.store.read() as session:
        found = supervise(session, person, year_of(year, today()), today())
        return page(
            request, "supervision/table.html", found=found, faults=FAULTS, severities=SEVERITIES,
            limits=_limits(session, found.year), sentences=overview(found, today()), today=today(),
        )  # fmt: skip


@router.get("/report.docx")
def download_report(request: Request, person: Supervisor, year: str = "", commune: str = "") -> Response:
    """The supervision report, of all communes in scope or of one."""
    with request.app.state.store.read() as session:
        found = _found(session, person, year, commune)
        office = str(office_settings.read(session)["office_name"])
        made = report.make_report(found, today(), office)
    return _file(made, report.MEDIA_TYPE, f"bao-cao-giam-sat-doi-thoai-{found.year}.docx")


@router.get("/report.xlsx")
def download_sheet(request: Request, person: Supervisor, year: str = "", commune: str = "") -> Response:
    """The table, every session and every fault as a spreadsheet."""
    with request.app.state.store.read() as session:
        found = _found(session, person, year, commune)
        made = sheet.make_book(found, today())
    return _file(made, sheet.MEDIA_TYPE, f"giam-sat-doi-thoai-{found.year}.xlsx")


@router.get("/{commune_id}")
def show_commune(request: Request, person: Supervisor, commune_id: int, year: str = "") -> Response:
    """One commune's year: each session with what became of each rule."""
    with request.app.state.store.read() as session:
        visible_commune(session, person, commune_id)
        found = supervise(session, person, year_of(year, today()), today(), commune_id)
        return page(
            request, "supervision/commune.html", found=found, one=found.communes[0], say=say, names=NAMES,
            states=STATES, faults=FAULTS, severities=SEVERITIES, limits=_limits(session, found.year), today=today(),
        )  # fmt: skip


def say(check: Check) -> str:
    """The sentence of a check in the page's language."""
    shown = {
        name: day(value) if isinstance(value, date) else number(value) if isinstance(value, int) else gettext(value)
        for name, value in check.values.items()
    }
    return gettext(check.sentence, **shown)


def _found(session: Session, person: Person, year: str, commune: str) -> Year:
    wanted = id_of(commune)
    if wanted is not None:
        visible_commune(session, person, wanted)
    return supervise(session, person, year_of(year, today()), today(), wanted)


def _limits(session: Session, year: int) -> object:
    return limits_for(office_settings.read(session), min(date(year, 12, 31), max(date(year, 1, 1), today())))


def _file(content: bytes, media_type: str, name: str) -> Response:
    return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})

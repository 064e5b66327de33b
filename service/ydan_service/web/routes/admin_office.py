"""The audit log and the settings of the whole office."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import Response

from ydan_service.accounts import history
from ydan_service.accounts.gate import needs
from ydan_service.errors import Invalid, OfficeError
from ydan_service.office import settings as office_settings
from ydan_service.person import Person
from ydan_service.store import audit
from ydan_service.web.i18n import gettext as _
from ydan_service.web.queries import day_of, page_of
from ydan_service.web.render import page, see_other

router = APIRouter(prefix="/admin", include_in_schema=False)
Setter = Annotated[Person, Depends(needs("settings.manage"))]
Auditor = Annotated[Person, Depends(needs("audit.read"))]


async def entries(request: Request) -> dict[str, str]:
    """The form of a request, whatever its fields are called."""
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


@router.get("/audit")
def show_audit(
    request: Request, person: Auditor, who: str = "", action: str = "", subject: str = "", subject_id: str = "",
    first: str = "", last: str = "", number: Annotated[str, Query(alias="page")] = "1",
) -> Response:  # fmt: skip
    """The log, filtered, page by page."""
    wanted = history.Wanted(who, action, subject, subject_id, day_of(first), day_of(last))
    return _audit_page(request, person, wanted, page_of(number))


@router.post("/audit/verify")
def verify_audit(request: Request, person: Auditor, head: Annotated[str, Form(max_length=200)] = "") -> Response:
    """Read the whole log, and say whether every line is as it was written."""
    with request.app.state.store.read() as session:
        history.require_whole_office(session, person)
        verdict = audit.verify(session, head.strip() or None)
    with request.app.state.store.begin() as session:
        audit.record(session, person, "audit.verify", "audit", "", count=verdict.count, broken=verdict.broken)
    return _audit_page(request, person, history.Wanted(), 1, verdict)


@router.get("/settings")
def show_settings(request: Request, person: Setter) -> Response:
    """What holds for the whole office."""
    return _settings_page(request, person)


@router.post("/settings")
def change_settings(request: Request, person: Setter, given: Annotated[dict[str, str], Depends(entries)]) -> Response:
    """Set it."""
    try:
        with request.app.state.store.begin() as session:
            history.require_whole_office(session, person)
            changed = office_settings.change(session, person, given)
    except Invalid as error:
        return _settings_page(request, person, error, given)
    return see_other(request, "/admin/settings", _("Đã lưu %(count)s thay đổi.", count=len(changed)))


def _audit_page(
    request: Request, person: Person, wanted: history.Wanted, number: int, verdict: audit.Verdict | None = None
) -> Response:
    with request.app.state.store.read() as session:
        history.require_whole_office(session, person)
        return page(
            request, "admin/audit.html", lines=history.read(session, wanted, number), wanted=wanted, verdict=verdict,
            query=dict(request.query_params),
        )  # fmt: skip


def _settings_page(
    request: Request, person: Person, error: OfficeError | None = None, given: dict[str, str] | None = None
) -> Response:
    with request.app.state.store.read() as session:
        history.require_whole_office(session, person)
        return page(
            request, "admin/settings.html", status=200 if error is None else error.status, error=error,
            settings=office_settings.ALL, groups=office_settings.GROUPS,
            values={**office_settings.read(session), **(given or {})},
        )  # fmt: skip

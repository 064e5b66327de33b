"""The administrator's pages of communes and villages."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from ydan.competence import load_provinces
from ydan_service.accounts import communes
from ydan_service.accounts.gate import needs
from ydan_service.errors import Conflict, Forbidden, Invalid, OfficeError
from ydan_service.person import Person
from ydan_service.store.tables import COMMUNE_KINDS
from ydan_service.web.i18n import gettext as _
from ydan_service.web.render import page, see_other

router = APIRouter(prefix="/admin/communes", include_in_schema=False)
Setter = Annotated[Person, Depends(needs("settings.manage"))]
Text = Annotated[str, Form(max_length=1000)]


@router.get("")
def list_communes(request: Request, person: Setter) -> Response:
    """The communes of this administrator."""
    return _communes_page(request, person)


@router.post("")
def add_commune(request: Request, person: Setter, commune: Text = "", kind: Text = "", province: Text = "") -> Response:
    """A new one."""
    try:
        with request.app.state.store.begin() as session:
            made = communes.add_commune(session, person, commune, kind, province)
    except (Invalid, Conflict, Forbidden) as error:
        return _communes_page(request, person, error)
    return see_other(request, f"/admin/communes/{made.id}", _("Đã thêm. Hãy dán danh sách thôn, mỗi dòng một thôn."))


@router.get("/{commune_id}")
def show_commune(request: Request, person: Setter, commune_id: int) -> Response:
    """One commune and its villages."""
    return _commune_page(request, person, commune_id)


@router.post("/{commune_id}")
def change_commune(
    request: Request, person: Setter, commune_id: int, commune: Text = "", kind: Text = "", province: Text = ""
) -> Response:
    """Name, kind, province."""
    try:
        with request.app.state.store.begin() as session:
            communes.change_commune(session, person, commune_id, commune, kind, province)
    except (Invalid, Conflict) as error:
        return _commune_page(request, person, commune_id, error)
    return see_other(request, f"/admin/communes/{commune_id}", _("Đã lưu."))


@router.post("/{commune_id}/villages")
def add_villages(
    request: Request, person: Setter, commune_id: int, villages: Annotated[str, Form(max_length=100_000)] = ""
) -> Response:
    """Many at once, one a line; those that are there already stay."""
    try:
        with request.app.state.store.begin() as session:
            count = communes.add_villages(session, person, commune_id, communes.read_villages(villages))
    except Invalid as error:
        return _commune_page(request, person, commune_id, error)
    return see_other(request, f"/admin/communes/{commune_id}", _("Đã thêm %(count)s thôn.", count=count))


@router.post("/{commune_id}/villages/{village_id}")
def change_village(
    request: Request, person: Setter, commune_id: int, village_id: int,
    name: Text = "", households: Text = "", remove: Text = "",
) -> Response:  # fmt: skip
    """Another name or number of households; or away with it, when nothing names it."""
    try:
        with request.app.state.store.begin() as session:
            if remove:
                communes.remove_village(session, person, commune_id, village_id)
            else:
                line = communes.VillageLine(name, _households(households))
                communes.change_village(session, person, commune_id, village_id, line)
    except (Invalid, Conflict) as error:
        return _commune_page(request, person, commune_id, error)
    return see_other(request, f"/admin/communes/{commune_id}", _("Đã lưu."))


def _communes_page(request: Request, person: Person, error: OfficeError | None = None) -> Response:
    with request.app.state.store.read() as session:
        return page(
            request, "admin/communes.html", status=200 if error is None else error.status, error=error,
            kinds=COMMUNE_KINDS, communes=communes.list_communes(session, person), provinces=load_provinces(),
        )  # fmt: skip


def _commune_page(request: Request, person: Person, commune_id: int, error: OfficeError | None = None) -> Response:
    with request.app.state.store.read() as session:
        return page(
            request, "admin/commune.html", status=200 if error is None else error.status, error=error,
            kinds=COMMUNE_KINDS, commune=communes.one_commune(session, person, commune_id), provinces=load_provinces(),
        )  # fmt: skip


def _households(raw: str) -> int | None:
    clean = raw.replace(".", "").strip()
    if not clean:
        return None
    if not (clean.isascii() and clean.isdigit()) or int(clean[:9]) > 100_000:
        raise Invalid("Số hộ phải là số nguyên, ví dụ 120. Hãy sửa lại.", "households")
    return int(clean)

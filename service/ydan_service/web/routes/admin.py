"""The administrator's pages of accounts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from ydan_service.accounts import communes, links, lockout, manage
from ydan_service.accounts.gate import needs
from ydan_service.errors import Conflict, Invalid, NotFound, OfficeError
from ydan_service.person import Person
from ydan_service.store.tables import ROLES, now
from ydan_service.web.i18n import gettext as _
from ydan_service.web.render import page, see_other

router = APIRouter(prefix="/admin/accounts", include_in_schema=False)
Manager = Annotated[Person, Depends(needs("accounts.manage"))]
Text = Annotated[str, Form(max_length=1000)]
Many = Annotated[list[str], Form()]
_ID = re.compile(r"[0-9]{1,9}")


@router.get("")
def list_accounts(request: Request, person: Manager) -> Response:
    """Everybody whom this administrator manages."""
    return _accounts_page(request, person)


@router.post("")
def create_account(
    request: Request, person: Manager, username: Text = "", display_name: Text = "", position: Text = "",
    roles: Many = [], communes: Many = [], everywhere: Text = "",  # noqa: B006 (FastAPI copies it)
) -> Response:  # fmt: skip
    """A new account, and the link to hand over."""
    wanted = _wanted(display_name, position, roles, communes, everywhere)
    try:
        with request.app.state.store.begin() as session:
            account = manage.create_account(session, person, username, wanted)
            link = manage.invite(session, person, account.id, request.app.state.settings.base_url)
    except (Invalid, Conflict) as error:
        return _accounts_page(request, person, error, wanted, username)
    return _account_page(request, person, account.id, link=link)


@router.get("/{account_id}")
def show_account(request: Request, person: Manager, account_id: int) -> Response:
    """One account."""
    return _account_page(request, person, account_id)


@router.post("/{account_id}")
def change_account(
    request: Request, person: Manager, account_id: int, display_name: Text = "", position: Text = "",
    roles: Many = [], communes: Many = [], everywhere: Text = "",  # noqa: B006 (FastAPI copies it)
) -> Response:  # fmt: skip
    """Name, position, roles, communes."""
    try:
        with request.app.state.store.begin() as session:
            wanted = _wanted(display_name, position, roles, communes, everywhere)
            manage.change_account(session, person, account_id, wanted)
    except (Invalid, Conflict) as error:
        return _account_page(request, person, account_id, error)
    return see_other(request, f"/admin/accounts/{account_id}", _("Đã lưu. Quyền mới có hiệu lực ngay."))


@router.post("/{account_id}/link")
def invite(request: Request, person: Manager, account_id: int) -> Response:
    """A link to choose a password; shown once, on this answer alone."""
    try:
        with request.app.state.store.begin() as session:
            link = manage.invite(session, person, account_id, request.app.state.settings.base_url)
    except Conflict as error:
        return _account_page(request, person, account_id, error)
    return _account_page(request, person, account_id, link=link)


@router.post("/{account_id}/{what}")
def do_with_account(request: Request, person: Manager, account_id: int, what: str) -> Response:
    """Disable, enable, unlock, open to or close from the office's provider."""
    issuer = request.app.state.settings.oidc_issuer
    try:
        with request.app.state.store.begin() as session:
            if what == "disable":
                manage.disable_account(session, person, account_id)
                said = _("Đã khóa tài khoản và đăng xuất ở mọi nơi.")
            elif what == "enable":
                manage.enable_account(session, person, account_id)
                said = _("Đã mở lại tài khoản.")
            elif what == "unlock":
                manage.unlock_account(session, person, account_id)
                said = _("Đã bỏ thời gian chờ; người này đăng nhập được ngay.")
            elif what == "oidc-on" and issuer is not None:
                manage.link_oidc(session, person, account_id, issuer.rstrip("/"))
                said = _("Người này đăng nhập được bằng tài khoản cơ quan cùng tên.")
            elif what == "oidc-off":
                manage.unlink_oidc(session, person, account_id)
                said = _("Người này không đăng nhập bằng tài khoản cơ quan nữa.")
            else:
                raise NotFound("Không có việc này. Hãy dùng các nút trên trang tài khoản.")
    except Conflict as error:
        return _account_page(request, person, account_id, error)
    return see_other(request, f"/admin/accounts/{account_id}", said)


def _accounts_page(
    request: Request, person: Person, error: OfficeError | None = None, wanted: manage.Wanted | None = None,
    username: str = "",
) -> Response:  # fmt: skip
    with request.app.state.store.read() as session:
        return page(
            request, "admin/accounts.html", status=_status(error), error=error, username=username,
            accounts=manage.list_accounts(session, person), communes=communes.list_communes(session, person),
            roles=ROLES, wanted=wanted or manage.Wanted(""), invited=links.open_links(session),
        )  # fmt: skip


def _account_page(
    request: Request, person: Person, account_id: int, error: OfficeError | None = None, link: str | None = None
) -> Response:
    with request.app.state.store.read() as session:
        account = manage.one_account(session, person, account_id)
        return page(
            request, "admin/account.html", status=_status(error), error=error, account=account, roles=ROLES, link=link,
            communes=communes.list_communes(session, person), held={commune.id for commune in account.communes},
            locked_until=lockout.locked_until(session, account.username, now()),
            invited=account.id in links.open_links(session), oidc=request.app.state.settings.oidc_issuer is not None,
        )  # fmt: skip


def _status(error: OfficeError | None) -> int:
    return 200 if error is None else error.status


def _wanted(
    display_name: str, position: str, roles: Sequence[str], communes: Sequence[str], everywhere: str
) -> manage.Wanted:
    ids = [int(id_) for id_ in communes if _ID.fullmatch(id_)]
    return manage.Wanted(display_name, position, tuple(roles), tuple(ids), everywhere == "1")

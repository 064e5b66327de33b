"""One's own account: password, language, where one is signed in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from sqlalchemy import update
from sqlalchemy.orm import selectinload
from starlette.responses import Response

from ydan_service.accounts import own, sessions
from ydan_service.accounts.gate import PersonHere
from ydan_service.errors import Invalid, NotFound, OfficeError
from ydan_service.person import Person
from ydan_service.store.tables import Account
from ydan_service.web.i18n import LANGUAGES
from ydan_service.web.i18n import gettext as _
from ydan_service.web.render import page, see_other
from ydan_service.web.routes.sign_in import browser_of

router = APIRouter(prefix="/account", include_in_schema=False)
Text = Annotated[str, Form(max_length=1000)]


@router.get("")
def show(request: Request, person: PersonHere) -> Response:
    """The page."""
    return _page(request, person)


@router.post("/password")
def change_password(
    request: Request, person: PersonHere, current: Text = "", password: Text = "", again: Text = ""
) -> Response:
    """A new password; every other sign-in ends, this one goes on under a new token."""
    try:
        started = own.change_password(request.app.state.store, person, current, password, again, browser_of(request))
    except OfficeError as error:
        return _page(request, person, error)
    response = see_other(request, "/account", _("Đã đổi mật khẩu. Các nơi khác đã được đăng xuất."))
    sessions.set_cookie(response, started.token, request.app.state.settings.secure_cookies)
    return response


@router.post("/language")
def change_language(request: Request, person: PersonHere, language: Text = "vi") -> Response:
    """The language of the pages."""
    if language not in LANGUAGES:
        raise Invalid("Ngôn ngữ phải là vi hoặc en. Hãy chọn trong danh sách.", "language")
    with request.app.state.store.begin() as session:
        session.execute(update(Account).where(Account.id == person.id).values(language=language))
    return see_other(request, "/account")


@router.post("/sign-out-everywhere")
def sign_out_everywhere(request: Request, person: PersonHere) -> Response:
    """End every other sign-in."""
    ended = own.end_others(request.app.state.store, person)
    return see_other(request, "/account", _("Đã đăng xuất ở %(count)s nơi khác.", count=ended))


@router.post("/sign-ins/{sign_in_id}/end")
def end_sign_in(request: Request, person: PersonHere, sign_in_id: int) -> Response:
    """End one of one's own."""
    own.end_one(request.app.state.store, person, sign_in_id)
    return see_other(request, "/account", _("Đã đăng xuất ở nơi đó."))


def _page(request: Request, person: Person, error: OfficeError | None = None) -> Response:
    with request.app.state.store.read() as session:
        account = session.get(Account, person.id, options=[selectinload(Account.communes)])
        if account is None:
            raise NotFound("Tài khoản này không còn. Hãy nhờ người quản trị.")
        return page(
            request, "accounts/account.html", status=200 if error is None else error.status, account=account,
            sign_ins=sessions.of_account(session, person.id), error=error,
        )  # fmt: skip

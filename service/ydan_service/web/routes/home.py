"""The door: everybody to their own work; and the language of the pages."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse

from ydan_service.accounts import gate
from ydan_service.errors import Invalid
from ydan_service.store.tables import Account
from ydan_service.web import i18n, nav
from ydan_service.web.render import see_other

router = APIRouter()


@router.get("/")
def home(request: Request) -> RedirectResponse:
    """The first page of the person's role; the sign-in for nobody."""
    person = gate.current(request)
    return RedirectResponse("/sign-in" if person is None else nav.first_page(person), 303)


@router.post("/language")
def change_language(
    request: Request,
    sent: Annotated[str, Depends(gate.sent_token)],
    language: Annotated[str, Form()],
    back: Annotated[str, Form(alias="next")] = "/",
) -> RedirectResponse:
    """Speak another language from now on, with the account or, before the sign-in, in this browser."""
    if language not in i18n.LANGUAGES:
        raise Invalid(f"Có các ngôn ngữ: {', '.join(i18n.LANGUAGES)}. Hãy chọn một.", "language")
    person = gate.current(request)
    if person is None:
        gate.own_page(request)
    else:
        gate.check_token(request, person, sent)
        with request.app.state.store.begin() as session:
            session.get_one(Account, person.id).language = language
    ours = back.startswith("/") and not back.startswith(("//", "/\\"))
    response = see_other(request, back if ours else "/")
    secure = request.app.state.settings.secure_cookies
    response.set_cookie(i18n.COOKIE, language, max_age=31_536_000, path="/", secure=secure, samesite="lax")
    return response

"""In and out: by password, by a one-time link, by the office's OpenID Connect."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from ydan.competence import load_provinces
from ydan_service.accounts import enter, first_start, links, oidc, sessions
from ydan_service.accounts.gate import PersonHere, current, own_page
from ydan_service.accounts.sessions import Started
from ydan_service.errors import Conflict, Invalid, OfficeError, TooMany
from ydan_service.office import settings as office_settings
from ydan_service.store import audit
from ydan_service.store.tables import COMMUNE_KINDS, Account
from ydan_service.web.render import page, see_other

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form(max_length=1000)]


@router.get("/sign-in")
def show_sign_in(request: Request, next: str = "/") -> Response:
    """The form; somebody who is in already goes on."""
    if current(request) is not None:
        return see_other(request, safe_next(next))
    return _sign_in_page(request, next)


@router.post("/sign-in", dependencies=[Depends(own_page)])
def sign_in(request: Request, username: Text = "", password: Text = "", next: Text = "/") -> Response:
    """Name and password; a refusal shows the form again."""
    try:
        started = enter.sign_in(request.app.state.store, username, password, browser_of(request))
    except OfficeError as error:
        return _sign_in_page(request, next, error, username)
    return _go(request, started, safe_next(next))


@router.post("/sign-out")
def sign_out(request: Request, person: PersonHere) -> Response:
    """End this sign-in."""
    secure = request.app.state.settings.secure_cookies
    with request.app.state.store.begin() as session:
        sessions.end(session, sessions.read_cookie(request, secure) or "")
        audit.record(session, person, "account.sign_out", "account", person.id)
    response = see_other(request, "/sign-in")
    sessions.clear_cookie(response, secure)
    return response


@router.get("/start/{token}")
def show_start(request: Request, token: str) -> Response:
    """What the link is for: to set the office up, or to choose a password. Looking does not use it up."""
    with request.app.state.store.read() as session:
        return _start_page(request, session, token)


@router.post("/start/{token}", dependencies=[Depends(own_page)])
def start(
    request: Request, token: str, password: Text = "", again: Text = "", display_name: Text = "", username: Text = "",
    commune: Text = "", kind: Text = "xã", province: Text = "",
) -> Response:  # fmt: skip
    """Use the link, and be signed in at once."""
    store = request.app.state.store
    try:
        with store.begin() as session:
            if links.find(session, token).purpose == links.FIRST:
                first = first_start.First(display_name, username, password, again, commune, kind, province)
                started = first_start.set_up(session, token, first, browser_of(request))
            else:
                started = first_start.choose_password(session, token, password, again, browser_of(request))
    except (Invalid, Conflict) as error:
        typed = {"display_name": display_name, "username": username, "commune": commune, "kind": kind,
                 "province": province}  # fmt: skip
        with store.read() as session:
            return _start_page(request, session, token, error, typed)
    return _go(request, started, "/")


@router.get("/oidc/login")
def send_to_provider(request: Request, next: str = "/") -> Response:
    """To the office's provider."""
    settings = request.app.state.settings
    sent = oidc.send(request.app.state.store, settings, safe_next(next))
    response = Response(status_code=303, headers={"Location": sent.url})
    response.set_cookie(
        oidc.cookie_name(settings.secure_cookies), sent.browser_token, max_age=int(oidc.HOLDS.total_seconds()),
        path="/", secure=settings.secure_cookies, httponly=True, samesite="lax",
    )  # fmt: skip
    return response


@router.get("/oidc/callback")
def receive_from_provider(request: Request) -> Response:
    """Back from the provider; a refusal shows the sign-in with the reason."""
    store, settings = request.app.state.store, request.app.state.settings
    name = oidc.cookie_name(settings.secure_cookies)
    try:
        with store.read() as session:
            create = bool(office_settings.read(session)["oidc_create"])
        returned = oidc.receive(
            store, settings, request.query_params, request.cookies.get(name, ""), browser_of(request), create
        )
    except OfficeError as error:
        response = _sign_in_page(request, "/", error)
    else:
        response = _go(request, returned.started, safe_next(returned.next))
    response.delete_cookie(name, path="/", secure=settings.secure_cookies, httponly=True, samesite="lax")
    return response


def safe_next(url: str) -> str:
    """``url`` when it leads to a page of this office, else the first page.

    >>> safe_next("/meetings/3?x=1"), safe_next("//evil.example"), safe_next("/\\\\evil.example"), safe_next("x")
    ('/meetings/3?x=1', '/', '/', '/')
    """
    fine = url.startswith("/") and not url.startswith(("//", "/\\", "/sign-in", "/oidc"))
    return url if fine and url.isprintable() and "\\" not in url else "/"


def browser_of(request: Request) -> enter.Browser:
    """Who asks."""
    return enter.Browser(
        address=request.client.host if request.client is not None else "",
        agent=request.headers.get("user-agent", ""),
        old_token=sessions.read_cookie(request, request.app.state.settings.secure_cookies),
    )


def _go(request: Request, started: Started, url: str) -> Response:
    response = see_other(request, url)
    sessions.set_cookie(response, started.token, request.app.state.settings.secure_cookies)
    return response


def _sign_in_page(request: Request, next_page: str, error: OfficeError | None = None, username: str = "") -> Response:
    settings = request.app.state.settings
    with request.app.state.store.read() as session:
        empty = links.nobody_yet(session)
    response = page(
        request, "accounts/sign_in.html", status=200 if error is None else error.status, next=safe_next(next_page),
        username=username, error=error, empty=empty, oidc_name=settings.oidc_name if settings.oidc_issuer else None,
        needs_https=settings.secure_cookies and request.url.scheme != "https",
    )  # fmt: skip
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _start_page(
    request: Request,
    session: Session,
    token: str,
    error: OfficeError | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    link = links.find(session, token)
    account = None if link.account_id is None else session.get_one(Account, link.account_id)
    return page(
        request, "accounts/start.html", status=200 if error is None else error.status, error=error, account=account,
        typed=typed or {"display_name": "", "username": "", "commune": "", "kind": "xã", "province": ""},
        kinds=COMMUNE_KINDS, provinces=list(load_provinces().values()), first=link.purpose == links.FIRST,
    )  # fmt: skip

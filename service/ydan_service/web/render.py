"""Pages: a template with who is here, the menu, the token of the forms and what the last page had to say.

>>> from fastapi import APIRouter
>>> router = APIRouter()
>>> @router.get("/somewhere")
... def somewhere(request: Request) -> HTMLResponse:
...     return page(request, "somewhere.html", rows=[1, 2])
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from ydan.taxonomy import load_taxonomy
from ydan_service.accounts import gate
from ydan_service.errors import Invalid, OfficeError
from ydan_service.web import actions, assets, i18n, names, nav

TEMPLATES = Path(__file__).parent / "templates"
FLASH = "ydan_flash"
KINDS = ("ok", "warn", "danger", "info")


def page(
    request: Request, template: str, status: int = 200, wrong: OfficeError | None = None, **context: object
) -> HTMLResponse:
    """Render a template; ``wrong`` is why what was sent is refused: its status is the answer's, and the template has
    it, with ``errors`` (entry of the form → message) and ``refused`` (the message where it is about no entry).

    It knows ``person`` (or None), ``csrf_token``, ``menu``, ``flash``, ``language``, ``request``,
    ``demo`` (what is open when nothing here is real, else None) and everything of :func:`environment`."""
    person = gate.current(request)
    said = _read_flash(request)
    shown = {
        "request": request,
        "person": person,
        "csrf_token": csrf_token(),
        "menu": nav.menu(person, request.url.path),
        "flash": said,
        "here_again": _here_again(request),
        "language": i18n.language_of(request),
        "demo": getattr(request.app.state, "demo", None),
        **_refusal(wrong),
        **context,
    }
    token = i18n.here.set(request)
    try:
        with i18n.speaking(i18n.language()):  # asked once, not for every sentence
            body = environment().get_template(template).render(shown)
    finally:
        i18n.here.reset(token)
    response = HTMLResponse(body, status if wrong is None else wrong.status)
    if FLASH in request.cookies:
        response.delete_cookie(FLASH, path="/", httponly=True, samesite="lax")
    return response


def see_other(request: Request, url: str, flash: str | None = None, kind: str = "ok") -> RedirectResponse:
    """Go on to a page of ours after a form, and say ``flash`` there, once. It must hold no name and no opinion.

    :raises ValueError: the address leads elsewhere, or the kind is none of :data:`KINDS`.
    """
    if not url.startswith("/") or url.startswith(("//", "/\\")):
        raise ValueError(f"not an address of this office: {url!r}")
    if kind not in KINDS:
        raise ValueError(f"a flash is one of {', '.join(KINDS)}, not {kind!r}")
    response = RedirectResponse(url, 303)
    if flash:
        packed = base64.urlsafe_b64encode(json.dumps([kind, flash[:900]], ensure_ascii=False).encode()).decode()
        secure = request.app.state.settings.secure_cookies
        response.set_cookie(FLASH, packed, max_age=60, path="/", secure=secure, httponly=True, samesite="lax")
    return response


def csrf_token() -> str:
    """The token of who is signed in, empty for nobody."""
    request = i18n.here.get()
    person = gate.current(request) if request is not None else None
    return person.csrf_token if person is not None else ""


def with_query(query: Mapping[str, object], **changed: object) -> str:
    """``?a=1&b=2`` of a query with some values changed, or taken out by None; for filters and pagers.

    >>> with_query({"page": 3, "stage": "review"}, page=None)
    '?stage=review'
    """
    left = {name: value for name, value in {**query, **changed}.items() if value not in (None, "")}
    return "?" + urlencode(left, doseq=True)


@cache
def environment() -> Environment:
    """The templates' world: a name that is not there is an error, everything is escaped."""
    found = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    found.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": False}
    found.globals.update(
        _=_escaped, asset=assets.asset, csrf_field=_csrf_field, name_of=names.name_of, names_of=names.names_of,
        action_name=actions.action_name, subject_name=actions.subject_name,
        with_query=with_query,
        number=i18n.number, share=i18n.share, day=i18n.day, moment=i18n.moment, languages=i18n.LANGUAGES,
        taxonomy_version=load_taxonomy().version,
    )  # fmt: skip
    found.filters.update(number=i18n.number, share=i18n.share, day=i18n.day, moment=i18n.moment)
    return found


def _refusal(wrong: OfficeError | None) -> dict[str, object]:
    field = wrong.field if isinstance(wrong, Invalid) else ""
    message = "" if wrong is None else wrong.message
    return {"wrong": wrong, "errors": {field: message} if field else {}, "refused": "" if field else message}


def _escaped(message: str, **values: object) -> str:
    """A translation for templates: the sentence may hold markup, what is filled in may not."""
    return Markup(i18n.gettext(message)) % values if values else i18n.gettext(message)  # our own words


def _csrf_field() -> Markup:
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(csrf_token())


def _here_again(request: Request) -> str:
    """This page, to come back to it after the language was changed."""
    url = request.url
    return url.path + (f"?{url.query}" if url.query else "") if request.method == "GET" else "/"


def _read_flash(request: Request) -> tuple[str, str] | None:
    packed = request.cookies.get(FLASH)
    if not packed:
        return None
    try:
        kind, text = json.loads(base64.urlsafe_b64decode(packed))
    except (ValueError, TypeError, binascii.Error):
        return None
    return (kind, text) if kind in KINDS and isinstance(text, str) else None

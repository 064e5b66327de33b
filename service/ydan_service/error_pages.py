"""Errors for people: a page in Vietnamese that says what happened and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

PROGRAMS = ("/v1/", "/v2", "/open311/", "/health/", "/metrics", "/openapi.json", "/.well-known/")
"""Paths that programs ask."""
_DATA = (*PROGRAMS, "/static/")


def wanted(request: Request) -> bool:
    """Whether a browser opens a page; scripts and programs ask for JSON or for anything."""
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith(_DATA)


def sign_in_url(request: Request) -> str:
    """The sign-in, which afterwards leads back to a page that was only looked at."""
    url = request.url
    back = url.path + (f"?{url.query}" if url.query else "") if request.method == "GET" else "/"
    return "/sign-in" if back == "/" else f"/sign-in?next={quote(back, safe='')}"


def render(
    request: Request, status: int, title: str, detail: str, headers: Mapping[str, str] | None = None
) -> Response:
    """The office's page of errors (``errors.html``); where there are no pages, or they fail too, a plain one."""
    if getattr(request.app.state, "store", None) is None:
        return plain(status, title, detail, headers)
    try:
        from ydan_service.web.render import page

        found: Response = page(request, "errors.html", status=status, title=title, message=detail)
    except Exception:  # whatever fails while an error is shown must not hide that error
        return plain(status, title, detail, headers)
    found.headers.update(headers or {})
    return found


def plain(status: int, title: str, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """A page that needs nothing: no template, no style, no database."""
    body = (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{escape(title)} – Ý Dân</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
        f'<body><main><h1>{escape(title)}</h1><p>{escape(detail)}</p><p><a href="/">Về trang đầu</a></p></main></body>'
        "</html>"
    )
    return HTMLResponse(body, status, headers=dict(headers or {}))

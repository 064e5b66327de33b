"""Where a request comes from, as the browser itself says: another site's form is refused before its token is read."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request

from ydan_service.errors import Forbidden

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""
_MESSAGE = "Yêu cầu đến từ một trang khác nên không được thực hiện. Hãy mở Ý Dân, làm lại từ trang đó."


def require_same_origin(request: Request, public_url: str | None) -> None:
    """Refuse an unsafe request that says of itself that another site sent it; an old browser that says nothing passes.

    ``public_url`` is what browsers call this server when a proxy stands before it and changes ``Host``.

    :raises Forbidden: ``Sec-Fetch-Site`` or ``Origin`` names another site.
    """
    if request.method in SAFE:
        return
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site not in ("same-origin", "none"):
            raise Forbidden(_MESSAGE)
        return
    origin = request.headers.get("origin")
    if origin is not None and not _is_ours(origin, request, public_url):
        raise Forbidden(_MESSAGE)


def _is_ours(origin: str, request: Request, public_url: str | None) -> bool:
    if public_url is not None and origin.lower() == public_url.lower():
        return True
    given = urlsplit(origin)
    return bool(given.netloc) and given.netloc.lower() == request.headers.get("host", "").lower()

"""Dependencies of every route: who is here, what they may do, and that the request is their own.

>>> from typing import Annotated
>>> from fastapi import APIRouter, Depends
>>> router = APIRouter()
>>> @router.get("/follow-up")
... def follow_up(person: Annotated[Person, Depends(needs("follow.write"))]) -> str:
...     return person.display_name
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Annotated

from fastapi import Depends, Request

from ydan_service.accounts import sessions
from ydan_service.accounts.origin import SAFE, require_same_origin
from ydan_service.accounts.tokens import same
from ydan_service.errors import Forbidden, NotSignedIn
from ydan_service.person import RIGHTS, Person

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_RIGHTS = frozenset().union(*RIGHTS.values())


def current(request: Request) -> Person | None:
    """Who is signed in, if anybody; asked of the database once a request. For pages that are open to all."""
    if not hasattr(request.state, "person"):
        store = getattr(request.app.state, "store", None)
        token = sessions.read_cookie(request, request.app.state.settings.secure_cookies)
        request.state.person = sessions.recognise(store, token) if store is not None and token else None
    found: Person | None = request.state.person
    return found


async def sent_token(request: Request) -> str:
    """The token of an unsafe request: the header ``X-CSRF-Token``, else the form's field ``csrf_token``."""
    if request.method in SAFE:
        return ""
    header = request.headers.get("x-csrf-token")
    if header is not None:
        return header
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    field = (await request.form()).get("csrf_token") if kind in _FORMS else None
    return field if isinstance(field, str) else ""


def own_page(request: Request) -> None:
    """For forms before the sign-in: the browser must not say that another site sent them.

    :raises Forbidden: it does.
    """
    require_same_origin(request, request.app.state.settings.public_url)


def person(request: Request, sent: Annotated[str, Depends(sent_token)]) -> Person:
    """The person who asks.

    :raises NotSignedIn: nobody is signed in.
    :raises Forbidden: an unsafe request without the token of this sign-in, or from another site.
    """
    found = current(request)
    if found is None:
        raise NotSignedIn
    check_token(request, found, sent)
    return found


def check_token(request: Request, found: Person, sent: str) -> None:
    """Whether an unsafe request is this person's own.

    :raises Forbidden: it carries another token or none, or comes from another site.
    """
    if request.method in SAFE:
        return
    require_same_origin(request, request.app.state.settings.public_url)
    if not same(sent, found.csrf_token):
        raise Forbidden("Trang này đã cũ (có thể anh/chị vừa đăng nhập lại). Hãy tải lại trang rồi làm lại.")


PersonHere = Annotated[Person, Depends(person)]


@cache
def needs(right: str) -> Callable[[Person], Person]:
    """A dependency: the person, who has the right.

    :raises ValueError: no role gives such a right; a route that names it would be closed to all.
    """
    if right not in _RIGHTS:
        raise ValueError(f"no role gives the right {right!r}; there are {', '.join(sorted(_RIGHTS))}")

    def allowed(here: PersonHere) -> Person:
        if not here.may(right):
            raise Forbidden(
                "Tài khoản của anh/chị không có quyền làm việc này. Nếu cần, hãy nhờ người quản trị thêm vai trò."
            )
        return here

    return allowed

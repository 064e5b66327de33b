"""Lists in pages: ``limit`` and an opaque ``cursor``; the next page's address in the body and in ``Link`` (RFC 8288).

A cursor says after which row the page begins, so that rows that come or go meanwhile neither repeat nor hide others.

>>> from typing import Annotated
>>> from fastapi import APIRouter, Depends, Request
>>> from sqlalchemy import select, tuple_
>>> from ydan_service.routes.needs import store_of
>>> from ydan_service.store.tables import Webhook
>>> router = APIRouter(prefix="/v1")
>>> @router.get("/webhooks", response_model=page_of(str))
... def webhooks(request: Request, wanted: WantedPage) -> Json:
...     rows = select(Webhook).order_by(Webhook.created_at, Webhook.id).limit(wanted.limit + 1)  # one more than shown
...     if wanted.after is not None:
...         moment, id_ = wanted.after_types(datetime, str)
...         rows = rows.where(tuple_(Webhook.created_at, Webhook.id) > tuple_(moment, id_))
...     with store_of(request).read() as session:
...         found = list(session.scalars(rows))
...     return answer(request, wanted, found, after=lambda row: (row.created_at, row.id), shown=lambda row: row.url)
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

from fastapi import Depends, Query, Request
from pydantic import BaseModel, Field, create_model

from ydan_service.problems import Problem
from ydan_service.responses import Json

MOST = 200
DEFAULT = 50
_LONGEST_CURSOR = 1000
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which page: ``limit`` rows after the one whose values ``after`` holds; None: the first page."""

    limit: int
    after: tuple[Any, ...] | None = None

    def after_types(self, *types: type) -> tuple[Any, ...]:
        """The values of ``after``, each of the type that the list sorts by.

        :raises Problem: 422 ``invalid_request``; the cursor is another list's, or was made up.
        """
        values = self.after or ()
        if len(values) != len(types):
            raise _bad_cursor()
        return tuple(_typed(value, type_) for value, type_ in zip(values, types, strict=True))


def wanted(
    limit: Annotated[int, Query(ge=1, le=MOST, description="Số dòng mỗi trang")] = DEFAULT,
    cursor: Annotated[str | None, Query(description="Lấy ở “next” của trang trước", max_length=_LONGEST_CURSOR)] = None,
) -> Wanted:
    """The dependency of a list.

    :raises Problem: 422 ``invalid_request``; the cursor is none of ours.
    """
    return Wanted(limit, None if cursor is None else _read(cursor))


WantedPage = Annotated[Wanted, Depends(wanted)]


@cache
def page_of(item: type) -> type[BaseModel]:
    """The shape of a page for the OpenAPI document.

    >>> sorted(page_of(str).model_json_schema()["properties"])
    ['items', 'next']
    """
    name = f"{getattr(item, '__name__', 'Item')}Page"
    following = Field(
        None, description="Địa chỉ trang sau; null: đã hết", examples=["/v1/jobs?limit=50&cursor=WyIxNyJd"]
    )
    return create_model(name, items=(list[item], ...), next=(str | None, following))  # type: ignore[valid-type]


def answer(
    request: Request,
    page: Wanted,
    rows: Sequence[Row],
    after: Callable[[Row], Sequence[object]],
    shown: Callable[[Row], Any],
) -> Json:
    """``{"items": […], "next": …}`` of at most ``limit`` rows; ``rows`` holds one more where there is a next page.

    ``after`` gives the values that the list is sorted by, unique together.
    """
    here = rows[: page.limit]
    following = None
    if len(rows) > page.limit:
        query = [(name, value) for name, value in request.query_params.multi_items() if name not in ("cursor", "limit")]
        query += [("limit", str(page.limit)), ("cursor", written(after(here[-1])))]
        following = f"{request.url.path}?{urlencode(query)}"
    headers = {} if following is None else {"Link": f'<{following}>; rel="next"'}
    return Json({"items": [shown(row) for row in here], "next": following}, headers=headers)


def written(values: Sequence[object]) -> str:
    """A cursor of such values: text, numbers, moments.

    >>> _read(written((datetime(2026, 3, 1), 17)))
    ('2026-03-01T00:00:00', 17)
    """
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).rstrip(b"=").decode()


def _read(cursor: str) -> tuple[Any, ...]:
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, RecursionError):
        raise _bad_cursor() from None
    if not isinstance(values, list) or not all(type(value) in (str, int) for value in values):
        raise _bad_cursor()
    return tuple(values)


def _typed(value: str | int, type_: type) -> Any:
    if type_ is datetime and isinstance(value, str):
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            raise _bad_cursor() from None
        if found.tzinfo is not None:
            return found
    elif isinstance(value, int):
        if type_ is int and abs(value) < 2**63:
            return value
    elif type_ is str and value.isprintable():  # no NUL, no half of an emoji: nothing that a database refuses
        return value
    raise _bad_cursor()


def _bad_cursor() -> Problem:
    return Problem(
        422, "invalid_request", "cursor không đúng. Hãy lấy nguyên địa chỉ ở “next” của trang trước, hoặc bỏ cursor."
    )

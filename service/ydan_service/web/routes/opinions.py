"""Opinions: the list behind every figure, the same as a file, and one opinion's whole way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from ydan_service.accounts.gate import needs
from ydan_service.errors import Invalid
from ydan_service.office.leading.download import MEDIA, download
from ydan_service.office.leading.excerpt import excerpt
from ydan_service.office.leading.listing import SORTS, list_opinions
from ydan_service.office.leading.narrowing import Narrowing, read_narrowing
from ydan_service.office.leading.places import coherent, find_places
from ydan_service.office.leading.story import tell
from ydan_service.person import Person
from ydan_service.web import narrowed
from ydan_service.web.clock import today
from ydan_service.web.i18n import _
from ydan_service.web.queries import page_of
from ydan_service.web.render import page

router = APIRouter()
Reader = Annotated[Person, Depends(needs("meetings.read"))]


@router.get("/opinions")
def show_list(request: Request, person: Reader) -> Response:
    """The opinions that the address means; empty entries of the form leave it, so that an address can be passed on."""
    given = request.query_params
    wrong = None
    try:
        narrowing = read_narrowing(given)
    except Invalid as error:
        wrong, narrowing = error, Narrowing()
    sort = _sort(given)
    day = today()
    with request.app.state.store.read() as session:
        places = find_places(session, person, narrowing)
        if wrong is None and any(not value for value in given.values()):  # of the form
            return RedirectResponse("/opinions" + _query(coherent(narrowing, places), sort), 303)
        listed = None
        if wrong is None:
            at = page_of(given.get("page", "1"))
            listed = list_opinions(session, person, narrowing, day, sort=sort, page=at)
    return page(
        request,
        "leading/opinions.html",
        listed=listed,
        wrong=wrong,
        narrowing=narrowing,
        places=places,
        narrowed=narrowed,
        chips=narrowed.chips(narrowing, places, sort=_shown(sort)),
        excerpt=excerpt,
        sort=sort,
        sorts=sorts(),
        query=dict(_pairs(narrowing, sort)),
        address=_query(narrowing, sort),
        topic_query=_of_topic(narrowing),
    )


@router.get("/opinions.{kind}")
def save_list(request: Request, person: Reader, kind: Literal["csv", "xlsx"]) -> Response:
    """The same list whole, for a spreadsheet."""
    given = request.query_params
    day = today()
    made = download(request.app.state.store, person, read_narrowing(given), day, kind, _sort(given))
    name = f"y-kien-{day.isoformat()}.{kind}"
    return Response(made, media_type=MEDIA[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'})


@router.get("/opinions/{opinion_id}")
def show(request: Request, person: Reader, opinion_id: int) -> Response:
    """One opinion from raised to answered."""
    story = tell(request.app.state.store, person, opinion_id, today())
    return page(request, "leading/opinion.html", story=story)


def sorts() -> list[tuple[str, str]]:
    """The orders of the list, by name."""
    named = (
        _("Mới nhất trước"), _("Cũ nhất trước"), _("Hạn gần nhất trước"), _("Khẩn nhất trước"), _("Theo lĩnh vực"),
    )  # fmt: skip
    return list(zip(SORTS, named, strict=True))


def _sort(given: Mapping[str, str]) -> str:
    asked = given.get("sort", "")
    return asked if asked in SORTS else SORTS[0]


def _shown(sort: str) -> str:
    """The usual order does not stand in the address."""
    return "" if sort == SORTS[0] else sort


def _query(narrowing: Narrowing, sort: str) -> str:
    query = narrowing.query(sort=_shown(sort))
    return f"?{query}" if query else ""


def _pairs(narrowing: Narrowing, sort: str) -> list[tuple[str, str]]:
    return parse_qsl(narrowing.query(sort=_shown(sort)))


def _of_topic(narrowing: Narrowing) -> str:
    """The same sessions on the topic's page."""
    same = Narrowing(
        narrowing.start, narrowing.end, narrowing.undated, narrowing.commune, narrowing.meeting,
        reviewed=narrowing.reviewed,
    )  # fmt: skip
    return same.query() or "period=all"

"""The review of a meeting: its page, its state, what changed, what people do."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from ydan_service.accounts.gate import needs
from ydan_service.errors import Invalid
from ydan_service.office.review.desk import is_key
from ydan_service.office.review.looking import open_review, poll
from ydan_service.office.review.operations import operate
from ydan_service.office.scope import visible_meeting
from ydan_service.person import Person
from ydan_service.problems import Problem
from ydan_service.responses import Json
from ydan_service.store.tables import now
from ydan_service.web.render import page

router = APIRouter(prefix="/meetings/{meeting_id}/review", include_in_schema=False)
Reader = Annotated[Person, Depends(needs("meetings.read"))]
Writer = Annotated[Person, Depends(needs("meetings.write"))]
MOST_BYTES = 2_000_000
"""Bytes of one post of operations: two hundred, each with an opinion's words, are a fifth of it."""
_BIG = 2**31


@router.get("")
def show(request: Request, person: Reader, meeting_id: int) -> Response:
    """The page; its script asks for the state."""
    with request.app.state.store.read() as session:
        meeting = visible_meeting(session, person, meeting_id)
        return page(request, "review/page.html", meeting=meeting)


@router.get("/state")
def state(request: Request, person: Reader, meeting_id: int) -> Json:
    """Everything that the page shows."""
    return _private(open_review(request.app.state.store, person, meeting_id, now()))


@router.get("/changes")
def changes(
    request: Request,
    person: Reader,
    meeting_id: int,
    since: Annotated[int, Query(ge=0, lt=_BIG)],
    at: Annotated[str | None, Query(max_length=20)] = None,
) -> Json:
    """What changed since a revision, and who is here."""
    where = at if is_key(at) else None
    return _private(poll(request.app.state.store, person, meeting_id, since, where, now()))


@router.post("/operations")
async def operations(request: Request, person: Writer, meeting_id: int) -> Json:
    """Do operations; the answer comes after they are in the database."""
    sent = await _body(request)
    found = sent.get("operations")
    since = sent.get("since", 0)
    if not isinstance(found, list) or type(since) is not int or not 0 <= since < _BIG:
        raise Invalid('Thân phải là {"operations": [{"id": …, "kind": …}], "since": SỐ}.')
    held = request.app.state
    return _private(await run_in_threadpool(operate, held.store, held.predictor, person, meeting_id, found, since))


async def _body(request: Request) -> dict[str, Any]:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise Problem(413, "too_large", f"Một lần gửi tối đa {MOST_BYTES} byte. Hãy gửi nhiều lần.")
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Problem(400, "invalid_json", "Thân yêu cầu không phải JSON hợp lệ.") from error
    return found if isinstance(found, dict) else {}


def _private(content: dict[str, Any]) -> Json:
    """Never kept by a browser or a proxy: there are people's words in it."""
    return Json(content, headers={"Cache-Control": "no-store"})

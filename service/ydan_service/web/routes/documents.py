"""The documents of a meeting: each made by one click, with what a person must check in it, and handed out."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from ydan.documents.plans import KINDS
from ydan_service.accounts.gate import needs
from ydan_service.errors import Conflict
from ydan_service.office.papers.fetching import fetch
from ydan_service.office.papers.listing import list_documents
from ydan_service.office.papers.making import Wanted, make
from ydan_service.office.papers.opening import open_dossier
from ydan_service.office.papers.titles import plain_name
from ydan_service.office.scope import visible_meeting
from ydan_service.person import Person
from ydan_service.web.entries import Sent
from ydan_service.web.i18n import _
from ydan_service.web.render import page, see_other

router = APIRouter(prefix="/meetings/{meeting_id}/documents", include_in_schema=False)
Reader = Annotated[Person, Depends(needs("meetings.read"))]
Writer = Annotated[Person, Depends(needs("meetings.write"))]


@router.get("")
def show(request: Request, person: Reader, meeting_id: int) -> Response:
    """What can be made, what was made, and what of that is not up to date."""
    held = request.app.state
    with held.store.read() as session:
        meeting = visible_meeting(session, person, meeting_id)
        gone = ""
        try:
            opened = open_dossier(session, held.store.keys, held.predictor, meeting)
        except Conflict as reason:
            opened, gone = None, reason.message
        shelves = list_documents(session, person, opened, meeting)
        return page(
            request,
            "papers/documents.html",
            meeting=meeting,
            shelves=shelves,
            gone=gone,
            making=person.may("meetings.write") and not gone,
        )


@router.post("")
def make_them(request: Request, person: Writer, meeting_id: int, sent: Sent) -> Response:
    """Make one kind, one document, all, or the confidential list."""
    held = request.app.state
    asked = [value for value in sent.getlist("kind") if isinstance(value, str)]
    wanted = Wanted(
        tuple(KINDS) if asked == ["all"] else tuple(asked),
        name=str(sent.get("name", "")),
        named=bool(sent.get("named")),
        sealed=bool(sent.get("sealed")),
        form=str(sent.get("form", "auto")),
    )
    made = make(held.store, held.predictor, person, meeting_id, wanted)
    where = f"/meetings/{meeting_id}/documents#{made[0].kind}"
    return see_other(request, where, _("Đã xuất %(n)s văn bản. Hãy xem các điểm cần kiểm tra.", n=len(made)))


@router.get("/{document_id}/download")
def download(request: Request, person: Reader, meeting_id: int, document_id: int) -> Response:
    """The file, under its Vietnamese name."""
    found = fetch(request.app.state.store, person, meeting_id, document_id)
    named = f"attachment; filename=\"{plain_name(found.name)}\"; filename*=UTF-8''{quote(found.name, safe='')}"
    headers = {"Content-Disposition": named, "Cache-Control": "no-store"}
    return Response(found.data, media_type=found.media_type, headers=headers)

"""Meetings: the list with its door for new minutes, and one meeting's facts."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from ydan.opinion import HOST_LEVELS
from ydan_service.accounts.gate import needs
from ydan_service.errors import Invalid
from ydan_service.office.intake.source import LIMITS
from ydan_service.office.meetings.change import FACTS, TYPES, change_facts, close, remove
from ydan_service.office.meetings.listing import Wanted, communes_of, list_meetings
from ydan_service.office.meetings.overview import look
from ydan_service.person import Person
from ydan_service.store.tables import STAGES
from ydan_service.web.clock import today
from ydan_service.web.entries import Sent
from ydan_service.web.i18n import _
from ydan_service.web.queries import day_of, id_of, page_of
from ydan_service.web.render import page, see_other

router = APIRouter(prefix="/meetings")
Reader = Annotated[Person, Depends(needs("meetings.read"))]
Writer = Annotated[Person, Depends(needs("meetings.write"))]


@router.get("")
def show_list(
    request: Request,
    person: Reader,
    commune: str = "",
    since: str = "",
    until: str = "",
    stage: str = "",
    type_: Annotated[str, Query(alias="type")] = "",
    page_: Annotated[str, Query(alias="page")] = "1",
) -> Response:
    """The meetings in scope; a filter that cannot be read filters nothing."""
    wanted = Wanted(
        id_of(commune),
        day_of(since),
        day_of(until),
        stage if stage in STAGES else "",
        type_ if type_ in TYPES else "",
    )
    query = {"commune": wanted.commune, "since": wanted.since, "until": wanted.until, "stage": wanted.stage,
             "type": wanted.type}  # fmt: skip
    with request.app.state.store.read() as session:
        listed = list_meetings(session, person, wanted, page_of(page_), today())
        communes = communes_of(session, person)
        return page(
            request,
            "meetings/list.html",
            listed=listed,
            communes=communes,
            choices=[(each.id, each.name) for each in communes],
            wanted=wanted,
            query=query,
            filtered=any(query.values()),
            stages=STAGES,
            types=TYPES,
            most_bytes=min(LIMITS.file_bytes, request.app.state.settings.most_file_bytes),
        )


@router.get("/{meeting_id}")
def show(request: Request, person: Reader, meeting_id: int) -> Response:
    """One meeting."""
    return _overview(request, person, meeting_id)


@router.post("/{meeting_id}/facts")
def change(request: Request, person: Writer, meeting_id: int, sent: Sent) -> Response:
    """Set the facts; an entry that cannot be comes back beside its field."""
    entries = {name: value for name in FACTS if isinstance(value := sent.get(name), str)}
    held = request.app.state
    try:
        with held.store.begin() as session:
            changed = change_facts(session, held.store.keys, held.predictor, person, meeting_id, entries, today())
    except Invalid as wrong:
        return _overview(request, person, meeting_id, entries, wrong)
    if changed.reassessed:
        said = _("Đã lưu. %(n)s ý kiến được xét lại thẩm quyền theo ngày, cấp mới.", n=changed.reassessed)
    else:
        said = _("Đã lưu thông tin cuộc họp.") if changed.facts else _("Không có gì thay đổi.")
    return see_other(request, f"/meetings/{meeting_id}", said)


@router.post("/{meeting_id}/stage")
def change_stage(request: Request, person: Writer, meeting_id: int, sent: Sent) -> RedirectResponse:
    """Close the meeting, or open it again."""
    closed = sent.get("stage") == "closed"
    with request.app.state.store.begin() as session:
        close(session, person, meeting_id, closed=closed)
    said = _("Đã kết thúc cuộc họp.") if closed else _("Đã mở lại cuộc họp.")
    return see_other(request, f"/meetings/{meeting_id}", said)


@router.post("/{meeting_id}/remove")
def take_away(request: Request, person: Writer, meeting_id: int) -> RedirectResponse:
    """Remove the meeting with everything of it."""
    with request.app.state.store.begin() as session:
        remove(session, person, meeting_id)
    return see_other(request, "/meetings", _("Đã xóa cuộc họp cùng các tệp và ý kiến của nó."))


def _overview(
    request: Request,
    person: Person,
    meeting_id: int,
    entries: dict[str, str] | None = None,
    wrong: Invalid | None = None,
) -> Response:
    with request.app.state.store.read() as session:
        found = look(session, request.app.state.store.keys, person, meeting_id, today())
        values: dict[str, Any] = {name: getattr(found.meeting, name) for name in FACTS}
        return page(
            request,
            "meetings/overview.html",
            wrong=wrong,
            meeting=found.meeting,
            found=found,
            values={**values, **(entries or {})},
            editing=wrong is not None,
            types=TYPES,
            levels=HOST_LEVELS,
        )

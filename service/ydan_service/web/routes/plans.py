"""The year's plan of sessions: looked at by all who read meetings or supervise, written by secretaries."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from ydan_service.accounts.gate import PersonHere, needs
from ydan_service.errors import Conflict, Forbidden, Invalid, OfficeError
from ydan_service.office.intake.source import LIMITS
from ydan_service.office.meetings.listing import communes_of
from ydan_service.office.plans import change
from ydan_service.office.plans.listing import free_meetings, list_plans, one_plan
from ydan_service.office.plans.standing import STATES
from ydan_service.person import Person
from ydan_service.web.clock import today
from ydan_service.web.i18n import _
from ydan_service.web.queries import id_of, year_of
from ydan_service.web.render import page, see_other

router = APIRouter(prefix="/plans")
Writer = Annotated[Person, Depends(needs("meetings.write"))]
_FIELDS = ("commune", "planned_on", "title", "note", "moved_because", "notice_given_on", "because", "meeting")


def reader(person: PersonHere) -> Person:
    """Somebody who reads meetings or supervises.

    :raises Forbidden: neither.
    """
    if not (person.may("meetings.read") or person.may("supervision.read")):
        raise Forbidden(
            "Tài khoản của anh/chị không có quyền làm việc này. Nếu cần, hãy nhờ người quản trị thêm vai trò."
        )
    return person


async def entries(request: Request) -> dict[str, str]:
    """The form's fields."""
    sent: FormData = await request.form()
    return {name: value for name in _FIELDS if isinstance(value := sent.get(name), str)}


Reader = Annotated[Person, Depends(reader)]
Sent = Annotated[dict[str, str], Depends(entries)]


@router.get("")
def show_plans(request: Request, person: Reader, year: str = "", commune: str = "") -> Response:
    """The plans of a year."""
    return _list(request, person, year_of(year, today()), id_of(commune))


@router.post("")
def add_plan(request: Request, person: Writer, sent: Sent) -> Response:
    """A new session in the plan."""
    try:
        with request.app.state.store.begin() as session:
            made = change.add(session, person, id_of(sent.get("commune", "")) or 0, sent, today())
            year = made.planned_on.year
    except (Invalid, Conflict) as wrong:
        raw = sent.get("planned_on", "")[:4]
        return _list(request, person, year_of(raw, today()), None, sent, wrong)
    return see_other(request, f"/plans?year={year}", _("Đã thêm vào kế hoạch."))


@router.get("/{plan_id}")
def show_plan(request: Request, person: Reader, plan_id: int) -> Response:
    """One planned session."""
    return _one(request, person, plan_id)


@router.post("/{plan_id}")
def change_plan(request: Request, person: Writer, plan_id: int, sent: Sent) -> Response:
    """Another day, title, note, or the day on which the people were told."""
    try:
        with request.app.state.store.begin() as session:
            changed = change.change(session, person, plan_id, sent, today())
    except (Invalid, Conflict) as wrong:
        return _one(request, person, plan_id, sent, wrong)
    return see_other(request, f"/plans/{plan_id}", _("Đã lưu kế hoạch.") if changed else _("Không có gì thay đổi."))


@router.post("/{plan_id}/cancel")
def cancel_plan(request: Request, person: Writer, plan_id: int, sent: Sent) -> Response:
    """Give it up, with the reason."""
    try:
        with request.app.state.store.begin() as session:
            change.cancel(session, person, plan_id, sent.get("because", ""))
    except (Invalid, Conflict) as wrong:
        return _one(request, person, plan_id, sent, wrong)
    return see_other(request, f"/plans/{plan_id}", _("Đã hủy cuộc này trong kế hoạch, có ghi lý do."))


@router.post("/{plan_id}/restore")
def restore_plan(request: Request, person: Writer, plan_id: int) -> Response:
    """Take it back into the plan."""
    with request.app.state.store.begin() as session:
        change.restore(session, person, plan_id)
    return see_other(request, f"/plans/{plan_id}", _("Đã đưa lại vào kế hoạch."))


@router.post("/{plan_id}/remove")
def remove_plan(request: Request, person: Writer, plan_id: int) -> Response:
    """Take out what was entered by mistake."""
    try:
        with request.app.state.store.begin() as session:
            year = change.visible_plan(session, person, plan_id).planned_on.year
            change.remove(session, person, plan_id)
    except Conflict as wrong:
        return _one(request, person, plan_id, {}, wrong)
    return see_other(request, f"/plans?year={year}", _("Đã xóa khỏi kế hoạch."))


@router.post("/{plan_id}/meetings")
def link_meeting(request: Request, person: Writer, plan_id: int, sent: Sent) -> Response:
    """Say which meeting was held for it."""
    try:
        with request.app.state.store.begin() as session:
            change.link(session, person, plan_id, id_of(sent.get("meeting", "")) or 0)
    except (Invalid, Conflict) as wrong:
        return _one(request, person, plan_id, sent, wrong)
    return see_other(request, f"/plans/{plan_id}", _("Đã gắn cuộc họp với kế hoạch."))


@router.post("/{plan_id}/meetings/{meeting_id}/remove")
def unlink_meeting(request: Request, person: Writer, plan_id: int, meeting_id: int) -> Response:
    """Take that back; the meeting itself stays."""
    with request.app.state.store.begin() as session:
        change.unlink(session, person, plan_id, meeting_id)
    return see_other(request, f"/plans/{plan_id}", _("Đã bỏ gắn. Cuộc họp vẫn còn, nay tính là ngoài kế hoạch."))


def _list(
    request: Request, person: Person, year: int, commune: int | None, sent: dict[str, str] | None = None,
    wrong: OfficeError | None = None,
) -> Response:  # fmt: skip
    with request.app.state.store.read() as session:
        communes = communes_of(session, person)
        found = list_plans(session, person, year, today(), commune)
        return page(
            request, "plans/list.html", wrong=wrong, found=found, commune=commune, communes=communes,
            year_choices=[(each, str(each)) for each in found.years],
            choices=[(each.id, f"{each.kind} {each.name}") for each in communes], states=STATES, values=sent or {},
            today=today(),
        )  # fmt: skip


def _one(
    request: Request, person: Person, plan_id: int, sent: dict[str, str] | None = None, wrong: OfficeError | None = None
) -> Response:
    with request.app.state.store.read() as session:
        commune, standing = one_plan(session, person, plan_id, today())
        plan = standing.plan
        values = {"planned_on": plan.planned_on, "title": plan.title, "note": plan.note, "because": "", "meeting": "",
                  "moved_because": plan.moved_because, "notice_given_on": plan.notice_given_on}  # fmt: skip
        return page(
            request, "plans/plan.html", wrong=wrong, commune=commune, one=standing, plan=plan, states=STATES,
            values={**values, **(sent or {})},
            free=free_meetings(session, plan) if person.may("meetings.write") else [], today=today(),
            most_bytes=min(LIMITS.file_bytes, request.app.state.settings.most_file_bytes),
        )  # fmt: skip

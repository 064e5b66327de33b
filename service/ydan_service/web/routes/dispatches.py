"""Letters and slips: the list, one letter with what came back; reminders as slips, documents and a calendar."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from ydan_service.accounts.gate import needs
from ydan_service.errors import Conflict, Invalid
from ydan_service.office import settings
from ydan_service.office.following import bodies
from ydan_service.office.following.calendar import find_deadlines, write_calendar
from ydan_service.office.following.conditions import ANSWERED
from ydan_service.office.following.dispatches import STATES, list_letters, load_reply_file, look_at_letter
from ydan_service.office.following.reminder_slips import write_slips
from ydan_service.office.following.reminders import MOST_ON_PAPER, find_slips
from ydan_service.office.following.sending import KEEPS_WAITING, Facts, Received, change_dispatch, record_reply
from ydan_service.office.following.uploads import ACCEPT, safe_name
from ydan_service.office.following.wanted import read_wanted
from ydan_service.office.meetings.listing import communes_of
from ydan_service.person import Person
from ydan_service.store.tables import now
from ydan_service.web.clock import today
from ydan_service.web.entries import Sent, day_of, entries_of, file_of, text_of
from ydan_service.web.i18n import _
from ydan_service.web.names import name_of
from ydan_service.web.queries import page_of
from ydan_service.web.render import page, see_other

router = APIRouter(prefix="/follow-up")
Reader = Annotated[Person, Depends(needs("meetings.read"))]
Writer = Annotated[Person, Depends(needs("follow.write"))]
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OUTCOMES = (*ANSWERED, "dang_giai_quyet", KEEPS_WAITING)


@router.get("/dispatches")
def show_letters(request: Request, person: Reader) -> Response:
    """The letters, by how far they are."""
    wanted, query = read_wanted(request.query_params), request.query_params
    with request.app.state.store.read() as session:
        found = list_letters(session, person, wanted, query.get("state", ""), page_of(query.get("page", "1")), today())
        communes = communes_of(session, person)
        return page(request, "following/dispatches.html", found=found, wanted=wanted, states=STATES, communes=communes,
                    commune_choices=[(each.id, each.name) for each in communes])  # fmt: skip


@router.get("/dispatches/{dispatch_id}")
def show_letter(request: Request, person: Reader, dispatch_id: int) -> Response:
    """One letter."""
    return _letter(request, person, dispatch_id)


@router.post("/dispatches/{dispatch_id}")
def change_letter(request: Request, person: Writer, dispatch_id: int, sent: Sent) -> Response:
    """Number, days, addressee."""
    held = request.app.state.store
    try:
        facts, seen = facts_of(sent), facts_of(sent, "seen_")
        with held.begin() as session:
            change_dispatch(session, held.keys, person, dispatch_id, facts, seen, today())
    except (Invalid, Conflict) as wrong:
        return _letter(request, person, dispatch_id, "head", entries_of(sent), wrong)
    return see_other(request, f"/follow-up/dispatches/{dispatch_id}", _("Đã ghi công văn."))


@router.post("/dispatches/{dispatch_id}/replies")
def add_reply(request: Request, person: Writer, dispatch_id: int, sent: Sent) -> Response:
    """What came back."""
    held, most = request.app.state.store, request.app.state.settings.most_file_bytes
    try:
        received = Received(
            text_of(sent, "text"),
            text_of(sent, "outcome", 40),
            text_of(sent, "number"),
            day_of(sent, "received_on"),
            day_of(sent, "due_on"),
            file_of(sent, "file", most),
            today() if text_of(sent, "told", 5) else None,
        )
        with held.begin() as session:
            record_reply(session, held.keys, person, dispatch_id, received, today(), most)
    except (Invalid, Conflict) as wrong:
        return _letter(request, person, dispatch_id, "reply", entries_of(sent), wrong)
    return see_other(request, f"/follow-up/dispatches/{dispatch_id}", _("Đã ghi trả lời."))


@router.get("/dispatches/{dispatch_id}/replies/{reply_id}/file")
def reply_file(request: Request, person: Writer, dispatch_id: int, reply_id: int) -> Response:
    """The file that came with a reply."""
    held = request.app.state.store
    with held.begin() as session:
        file, data = load_reply_file(session, held.keys, person, dispatch_id, reply_id)
        return download(data, safe_name(file.name), file.media_type)


@router.get("/reminders")
def show_reminders(request: Request, person: Reader) -> Response:
    """Whom to remind of what."""
    wanted = read_wanted(request.query_params).but(tab="")
    with request.app.state.store.read() as session:
        known, found = bodies.spellings(session, person), find_slips(session, person, wanted, today())
        communes = communes_of(session, person)
        return page(request, "following/reminders.html", found=found, wanted=wanted, bodies=bodies.choices(known),
                    communes=communes, today=today(),
                    commune_choices=[(each.id, each.name) for each in communes],
                    office=str(settings.read(session)["office_name"]))  # fmt: skip


@router.get("/reminders.docx")
def reminders_docx(request: Request, person: Reader) -> Response:
    """The same as a document."""
    wanted = read_wanted(request.query_params)
    with request.app.state.store.read() as session:
        slips = find_slips(session, person, wanted, today(), MOST_ON_PAPER).slips
        data = write_slips(slips, str(settings.read(session)["office_name"]), today())
    return download(data, f"phieu-nhac-viec-{today():%Y-%m-%d}.docx", DOCX)


@router.get("/calendar.ics")
def calendar(request: Request, person: Reader) -> Response:
    """The deadlines, for a calendar program."""
    with request.app.state.store.read() as session:
        rows = find_deadlines(session, person, read_wanted(request.query_params), today())
        text = write_calendar(rows, now())
    return download(text.encode(), "han-tra-loi.ics", "text/calendar; charset=utf-8")


def _letter(
    request: Request, person: Person, dispatch_id: int, doing: str = "", entries: dict[str, str] | None = None,
    wrong: Invalid | Conflict | None = None,
) -> Response:  # fmt: skip
    held = request.app.state.store
    with held.read() as session:
        found = look_at_letter(session, held.keys, person, dispatch_id, today())
        return page(
            request,
            "following/dispatch.html",
            wrong=wrong,
            found=found,
            letter=found.letter,
            dispatch=found.letter.dispatch,
            doing=doing,
            entries=entries or {},
            outcome_choices=_outcomes(),
            accept=ACCEPT,
            today=today(),
        )


def _outcomes() -> list[tuple[str, str]]:
    between = _("Vẫn chờ, đây là trả lời tạm")
    return [(one, between if one == KEEPS_WAITING else name_of("status", one)) for one in OUTCOMES]


def facts_of(sent: FormData, prefix: str = "") -> Facts:
    """A letter's facts, as its form says them; ``seen_`` are those that stood there when the form was opened.

    :raises Invalid: a day that is none.
    """
    return Facts(
        text_of(sent, f"{prefix}addressee"), text_of(sent, f"{prefix}number"), day_of(sent, f"{prefix}sent_on"),
        day_of(sent, f"{prefix}due_on"),
    )  # fmt: skip


def download(data: bytes, name: str, media_type: str) -> Response:
    """A file to be kept, under a name with diacritics."""
    plain = name.encode("ascii", "replace").decode().replace("?", "_")
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return Response(data, media_type=media_type, headers={"Content-Disposition": disposition})

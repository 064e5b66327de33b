"""The conclusion of a meeting: three lists that a person sets right before they are published."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from ydan.documents.form import choose_form
from ydan.documents.ruled import LISTS
from ydan_service.accounts.gate import needs
from ydan_service.errors import Conflict, Invalid, NotFound, OfficeError
from ydan_service.office.papers.checking import look_over
from ydan_service.office.papers.entries import FIELDS, changed
from ydan_service.office.papers.lines import LIST_NAMES, Conclusion, Line, read_conclusion
from ydan_service.office.papers.making import Wanted, make
from ydan_service.office.papers.opening import Opened, open_dossier
from ydan_service.office.papers.ordering import move
from ydan_service.office.papers.publishing import days_of, publish
from ydan_service.office.papers.ruling import Overtaken, Theirs, confirm_list, give_back, rule
from ydan_service.office.papers.suggesting import Suggested, suggest
from ydan_service.office.scope import visible_meeting
from ydan_service.person import Person
from ydan_service.responses import Json
from ydan_service.web.clock import today
from ydan_service.web.entries import Sent
from ydan_service.web.i18n import _
from ydan_service.web.queries import day_of
from ydan_service.web.render import environment, page, see_other

router = APIRouter(prefix="/meetings/{meeting_id}/conclusion", include_in_schema=False)
Reader = Annotated[Person, Depends(needs("meetings.read"))]
Writer = Annotated[Person, Depends(needs("meetings.write"))]
_STEPS = {"up": -1, "down": 1}
_NOTICE = "thong-bao-ket-luan"


class Seen(NamedTuple):
    """What a page or a part of it is made of."""

    opened: Opened
    conclusion: Conclusion
    context: dict[str, Any]


class Trouble(NamedTuple):
    """A line that could not be saved: what was typed, why, and what another person decided in between."""

    key: str
    entries: dict[str, str]
    error: OfficeError
    field: str
    theirs: dict[str, Theirs]


@router.get("")
def show(request: Request, person: Reader, meeting_id: int) -> Response:
    """The lists, what must be looked at, and the form to publish."""
    return _page(request, person, meeting_id)


@router.post("/opinions/{key}")
def change(request: Request, person: Writer, meeting_id: int, key: str, sent: Sent) -> Response:
    """Save a line, confirm it, move it, or let a field be again what the minutes say; a script gets the line back."""
    fields = {name: value for name, value in sent.items() if isinstance(value, str)}
    try:
        said = _change(request, person, meeting_id, key, fields)
    except (Overtaken, Invalid) as error:
        trouble = _trouble(key, fields, error)
        if _is_script(request):
            return _parts(request, person, meeting_id, key, trouble)
        return _page(request, person, meeting_id, trouble)
    if _is_script(request):
        return _parts(request, person, meeting_id, key)
    return see_other(request, f"/meetings/{meeting_id}/conclusion#y-{key}", said)


@router.post("/confirm")
def confirm(request: Request, person: Writer, meeting_id: int, sent: Sent) -> Response:
    """Confirm a whole list as it stands."""
    wanted = str(sent.get("list", ""))
    if wanted not in LISTS:
        raise Invalid("Không có danh mục này. Hãy tải lại trang.")
    store = request.app.state.store
    with store.begin() as session:
        count = confirm_list(session, store.keys, person, meeting_id, wanted)
    said = _("Đã xác nhận %(n)s ý kiến.", n=count) if count else _("Danh mục này đã được xác nhận cả rồi.")
    return see_other(request, f"/meetings/{meeting_id}/conclusion#list-{wanted}", said)


@router.post("/publish")
def make_public(request: Request, person: Writer, meeting_id: int, sent: Sent) -> Response:
    """Give the notice its number and day, then draw it up with them."""
    held = request.app.state
    number, day = str(sent.get("number", "")), str(sent.get("published_on", ""))
    try:
        with held.store.begin() as session:
            publish(
                session, held.store.keys, held.predictor, person, meeting_id, number, day_of(day), today(),
                anyway=bool(sent.get("anyway")),
            )  # fmt: skip
    except (Invalid, Conflict) as error:
        return _page(request, person, meeting_id, refused=(error, {"number": number, "published_on": day}))
    make(held.store, held.predictor, person, meeting_id, Wanted((_NOTICE,)))
    said = _("Đã ghi công bố kết luận và xuất thông báo có số, ngày.")
    return see_other(request, f"/meetings/{meeting_id}/documents", said)


def _change(request: Request, person: Person, meeting_id: int, key: str, sent: dict[str, str]) -> str:
    held, store = request.app.state, request.app.state.store
    asked = sent.get("do", "save")
    with store.begin() as session:
        if asked in _STEPS:
            move(session, store.keys, held.predictor, person, meeting_id, key, _STEPS[asked])
            return _("Đã chuyển vị trí.")
        if sent.get("back"):
            give_back(session, store.keys, held.predictor, person, meeting_id, key, [sent["back"]])
            return _("Đã lấy lại theo biên bản.")
        seen = sent.get("version", "")
        if not (seen.isascii() and seen.isdigit()) or len(seen) > 9:
            raise Invalid("Trang này thiếu phiên bản của ý kiến. Hãy tải lại trang rồi sửa lại.")
        new = rule(session, store.keys, person, meeting_id, key, changed(sent), int(seen), confirm=asked == "confirm")
    return _("Đã lưu.") if new else _("Không có gì thay đổi.")


def _trouble(key: str, sent: dict[str, str], error: OfficeError) -> Trouble:
    entries = {name: sent[name] for name in FIELDS if name in sent}
    theirs = error.theirs if isinstance(error, Overtaken) else {}
    return Trouble(key, entries, error, getattr(error, "field", ""), theirs)


def _page(
    request: Request,
    person: Person,
    meeting_id: int,
    trouble: Trouble | None = None,
    refused: tuple[OfficeError, dict[str, str]] | None = None,
) -> Response:
    seen = _look(request, person, meeting_id, trouble)
    error, entries = refused if refused is not None else (None, {})
    status = trouble.error.status if trouble is not None else 200 if error is None else error.status
    return page(
        request, "papers/conclusion.html", status=status, **seen.context, refused=error, entries=entries,
        number=entries.get("number", seen.opened.meeting.conclusion_number or ""),
        published_on=entries.get("published_on", seen.opened.meeting.conclusion_published_on or today()),
    )  # fmt: skip


def _parts(request: Request, person: Person, meeting_id: int, key: str, trouble: Trouble | None = None) -> Json:
    """The line anew, the checks anew, and the order of all: what a script puts in the place of the old."""
    seen = _look(request, person, meeting_id, trouble)
    line = seen.conclusion.find(key)
    if line is None:
        raise NotFound("Ý kiến này không còn trong kết luận. Hãy tải lại trang.")
    body: dict[str, Any] = {
        "line": _fragment("papers/line.html", line=line, **seen.context),
        "checks": _fragment("papers/checks.html", **seen.context),
        "version": line.version,
        "order": {name: [one.key for one in seen.conclusion.lists[name]] for name in LIST_NAMES},
    }
    if trouble is not None:
        body |= {"code": trouble.error.code, "detail": trouble.error.message, "field": trouble.field}
    headers = {"Cache-Control": "no-store"}
    return Json(body, 200 if trouble is None else trouble.error.status, headers=headers)


def _look(request: Request, person: Person, meeting_id: int, trouble: Trouble | None) -> Seen:
    held = request.app.state
    with held.store.read() as session:
        meeting = visible_meeting(session, person, meeting_id)
        opened = open_dossier(session, held.store.keys, held.predictor, meeting)
        conclusion = read_conclusion(session, person, opened)
        suggested: Suggested = suggest(session, opened, conclusion)
        checks = look_over(opened, today(), days_of(session))
    lines: dict[str, Line] = {line.key: line for line in conclusion.lines}
    context = {
        "meeting": meeting,
        "conclusion": conclusion,
        "lists": LISTS,
        "lines": lines,
        "checks": checks,
        "suggested": suggested,
        "editing": person.may("meetings.write") and meeting.stage != "closed",
        "trouble": trouble,
        "numbered": _numbered(opened),
        "left": sum(check.grade == "warn" for check in checks),
        "stopped": any(check.grade == "block" for check in checks),
    }
    return Seen(opened, conclusion, context)


def _numbered(opened: Opened) -> str:
    """How the notice prints the number 12."""
    return replace(choose_form(opened.dossier.minutes), given_number="12").number("TB")


def _fragment(template: str, **context: Any) -> str:
    return environment().get_template(template).render(context)


def _is_script(request: Request) -> bool:
    return "text/html" not in request.headers.get("accept", "")

"""Follow-up: the worklist, one opinion with its forms, what is done to several at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from ydan_service.accounts.gate import needs
from ydan_service.errors import Conflict, Invalid
from ydan_service.office.following import bodies
from ydan_service.office.following.answering import record_answer, tell
from ydan_service.office.following.assigning import assign, change_assignment
from ydan_service.office.following.closing import closable
from ydan_service.office.following.conditions import ANSWERED
from ydan_service.office.following.one import look_at_one
from ydan_service.office.following.sending import add_dispatch
from ydan_service.office.following.statuses import Refused, Seen, change_status
from ydan_service.office.following.wanted import TABS, read_wanted
from ydan_service.office.following.worklist import look
from ydan_service.person import Person
from ydan_service.store import audit
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import STATUSES
from ydan_service.web.clock import today
from ydan_service.web.entries import Sent, day_of, entries_of, moment_of, number_of, text_of
from ydan_service.web.i18n import _
from ydan_service.web.queries import page_of
from ydan_service.web.render import page, see_other
from ydan_service.web.routes import dispatches

router = APIRouter()
_own = APIRouter(prefix="/follow-up")
Reader = Annotated[Person, Depends(needs("meetings.read"))]
Writer = Annotated[Person, Depends(needs("follow.write"))]
MOST = 200
"""Opinions in one change, at most."""


Change = Callable[[Session], list[Refused]]


@_own.get("")
def show_list(request: Request, person: Reader) -> Response:
    """The worklist."""
    wanted = read_wanted(request.query_params)
    with request.app.state.store.read() as session:
        found = look(session, person, wanted, page_of(request.query_params.get("page", "1")), today())
        return page(
            request,
            "following/list.html",
            found=found,
            wanted=found.wanted,
            tabs=TABS,
            closable=closable(session, person, wanted) if person.may("meetings.write") else [],
            statuses=STATUSES,
            answered=ANSWERED,
            commune_choices=[(each.id, each.name) for each in found.communes],
            offered=bodies.offered_of(found.bodies),
            today=today(),
        )


@_own.post("/bulk")
def change_many(request: Request, person: Writer, sent: Sent) -> Response:
    """One change to several opinions; those that cannot take it are named and left as they are."""
    seen = _chosen(sent)
    action = text_of(sent, "action", 20)
    keys = request.app.state.store.keys
    with request.app.state.store.begin() as session:
        refused = _many(session, keys, person, action, seen, sent)
    done = len(seen) - len(refused)
    back = text_of(sent, "back", 500)
    back = back if back.startswith("/follow-up?") else "/follow-up"
    if refused:
        ids = ", ".join(str(one.id) for one in refused[:5])
        said = _("Đã ghi %(n)s ý kiến. Bỏ qua %(m)s ý kiến (mã %(ids)s): %(why)s", n=done, m=len(refused), ids=ids,
                 why=refused[0].why)  # fmt: skip
        return see_other(request, back, said, "warn")
    return see_other(request, back, _("Đã ghi %(n)s ý kiến.", n=done))


@_own.get("/{opinion_id}")
def show_one(request: Request, person: Reader, opinion_id: int) -> Response:
    """One opinion's follow-up."""
    return _one(request, person, opinion_id, request.query_params.get("do", ""))


@_own.post("/{opinion_id}/status")
@_own.post("/{opinion_id}/assign")
@_own.post("/{opinion_id}/answer")
@_own.post("/{opinion_id}/told")
@_own.post("/{opinion_id}/dispatch")
def change_one(request: Request, person: Writer, opinion_id: int, sent: Sent) -> Response:
    """Say where it stands, charge a body, keep an answer, say that the people were told, draft a letter."""
    deed = request.url.path.rpartition("/")[2]
    action = "tell" if deed == "told" else deed
    keys, seen = request.app.state.store.keys, [Seen(opinion_id, number_of(sent, "version"))]

    def doing(session: Session) -> list[Refused]:
        return _many(session, keys, person, action, seen, sent)

    return _do(request, person, opinion_id, sent, action, doing)


@_own.post("/{opinion_id}/assignments/{task_id}")
def assignment(request: Request, person: Writer, opinion_id: int, task_id: int, sent: Sent) -> Response:
    """Set a task right, or say that it is done."""
    held = request.app.state.store

    def doing(session: Session) -> list[Refused]:
        done_on = day_of(sent, "done_on") or (today() if text_of(sent, "done", 5) else None)
        change_assignment(session, held.keys, person, task_id, text_of(sent, "body"), text_of(sent, "what"),
                          day_of(sent, "deadline"), done_on, moment_of(sent, "seen"), today())  # fmt: skip
        return []

    return _do(request, person, opinion_id, sent, f"task-{task_id}", doing)


def _do(request: Request, person: Person, opinion_id: int, sent: FormData, action: str, change: Change) -> Response:
    try:
        with request.app.state.store.begin() as session:
            change(session)
    except (Invalid, Conflict) as wrong:
        return _one(request, person, opinion_id, action, entries_of(sent), wrong)
    return see_other(request, f"/follow-up/{opinion_id}", _("Đã ghi."))


def _many(
    session: Session, keys: KeyRing, person: Person, action: str, seen: list[Seen], sent: FormData
) -> list[Refused]:
    """One of the changes, as its form says it."""
    ids, day = [one.id for one in seen], today()
    if action == "status":
        return change_status(session, keys, person, seen, text_of(sent, "status", 40), text_of(sent, "because"),
                             day_of(sent, "on"), day)  # fmt: skip
    if action == "assign":
        what, deadline = text_of(sent, "what"), day_of(sent, "deadline")
        return assign(session, keys, person, ids, text_of(sent, "body"), what, deadline, day)
    if action == "answer":
        told_on = day if text_of(sent, "told", 5) else None
        return record_answer(session, keys, person, seen, text_of(sent, "text"), text_of(sent, "given_by"),
                             day_of(sent, "given_on"), text_of(sent, "answer_status", 40), told_on, day)  # fmt: skip
    if action == "tell":
        tell(session, keys, person, ids, day_of(sent, "told_on"), day)
        return []
    if action == "dispatch":
        add_dispatch(session, keys, person, ids, text_of(sent, "direction", 20), dispatches.facts_of(sent), day)
        return []
    raise Invalid("Hãy chọn việc muốn làm với các ý kiến đã chọn.", "action")


def _one(
    request: Request, person: Person, opinion_id: int, doing: str, entries: dict[str, str] | None = None,
    wrong: Invalid | Conflict | None = None,
) -> Response:  # fmt: skip
    held = request.app.state.store
    with held.read() as session:
        found = look_at_one(session, held.keys, person, opinion_id, today())
        offered = bodies.offered(bodies.spellings(session, person)) if person.may("follow.write") else []
        shown = page(
            request,
            "following/one.html",
            wrong=wrong,
            found=found,
            row=found.row,
            opinion=found.row.opinion,
            doing=doing,
            entries=entries or {},
            statuses=STATUSES,
            answered=ANSWERED,
            offered=offered,
            today=today(),
        )
    if found.secret:
        with held.begin() as session:
            audit.record(session, person, "opinion.look_confidential", "meeting", found.row.opinion.meeting_id,
                         opinions=[opinion_id])  # fmt: skip
    return shown


def _chosen(sent: FormData) -> list[Seen]:
    """The opinions that were ticked, as ``id.version``.

    :raises Invalid: none, or too many.
    """
    found = []
    for value in sent.getlist("opinion"):
        id_, _dot, version = str(value).partition(".")
        if id_.isdecimal() and version.isdecimal() and len(id_) < 10 and len(version) < 10:
            found.append(Seen(int(id_), int(version)))
    if not found or len(found) > MOST:
        raise Invalid(f"Chưa chọn ý kiến nào, hoặc chọn quá {MOST}. Hãy đánh dấu ở đầu dòng.", "opinion")
    return found


router.include_router(dispatches.router)  # before /follow-up/{opinion_id}, which would take their paths for ids
router.include_router(_own)

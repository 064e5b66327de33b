"""The public board of a commune: its preview, its paper, its plain text."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from ydan_service.accounts.gate import needs
from ydan_service.errors import NotFound
from ydan_service.office.following.board import Board, make_board
from ydan_service.office.following.board_text import (
    HEADS,
    head_of,
    line_of,
    place_of,
    standing_of,
    title_of,
    write_docx,
    write_text,
)
from ydan_service.office.meetings.listing import communes_of
from ydan_service.person import Person
from ydan_service.web.clock import today
from ydan_service.web.queries import id_of
from ydan_service.web.render import page, see_other
from ydan_service.web.routes.dispatches import DOCX, download

router = APIRouter(prefix="/board")
Reader = Annotated[Person, Depends(needs("meetings.read"))]


@router.get("")
def first(request: Request, person: Reader) -> Response:
    """To the board of the person's first commune."""
    with request.app.state.store.read() as session:
        communes = communes_of(session, person)
    if not communes:
        raise NotFound("Tài khoản này chưa được giao xã, phường nào. Hãy nhờ người quản trị giao địa bàn.")
    return see_other(request, f"/board/{communes[0].id}")


@router.get("/{commune_id}")
def show(request: Request, person: Reader, commune_id: int) -> Response:
    """The board, with what is left out and why."""
    found = _board(request, person, commune_id)
    with request.app.state.store.read() as session:
        communes = communes_of(session, person)
    return page(
        request,
        "following/board.html",
        board=found,
        communes=communes,
        meeting_choices=[(id_, f"{held:%d/%m/%Y} · {name}" if held else name) for id_, held, name in found.choices],
        title=title_of(found),
        place=place_of(found),
        heads=HEADS,
        head_of=head_of,
        line_of=line_of,
        standing_of=standing_of,
        text=write_text(found, today()),
        today=today(),
    )


@router.get("/{commune_id}/board.docx")
def docx(request: Request, person: Reader, commune_id: int) -> Response:
    """The board as a document."""
    found = _board(request, person, commune_id)
    return download(write_docx(found, today()), f"bang-cong-khai-{today():%Y-%m-%d}.docx", DOCX)


@router.get("/{commune_id}/board.txt")
def text(request: Request, person: Reader, commune_id: int) -> Response:
    """The board as plain text."""
    found = _board(request, person, commune_id)
    data = write_text(found, today()).encode("utf-8-sig")
    return download(data, f"bang-cong-khai-{today():%Y-%m-%d}.txt", "text/plain; charset=utf-8")


def _board(request: Request, person: Person, commune_id: int) -> Board:
    held, chosen = request.app.state.store, id_of(request.query_params.get("meeting", ""))
    with held.read() as session:
        return make_board(session, held.keys, person, commune_id, chosen, today())

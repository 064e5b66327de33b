"""``POST /v1/minutes``: a file of minutes in, the meeting and its assessed opinions out.

Names, addresses and words of citizens go back whole: the caller sent the file and owns it. Nothing of it is kept or
logged, and no store is needed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from time import perf_counter
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Depends, Query, Request
from starlette.datastructures import State
from starlette.responses import Response

from ydan.assessment import Assessment, Failure
from ydan.errors import OpinionError, ReadError
from ydan.minutes.reader import MinutesReader
from ydan.minutes.records import Meeting, Minutes
from ydan.opinion import Opinion, Session, check_text, parse_session
from ydan.predictor import Predictor
from ydan_service.problems import Problem
from ydan_service.responses import encode
from ydan_service.routes.described import body_of, problems
from ydan_service.routes.knowledge import DAY, HOST, PROVINCE
from ydan_service.routes.minutes_out import FORM_SCHEMA, MinutesOut
from ydan_service.routes.upload import BYTES, FORM, SUFFIXES, Upload, read_upload
from ydan_service.security import requires

router = APIRouter(prefix="/v1", tags=["minutes"], dependencies=[Depends(requires("minutes"))])

_AT_ONCE = 2
"""Files read at a time, in threads of their own: others wait, and opinions are answered beside them."""
_threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="ydan-minutes")
_BINARY = {"schema": {"type": "string", "format": "binary"}}


class Answered(NamedTuple):
    """What was read, and what was made of it: an assessment or an error for each opinion, in order."""

    minutes: Minutes
    session: Session
    notices: tuple[dict[str, str], ...]
    answers: tuple[Assessment | Failure, ...]


@router.post(
    "/minutes",
    summary="Đọc một biên bản và phân loại từng ý kiến trong đó",
    response_model=MinutesOut,
    responses=problems(
        {
            413: "Tệp quá lớn (too_large, file_too_large)",
            415: "Kiểu tệp không đọc (unsupported_media_type, unsupported_format)",
            422: "Tệp hỏng, có mật khẩu, là bản quét…, hoặc phiên họp không hợp lệ",
        }
    ),
    openapi_extra=body_of({FORM: {"schema": FORM_SCHEMA}, **dict.fromkeys((*SUFFIXES, BYTES), _BINARY)}),
)
async def minutes(
    request: Request,
    day: Annotated[str | None, DAY] = None,
    province: Annotated[str | None, PROVINCE] = None,
    host_level: Annotated[str | None, HOST] = None,
    name: Annotated[str | None, Query(description="Tên tệp, khi thân là tệp", examples=["bien-ban.docx"])] = None,
) -> Response:
    """What the caller says of host and date wins over what the file says; ``session`` tells what was assumed."""
    state = request.app.state
    upload = await read_upload(request, state.settings.most_file_bytes, name)
    asked = {"date": day, "province": province, "host_level": host_level}
    asked = {key: value or upload.fields.get(key) or None for key, value in asked.items()}
    loop = asyncio.get_running_loop()
    begun = perf_counter()
    work = partial(_work, state, state.predictor, state.minutes_reader, upload, asked)
    found, body = await loop.run_in_executor(_threads, work)
    state.metrics.assessed(found.answers, perf_counter() - begun)
    return Response(body, media_type="application/json")


def _work(
    state: State, predictor: Predictor, reader: MinutesReader | None, upload: Upload, asked: Mapping[str, str | None]
) -> tuple[Answered, bytes]:
    if reader is None:  # a server without pages loads it for its first file
        reader = MinutesReader.load(predictor.bundle)
        if state.predictor is predictor:
            state.minutes_reader = reader
    found = answer_minutes(upload.data, upload.name, asked, reader, predictor)
    return found, encode({**minutes_json(found), **predictor.versions})


def answer_minutes(
    data: bytes, name: str, asked: Mapping[str, str | None], reader: MinutesReader, predictor: Predictor
) -> Answered:
    """Read and assess; as ``ydan classify FILE --format jsonl``.

    :raises Problem: the file cannot be read; its code is the :class:`~ydan.errors.ReadError`'s.
    :raises OpinionError: ``asked`` is wrong.
    """
    from ydan_service.office.intake.source import read_source

    parse_session(asked, Session(date.today()), predictor.competence)  # before the long work
    try:
        read = read_source(data, name, reader)
    except ReadError as error:
        status = {"file_too_large": 413, "unsupported_format": 415}.get(error.code, 422)
        raise Problem(status, error.code, str(error)) from error
    told, notices = _told(read.meeting)
    session = parse_session(asked, told, predictor.competence)
    notices += _missing(read, asked, session)
    items = [_item(raised.id, raised.text, session) for raised in read.opinions]
    held = replace(
        read.meeting,
        date=session.date if read.meeting.date or asked.get("date") else None,
        host_level=session.host_level if read.meeting.host_level or asked.get("host_level") else None,
    )
    return Answered(replace(read, meeting=held), session, tuple(notices), tuple(predictor.assess_many(items)))


def minutes_json(found: Answered) -> dict[str, Any]:
    """The answer without its versions; the fields are those of ``ydan read``."""
    read, session = found.minutes, found.session
    answers = [answer.to_json() for answer in read.answers]
    return {
        "meeting": read.meeting.to_json(),
        "session": {
            "host_level": session.host_level,
            "date": session.date.isoformat(),
            "province": session.province,
        },
        "notices": list(found.notices),
        "opinions": [
            {**raised.to_json(), **_said(answer)} for raised, answer in zip(read.opinions, found.answers, strict=True)
        ],
        "answers": answers,
        "tasks": [{"answer": answer["id"], **task} for answer in answers for task in answer["tasks"]],
    }


def _said(answer: Assessment | Failure) -> dict[str, Any]:
    if isinstance(answer, Failure):
        return {"assessment": None, "error": {"code": answer.code, "message": answer.message}}
    return {"assessment": answer.to_json(), "error": None}


def _item(id_: str, text: str, session: Session) -> Opinion | Failure:
    try:
        check_text(text)
    except OpinionError as error:
        return Failure(id_, error.code, str(error))
    return Opinion(id_, text, session)


def _told(meeting: Meeting) -> tuple[Session, list[dict[str, str]]]:
    """The session that the file speaks of, and what of it cannot be."""
    told, notices = Session(date.today()), []
    for key, value in (("date", meeting.date), ("host_level", meeting.host_level)):
        try:
            told = parse_session({key: value}, told)
        except OpinionError as error:
            notices.append({"code": error.code, "message": str(error)})
    return told, notices


def _missing(read: Minutes, asked: Mapping[str, str | None], session: Session) -> list[dict[str, str]]:
    found = []
    if read.meeting.date is None and not asked.get("date"):
        message = f"Không thấy ngày họp, tính theo hôm nay {session.date:%d/%m/%Y}. Nếu khác, hãy gửi thêm date."
        found.append({"code": "date_assumed", "message": message})
    if read.meeting.host_level is None and not asked.get("host_level"):
        message = "Không rõ cấp chủ trì, tính theo cấp xã. Nếu khác, hãy gửi thêm host_level."
        found.append({"code": "host_level_assumed", "message": message})
    if not read.opinions:
        message = "Không tìm thấy ý kiến nào. Hãy xem lại tệp, hoặc gửi từng ý kiến tới /v1/classify."
        found.append({"code": "no_opinions", "message": message})
    return found

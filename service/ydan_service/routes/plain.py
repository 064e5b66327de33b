"""``POST /v1/label``: a text in, one label out, in the shape of a text-classification pipeline.

For a form, a spreadsheet or a script that wants no more than the topic.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from time import perf_counter
from typing import Annotated, Any, Literal
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from ydan.assessment import Assessment, Choice, Failure
from ydan.errors import OpinionError
from ydan.opinion import Opinion, Session, check_text, parse_session
from ydan.predictor import Predictor
from ydan_service.problems import Problem
from ydan_service.responses import Json
from ydan_service.routes.body import check_count, json_of, kind_of, read_body
from ydan_service.routes.described import problem
from ydan_service.schemas import ErrorDetail, HostLevel
from ydan_service.security import requires
from ydan_service.settings import Settings

router = APIRouter(prefix="/v1", tags=["classify"], dependencies=[Depends(requires("classify"))])

FORM = "application/x-www-form-urlencoded"
Field_ = Literal["topic", "type", "level", "matter"]


class LabelOut(BaseModel):
    """``score`` is a calibrated probability; both are null where the model is not sure enough to name a matter."""

    label: str | None
    score: float | None = Field(ge=0, le=1)
    name: str


class LabelFailure(BaseModel):
    """In a list, a text that could not be read keeps its place."""

    label: None
    score: None
    name: str
    error: ErrorDetail


_TEXTS: dict[str, Any] = {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}


@router.post(
    "/label",
    summary="Một nhãn cho một ý kiến, dạng đơn giản",
    response_model=LabelOut | list[LabelOut | LabelFailure],
    responses={
        400: problem("Thân không phải JSON"),
        401: problem("Thiếu khoá"),
        403: problem("Khoá không có phạm vi này"),
        413: problem("Thân quá lớn hoặc quá nhiều ý kiến"),
        415: problem("Kiểu nội dung không nhận"),
        422: problem("Không có ý kiến, ý kiến không đọc được, hoặc tham số sai"),
        429: problem("Gọi quá nhanh"),
        503: problem("Máy chủ đang quá tải"),
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {"type": "object", "required": ["text"], "properties": {"text": _TEXTS}},
                    "examples": {
                        "mot": {"summary": "Một ý kiến", "value": {"text": "Đường thôn 6 lầy lội."}},
                        "nhieu": {
                            "summary": "Nhiều ý kiến",
                            "value": {"text": ["Đường thôn 6 lầy lội.", "Rác ở chợ không ai thu gom."]},
                        },
                    },
                },
                FORM: {"schema": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}},
                "text/plain": {"schema": {"type": "string"}, "example": "Đường thôn 6 lầy lội."},
            },
        }
    },
)
async def label(
    request: Request,
    field: Annotated[Field_, Query(description="Nhãn nào: lĩnh vực, loại, cấp hay việc")] = "topic",
    host_level: Annotated[HostLevel | None, Query(description="Cấp chủ trì, mặc định commune")] = None,
    date: Annotated[str | None, Query(description="Ngày họp, NĂM-THÁNG-NGÀY; mặc định hôm nay")] = None,
    province: Annotated[str | None, Query(description="Mã hoặc tên tỉnh")] = None,
) -> Json:
    """``{"label", "score", "name"}`` for one text; a list of them, in order, for a list of texts."""
    settings: Settings = request.app.state.settings
    predictor: Predictor = request.app.state.predictor
    text = texts_of(await read_body(request, settings.most_bytes), kind_of(request, "application/json"))
    texts = text if isinstance(text, list) else [text]
    check_count(len(texts), settings.most_opinions)
    session = session_of({"host_level": host_level, "date": date, "province": province}, predictor)
    items = [_item(number, each, session) for number, each in enumerate(texts, 1)]
    begun = perf_counter()
    answers = await request.app.state.collector.assess(items)
    request.app.state.metrics.assessed(answers, perf_counter() - begun)
    if isinstance(text, list):
        return Json([labelled(answer, field) for answer in answers])
    if isinstance(answers[0], Failure):
        raise Problem(422, answers[0].code, answers[0].message)
    return Json(labelled(answers[0], field))


def session_of(raw: Mapping[str, Any], predictor: Predictor) -> Session:
    """The session of some parameters.

    :raises OpinionError: one of them is wrong.
    """
    return parse_session(raw, Session(date.today()), predictor.competence)


def texts_of(body: bytes, kind: str) -> str | list[Any]:
    """A string, or a list for many: ``text`` (or ``inputs``) of a JSON object or form, else the whole plain text.

    >>> texts_of(b'{"inputs": ["a", "b"]}', "application/json")
    ['a', 'b']

    :raises Problem: 400 no JSON, 415 another kind of body, 422 no ``text``.
    """
    if kind == "text/plain":
        return _decoded(body)
    raw: object
    if kind == FORM:
        try:
            fields = parse_qs(_decoded(body), keep_blank_values=True, max_num_fields=10_000)
        except ValueError as error:
            raise Problem(422, "invalid_request", "Biểu mẫu có quá nhiều mục. Hãy chia thành nhiều lần gọi.") from error
        given = fields.get("text", [])
        raw = {"text": given[0] if len(given) == 1 else given} if given else {}
    elif kind == "application/json":
        raw = json_of(body)
    else:
        raise Problem(
            415, "unsupported_media_type", f"Nhận application/json, {FORM} hoặc text/plain, không nhận {kind}."
        )
    found = raw.get("text", raw.get("inputs")) if isinstance(raw, dict) else None
    if not isinstance(found, str | list):
        raise Problem(422, "invalid_request", 'Thiếu "text". Hãy gửi {"text": "nội dung ý kiến"} hoặc một danh sách.')
    return found


def labelled(answer: Assessment | Failure, field: Field_) -> dict[str, Any]:
    """One entry of the answer."""
    if isinstance(answer, Failure):
        error = {"code": answer.code, "message": answer.message}
        return {"label": None, "score": None, "name": "", "error": error}
    fields: dict[str, Choice | None] = {
        "topic": answer.topic,
        "type": answer.type,
        "level": answer.jurisdiction.level,
        "matter": answer.matter,
    }
    choice = fields[field]
    if choice is None:
        return {"label": None, "score": None, "name": ""}
    return {"label": choice.id, "score": choice.confidence, "name": choice.label}


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problem(
            422, "binary_text", "Nội dung không phải UTF-8. Hãy lưu lại dạng văn bản UTF-8 rồi thử lại."
        ) from error


def _item(number: int, text: object, session: Session) -> Opinion | Failure:
    try:
        if not isinstance(text, str):
            raise OpinionError("bad_text", f'"text" phải là chuỗi, đang là {type(text).__name__}.')
        check_text(text)
        return Opinion(str(number), text, session)
    except OpinionError as error:
        return Failure(str(number), error.code, str(error))

"""``POST /v1/classify``: opinions in, as many answers out, in order."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from time import perf_counter
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from ydan.assessment import Assessment, Failure
from ydan.errors import OpinionError
from ydan.opinion import Opinion, Session, parse_opinion, parse_session
from ydan.predictor import Predictor
from ydan_service.batching import Collector
from ydan_service.problems import MEDIA_TYPE, Problem
from ydan_service.responses import Json
from ydan_service.schemas import REQUEST_EXAMPLES, ClassifyOut, ProblemOut
from ydan_service.security import requires
from ydan_service.settings import Settings

ALLOWED = requires("classify")
router = APIRouter(prefix="/v1", tags=["classify"], dependencies=[Depends(ALLOWED)])

LIGHT_BYTES = 16_384
"""A longer body is read, checked and written beside the event loop as well."""

Item = Opinion | Failure


def _problem(meaning: str) -> dict[str, Any]:
    return {"description": meaning, "content": {MEDIA_TYPE: {"schema": ProblemOut.model_json_schema()}}}


@router.post(
    "/classify",
    summary="Phân loại một hay nhiều ý kiến",
    response_model=ClassifyOut,
    responses={
        400: _problem("Thân không phải JSON"),
        401: _problem("Thiếu khoá"),
        413: _problem("Thân quá lớn hoặc quá nhiều ý kiến"),
        415: _problem("Không phải application/json"),
        422: _problem("Sai cấu trúc, hoặc phiên họp không hợp lệ"),
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {"$ref": "#/components/schemas/ClassifyIn"},
                    "examples": REQUEST_EXAMPLES,
                }
            },
        }
    },
)
async def classify(request: Request) -> Json:
    """One result for each opinion, in order: its assessment, or its error. The other opinions are still answered."""
    state = request.app.state
    settings: Settings = state.settings
    predictor: Predictor = state.predictor
    collector: Collector = state.collector
    body = await _body(request, settings)
    begun = perf_counter()
    if len(body) > LIGHT_BYTES:
        results, response = await collector.apart(lambda: _at_once(body, predictor, settings))
    else:
        results = await collector.assess(read(parse(body), predictor, settings))
        response = Json(_answer(results, predictor))
    state.metrics.assessed(results, perf_counter() - begun)
    return response


class _Quick:
    """The route above as plain ASGI: FastAPI's own steps cost as much as a small answer, and this one uses none."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        await ALLOWED(request)
        response = await classify(request)
        await response(scope, receive, send)


QUICK = Route("/v1/classify", _Quick(), methods=["POST"], include_in_schema=False)
"""Goes before ``router``'s own route, which describes it in the OpenAPI document."""


def _at_once(
    body: bytes | bytearray, predictor: Predictor, settings: Settings
) -> tuple[list[Assessment | Failure], Json]:
    results = predictor.assess_many(read(parse(body), predictor, settings))
    return results, Json(_answer(results, predictor))


def answer(raw: object, predictor: Predictor, settings: Settings) -> dict[str, Any]:
    """Check the request and assess it; importable and testable without HTTP.

    :raises Problem: the request as a whole is wrong.
    :raises OpinionError: the session is wrong.
    """
    return _answer(predictor.assess_many(read(raw, predictor, settings)), predictor)


def _answer(results: Sequence[Assessment | Failure], predictor: Predictor) -> dict[str, Any]:
    return {"results": [found.to_json() for found in results], **predictor.versions}


def read(raw: object, predictor: Predictor, settings: Settings) -> list[Item]:
    """The opinions of a request, each checked: what is wrong with one alone is its own answer.

    :raises Problem: the request as a whole is wrong.
    :raises OpinionError: the session is wrong.
    """
    if not isinstance(raw, dict) or not isinstance(raw.get("opinions"), list):
        raise Problem(422, "invalid_request", 'Thân phải là {"session": {…}, "opinions": [{"id": …, "text": …}]}.')
    session_in = raw.get("session")
    if session_in is not None and not isinstance(session_in, dict):
        raise Problem(422, "invalid_request", '"session" phải là một đối tượng, ví dụ {"host_level": "commune"}.')
    opinions = raw["opinions"]
    if len(opinions) > settings.most_opinions:
        raise Problem(
            413,
            "too_many_opinions",
            f"Có {len(opinions)} ý kiến, mỗi lần gọi nhận tối đa {settings.most_opinions}. Hãy chia thành nhiều lần.",
        )
    session = parse_session(session_in or {}, Session(date.today()), predictor.competence)
    return [_item(row, session, str(number), predictor) for number, row in enumerate(opinions, 1)]


def _item(row: object, session: Session, fallback: str, predictor: Predictor) -> Opinion | Failure:
    try:
        return parse_opinion(row, session, fallback_id=fallback, competence=predictor.competence)
    except OpinionError as error:
        identity = row.get("id") if isinstance(row, dict) else None
        return Failure(fallback if identity is None else str(identity), error.code, str(error))


def parse(body: bytes | bytearray) -> object:
    """The JSON of a body.

    :raises Problem: it is none.
    """
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Problem(400, "invalid_json", f"Thân yêu cầu không phải JSON hợp lệ: {str(error)[:120]}.") from error


async def _body(request: Request, settings: Settings) -> bytearray:
    kind = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Problem(415, "unsupported_media_type", f"Nhận application/json, không nhận {kind}.")
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > settings.most_bytes:
            raise Problem(
                413, "too_large", f"Thân yêu cầu vượt {settings.most_bytes} byte. Hãy chia thành nhiều lần gọi."
            )
    return body

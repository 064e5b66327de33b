"""``POST /v1/classify``: opinions in, as many answers out, in order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from time import perf_counter
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from ydan.assessment import Assessment, Failure
from ydan.bulk.rows import Row, item_of
from ydan.opinion import Opinion, Session, parse_session
from ydan.predictor import Predictor
from ydan_service.batching import Collector
from ydan_service.problems import Problem
from ydan_service.responses import Json
from ydan_service.routes.body import check_count, json_of, kind_of, read_body
from ydan_service.routes.described import problem
from ydan_service.schemas import REQUEST_EXAMPLES, ClassifyOut
from ydan_service.security import requires
from ydan_service.settings import Settings

ALLOWED = requires("classify")
router = APIRouter(prefix="/v1", tags=["classify"], dependencies=[Depends(ALLOWED)])

LIGHT_BYTES = 16_384
"""A longer body is read, checked and written beside the event loop as well."""

Item = Opinion | Failure


@router.post(
    "/classify",
    summary="Phân loại một hay nhiều ý kiến",
    response_model=ClassifyOut,
    responses={
        400: problem("Thân không phải JSON"),
        401: problem("Thiếu khoá"),
        413: problem("Thân quá lớn hoặc quá nhiều ý kiến"),
        415: problem("Không phải application/json"),
        422: problem("Sai cấu trúc, hoặc phiên họp không hợp lệ"),
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
        results = await collector.assess(read(json_of(body), predictor, settings))
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


def _at_once(body: bytes, predictor: Predictor, settings: Settings) -> tuple[list[Assessment | Failure], Json]:
    results = predictor.assess_many(read(json_of(body), predictor, settings))
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
    check_count(len(opinions), settings.most_opinions)
    session = parse_session(session_in or {}, Session(date.today()), predictor.competence)
    return [item_of(Row(str(number), row), session, predictor.competence) for number, row in enumerate(opinions, 1)]


async def _body(request: Request, settings: Settings) -> bytes:
    kind = kind_of(request, "application/json")
    if kind != "application/json":
        raise Problem(415, "unsupported_media_type", f"Nhận application/json, không nhận {kind}.")
    return await read_body(request, settings.most_bytes)

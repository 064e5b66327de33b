"""``POST /v1/classify``: opinions in, as many answers out, in order."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from time import perf_counter
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool

from ydan.assessment import Failure
from ydan.errors import OpinionError
from ydan.opinion import Opinion, Session, parse_opinion, parse_session
from ydan.predictor import Predictor
from ydan_service.metrics import Metrics
from ydan_service.problems import MEDIA_TYPE, Problem
from ydan_service.responses import Json
from ydan_service.schemas import REQUEST_EXAMPLES, ClassifyOut, ProblemOut
from ydan_service.security import require_key
from ydan_service.settings import Settings

router = APIRouter(prefix="/v1", tags=["classify"], dependencies=[Depends(require_key)])


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
    settings: Settings = request.app.state.settings
    predictor: Predictor = request.app.state.predictor
    raw = await _json_body(request, settings)
    begun = perf_counter()
    found = await run_in_threadpool(answer, raw, predictor, settings)
    _count(request.app.state.metrics, found["results"], perf_counter() - begun)
    return Json(found)


def _count(metrics: Metrics, results: list[dict[str, Any]], seconds: float) -> None:
    failures = Counter(result["error"]["code"] for result in results if "error" in result)
    metrics.classified(len(results) - failures.total(), failures, seconds)


def answer(raw: object, predictor: Predictor, settings: Settings) -> dict[str, Any]:
    """Check the request and assess it; importable and testable without HTTP.

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
    items = [_item(row, session, str(number), predictor) for number, row in enumerate(opinions, 1)]
    return {"results": [found.to_json() for found in predictor.assess_many(items)], **predictor.versions}


def _item(row: object, session: Session, fallback: str, predictor: Predictor) -> Opinion | Failure:
    try:
        return parse_opinion(row, session, fallback_id=fallback, competence=predictor.competence)
    except OpinionError as error:
        identity = row.get("id") if isinstance(row, dict) else None
        return Failure(fallback if identity is None else str(identity), error.code, str(error))


async def _json_body(request: Request, settings: Settings) -> object:
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
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Problem(400, "invalid_json", f"Thân yêu cầu không phải JSON hợp lệ: {str(error)[:120]}.") from error

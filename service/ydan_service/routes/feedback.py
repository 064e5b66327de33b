"""Final labels of people come back: kept beside the model's, compared, deleted on demand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from ydan.assessment import Failure
from ydan.errors import OpinionError
from ydan.opinion import Session, parse_date, parse_session
from ydan.predictor import Predictor
from ydan_service.problems import Problem
from ydan_service.programs import feedback
from ydan_service.programs.calling import Calling
from ydan_service.programs.feedback.agreement import COMPARED
from ydan_service.responses import Json
from ydan_service.routes.body import check_count, json_of, kind_of, read_body
from ydan_service.routes.described import Responses, body_of, problem, problems, schema_of
from ydan_service.routes.feedback_out import EXAMPLES, AgreementOut, FeedbackIn, FeedbackOut
from ydan_service.routes.idempotent import IDEMPOTENCY_PARAMETER, Keep, run_once
from ydan_service.routes.needs import store_of
from ydan_service.security import requires
from ydan_service.store.store import Store
from ydan_service.store.tables.base import VIETNAM

router = APIRouter(prefix="/v1", tags=["feedback"])
Caller = Annotated[Calling, Depends(requires("feedback"))]
NO_STORE: Responses = {501: problem("Máy chủ này không lưu gì (no_store)")}


@router.post(
    "/feedback",
    summary="Gửi nhãn cuối cùng mà cán bộ đã chọn, một hay nhiều ý kiến",
    response_model=FeedbackOut,
    responses={
        **problems(
            {
                400: "Thân không phải JSON, hoặc Idempotency-Key không đúng dạng",
                409: "Yêu cầu cùng Idempotency-Key đang được làm",
                413: "Thân quá lớn hoặc quá nhiều ý kiến",
                415: "Không phải application/json",
                422: "Sai cấu trúc, phiên họp không hợp lệ, hoặc Idempotency-Key của yêu cầu khác",
                507: "Máy chủ hết chỗ trống trên đĩa",
            }
        ),
        **NO_STORE,
    },
    openapi_extra={
        **body_of({"application/json": {"schema": schema_of(FeedbackIn), "examples": EXAMPLES}}),
        "parameters": [IDEMPOTENCY_PARAMETER],
    },
)
async def give(request: Request, calling: Caller) -> Response:
    """Each item is kept with what the model says of it, or answered with what is wrong with it; the others still count.

    The words are sealed in the database. Nothing is deleted by itself: ``DELETE /v1/feedback/{number}`` does it.
    """
    state, store = request.app.state, store_of(request)
    kind = kind_of(request, "application/json")
    if kind != "application/json":
        raise Problem(415, "unsupported_media_type", f"Nhận application/json, không nhận {kind}. Hãy đổi Content-Type.")
    body = await read_body(request, state.settings.most_bytes)
    raw = json_of(body)
    predictor, most = state.predictor, state.settings.most_opinions

    def do(keep: Keep) -> Response:
        return take(raw, predictor, store, calling, most, keep)

    return await run_once(request, calling, store, do, body)


def take(raw: object, predictor: Predictor, store: Store, calling: Calling, most: int, keep: Keep) -> Response:
    """Check, compare, keep; one result for each item, in order.

    :raises Problem: the request as a whole is wrong.
    :raises OpinionError: the session is wrong.
    """
    items, session = _items(raw, predictor, most)
    results: list[dict[str, Any] | None] = []
    good: list[feedback.Given] = []
    for number, item in enumerate(items, 1):
        try:
            good.append(feedback.read_given(item, session, str(number), predictor.taxonomy, predictor.competence))
            results.append(None)
        except OpinionError as error:
            identity = item.get("id") if isinstance(item, dict) else None
            failed = Failure(str(number) if identity is None else str(identity), error.code, str(error))
            results.append(failed.to_json())
    predicted = feedback.predict(predictor, good)
    with store.begin() as db:
        numbers = feedback.keep(db, store.keys, calling.caller_id, good, predicted, predictor.versions)
        kept = iter([_kept(*each) for each in zip(numbers, good, predicted, strict=True)])
        shown = [next(kept) if result is None else result for result in results]
        answer = Json({"results": shown, **predictor.versions})
        keep(db, answer)
    return answer


def _items(raw: object, predictor: Predictor, most: int) -> tuple[list[object], Session]:
    """The items of ``{"session"?, "items": […]}``, or the one item that the body is."""
    if not isinstance(raw, dict) or not (isinstance(raw.get("items"), list) or "final" in raw):
        raise Problem(
            422,
            "invalid_request",
            'Thân phải là {"session": {…}, "items": [{"id": …, "text": …, "final": {…}}]}, hoặc một mục như vậy.',
        )
    items = raw.get("items", [raw])
    session_in = raw.get("session") or {}
    if not isinstance(items, list) or not isinstance(session_in, dict):
        raise Problem(422, "invalid_request", '"items" phải là danh sách, "session" phải là một đối tượng.')
    check_count(len(items), most)
    return items, parse_session(session_in, Session(date.today()), predictor.competence)


def _kept(number: int, given: feedback.Given, predicted: dict[str, Any]) -> dict[str, Any]:
    final = given.final
    return {
        "id": given.opinion.id,
        "feedback": number,
        "predicted": predicted,
        "agrees": {name: predicted[name] == final[name] for name in COMPARED if name in final},
    }


@router.delete(
    "/feedback/{number}",
    summary="Xóa một mục đã gửi, kèm lời ý kiến",
    status_code=204,
    response_class=Response,
    responses={**problems({404: "Bên gọi không có mục này", 422: "Số không đúng", 507: "Hết chỗ trống"}), **NO_STORE},
)
def forget(
    request: Request, calling: Caller, number: Annotated[int, Path(ge=1, le=2**31 - 1, description="Số ở feedback")]
) -> Response:
    """Its own feedback only; somebody else's is not told apart from none."""
    store = store_of(request)
    with store.begin() as db:
        if not feedback.drop(db, calling.caller_id, number):
            raise Problem(404, "not_found", f"Không có mục {number}. Có thể mục đã được xóa.")
    return Response(status_code=204)


@router.get(
    "/feedback/agreement",
    summary="Cán bộ giữ nhãn của máy bao nhiêu phần, và hay đổi nhãn nào",
    response_model=AgreementOut,
    responses={**problems({422: "since không phải ngày"}), **NO_STORE},
)
async def agreed(
    request: Request,
    calling: Caller,
    since: Annotated[str | None, Query(description="Từ ngày này, NĂM-THÁNG-NGÀY", examples=["2026-01-01"])] = None,
) -> Response:
    """A caller's own; the settings' key and the office's people get that of all callers."""
    store, predictor = store_of(request), request.app.state.predictor
    day = None if since is None else parse_date(since)
    begin = None if day is None else datetime(day.year, day.month, day.day, tzinfo=VIETNAM)
    everyone = calling.caller_id is None

    def count() -> dict[str, Any]:
        with store.read() as db:
            return feedback.agreement(db, calling.caller_id, everyone=everyone, since=begin)

    found = await run_in_threadpool(count)
    about = {"since": None if day is None else day.isoformat(), "callers": "all" if everyone else "own"}
    return Json({**about, **found, **predictor.versions})

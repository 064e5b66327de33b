"""``/v1/webhooks``: addresses of a caller that are told when its jobs have ended."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from ydan_service.programs.calling import Calling
from ydan_service.programs.webhooks import registry
from ydan_service.programs.webhooks.events import EVENTS
from ydan_service.responses import Json
from ydan_service.routes import paging
from ydan_service.routes.described import problem
from ydan_service.routes.idempotent import IDEMPOTENCY_PARAMETER, IDEMPOTENT_RESPONSES, Keep, run_once
from ydan_service.routes.needs import store_of
from ydan_service.security import requires
from ydan_service.settings import Settings

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"])
Caller = Annotated[Calling, Depends(requires("webhooks"))]
HookId = Annotated[str, Path(description="Mã webhook", max_length=100, examples=["wh_0f8a2c1d"])]
DeliveryId = Annotated[str, Path(description="Mã lần báo", max_length=100, examples=["msg_0f8a2c1d"])]
Event = Literal["job.done", "job.failed", "job.cancelled", "escalation.immediate"]


class WebhookIn(BaseModel):
    """Where to, and of what; without ``events`` of all."""

    url: str = Field(max_length=2000, examples=["https://mot-cua.tanlap.gov.vn/y-dan"])
    events: list[Event] = Field(default_factory=list, max_length=20, examples=[list(EVENTS)])


class HookLinks(BaseModel):
    self_: str = Field(alias="self")
    test: str
    deliveries: str


class WebhookOut(BaseModel):
    """``disabled``: since when it is told nothing, because it answered 410; a test switches it on again."""

    id: str
    url: str
    events: list[str]
    created: str
    disabled: str | None
    links: HookLinks


class NewWebhookOut(WebhookOut):
    """``secret`` is shown this once."""

    secret: str = Field(examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])


class DeliveryOut(BaseModel):
    """One event on its way; ``next`` is when it is tried again."""

    id: str
    webhook: str
    event: str
    payload: dict[str, Any]
    state: Literal["queued", "delivered", "dead"]
    attempts: int
    next: str | None
    last_status: int | None
    last_error: str | None
    created: str
    ended: str | None


_COMMON: dict[int | str, dict[str, Any]] = {
    401: problem("Thiếu khoá"),
    403: problem("Khoá không có phạm vi này"),
    422: problem("Tham số hoặc nội dung sai"),
    429: problem("Gọi quá nhanh"),
    501: problem("Máy chủ này không lưu gì"),
    503: problem("Máy chủ đang quá tải, hoặc cơ sở dữ liệu không trả lời"),
}
_ONE: dict[int | str, dict[str, Any]] = {**_COMMON, 404: problem("Không có webhook này")}


@router.post(
    "",
    status_code=201,
    summary="Đăng ký một địa chỉ được báo khi việc xong",
    response_model=NewWebhookOut,
    responses={
        **_COMMON,
        **IDEMPOTENT_RESPONSES,
        201: {
            "description": "Đã đăng ký; secret chỉ hiện lần này",
            "headers": {"Location": {"description": "Địa chỉ của webhook", "schema": {"type": "string"}}},
        },
        403: problem("Máy nhận không có trong YDAN_WEBHOOK_HOSTS, hoặc khoá không có phạm vi này"),
        409: problem("Đã có quá nhiều webhook, hoặc yêu cầu cùng Idempotency-Key đang được làm"),
        422: problem("Địa chỉ hoặc sự kiện sai"),
    },
    openapi_extra={"parameters": [IDEMPOTENCY_PARAMETER]},
)
async def add(request: Request, calling: Caller, wanted: WebhookIn) -> Response:
    """The secret signs every delivery; it is shown this once."""
    store = store_of(request)
    settings: Settings = request.app.state.settings

    def do(keep: Keep) -> Response:
        with store.begin() as session:
            hook, secret = registry.add(
                session, store.keys, calling.caller_id, wanted.url, wanted.events, settings.webhook_hosts
            )
            shown = registry.as_json(hook) | {"secret": secret}
            answer = Json(shown, 201, headers={"Location": f"/v1/webhooks/{hook.id}"})
            keep(session, answer)
        return answer

    return await run_once(request, calling, store, do)


@router.get("", summary="Các webhook của bên gọi", response_model=paging.page_of(WebhookOut), responses={**_COMMON})
def list_(request: Request, calling: Caller, wanted: paging.WantedPage) -> Json:
    """Own ones only, the newest first; never their secrets."""
    after = None if wanted.after is None else wanted.after_types(datetime, str)
    with store_of(request).read() as session:
        rows = registry.some(session, calling.caller_id, wanted.limit + 1, after)
    return paging.answer(request, wanted, rows, after=lambda row: (row.created_at, row.id), shown=registry.as_json)


@router.get("/{webhook_id}", summary="Một webhook", response_model=WebhookOut, responses={**_ONE})
def show(request: Request, calling: Caller, webhook_id: HookId) -> Json:
    """Without its secret."""
    with store_of(request).read() as session:
        return Json(registry.as_json(registry.one(session, calling.caller_id, webhook_id)))


@router.delete(
    "/{webhook_id}",
    status_code=204,
    summary="Xóa một webhook",
    response_class=Response,
    responses={**_ONE, 204: {"description": "Đã xóa"}},
)
def delete(request: Request, calling: Caller, webhook_id: HookId) -> Response:
    """With its secret and what it was told."""
    with store_of(request).begin() as session:
        registry.remove(session, calling.caller_id, webhook_id)
    return Response(status_code=204)


@router.post(
    "/{webhook_id}/test",
    status_code=202,
    summary="Gửi thử một lần báo",
    response_model=DeliveryOut,
    responses={**_ONE, 202: {"description": "Đang gửi"}},
)
def test(request: Request, calling: Caller, webhook_id: HookId) -> Json:
    """``webhook.test``; look at its delivery for what came of it."""
    with store_of(request).begin() as session:
        delivery = registry.test(session, calling.caller_id, webhook_id)
    request.app.state.background.wake()
    return Json(registry.delivery_json(delivery), 202)


@router.get(
    "/{webhook_id}/deliveries",
    summary="Các lần báo của một webhook",
    response_model=paging.page_of(DeliveryOut),
    responses={**_ONE},
)
def deliveries(
    request: Request,
    calling: Caller,
    webhook_id: HookId,
    wanted: paging.WantedPage,
    state: Annotated[
        Literal["queued", "delivered", "dead"] | None, Query(description="dead: đã bỏ sau nhiều lần thử")
    ] = None,
) -> Json:
    """The newest first."""
    after = None if wanted.after is None else wanted.after_types(datetime, str)
    with store_of(request).read() as session:
        rows = registry.deliveries(
            session,
            calling.caller_id,
            webhook_id,
            wanted.limit + 1,
            after,
            state,
        )
    return paging.answer(
        request, wanted, rows, after=lambda row: (row.created_at, row.id), shown=registry.delivery_json
    )


@router.post(
    "/deliveries/{delivery_id}/retry",
    status_code=202,
    summary="Gửi lại một lần báo đã bỏ",
    response_model=DeliveryOut,
    responses={
        **_COMMON,
        202: {"description": "Đang gửi"},
        404: problem("Không có lần báo này"),
        409: problem("Lần báo chưa bị bỏ"),
    },
)
def retry(request: Request, calling: Caller, delivery_id: DeliveryId) -> Json:
    """All attempts anew."""
    with store_of(request).begin() as session:
        delivery = registry.retry(session, calling.caller_id, delivery_id)
    request.app.state.background.wake()
    return Json(registry.delivery_json(delivery), 202)

"""Open311 GeoReport v2: reports under topics, for apps that speak the standard; see docs/facades.md.

Errors have the standard's own form (:mod:`ydan_service.error_forms`). Paths end in ``.json`` or ``.xml``.
"""

from __future__ import annotations

from time import perf_counter
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from ydan.assessment import Failure
from ydan.predictor import Predictor
from ydan_service.batching import Collector
from ydan_service.problems import Problem
from ydan_service.programs.calling import Calling
from ydan_service.programs.open311 import reports
from ydan_service.programs.open311.services import definition, discovery, services
from ydan_service.programs.open311.xml import XML, to_xml
from ydan_service.responses import Json
from ydan_service.routes.body import kind_of, read_body
from ydan_service.routes.idempotent import IDEMPOTENCY_PARAMETER, Keep, run_once
from ydan_service.routes.needs import store_of
from ydan_service.routes.open311_out import DefinitionOut, DiscoveryOut, Open311Error, RequestOut, ServiceOut, TakenOut
from ydan_service.security import requires
from ydan_service.settings import Settings

router = APIRouter(prefix="/open311/v2", tags=["open311"])

Form = Literal["json", "xml"]
FORM = "application/x-www-form-urlencoded"
MOST_FORM_BYTES = 262_144
_MAY_KNOW, _MAY_CLASSIFY = requires("knowledge"), requires("classify")
_KNOWS = [Depends(_MAY_KNOW)]


def _said(meaning: str) -> dict[str, Any]:
    return {"description": meaning, "model": list[Open311Error], "content": {XML: {}}}


_OK: dict[int | str, dict[str, Any]] = {200: {"description": "Được", "content": {XML: {}}}}
_REFUSED: dict[int | str, dict[str, Any]] = {
    400: _said("Yêu cầu sai"),
    401: _said("Thiếu khoá"),
    403: _said("Khoá không có phạm vi này"),
    429: _said("Gọi quá nhanh"),
    503: _said("Máy chủ đang quá tải"),
}
_UNKNOWN: dict[int | str, dict[str, Any]] = {404: _said("Không có mã này")}
_KEEPS: dict[int | str, dict[str, Any]] = {
    **_UNKNOWN,
    501: _said("Máy chủ không lưu gì"),
    507: _said("Hết chỗ trống trên đĩa"),
}
_POSTS: dict[int | str, dict[str, Any]] = {413: _said("Biểu mẫu quá lớn"), 415: _said("Không phải biểu mẫu")}


def _answered(value: object, form: Form, name: str, item: str = "item", **inner: str) -> Response:
    if form == "xml":
        return Response(to_xml(value, name, item, inner), media_type=XML)
    return Json(value)


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form, the last of each name; read once a request.

    :raises Problem: another kind of body, or one that is too long.
    """
    if not hasattr(request.state, "open311_form"):
        kind = kind_of(request, FORM)
        if kind != FORM:
            raise Problem(415, "unsupported_media_type", f"Nhận {FORM}, không nhận {kind}. Tệp ảnh: gửi media_url.")
        settings: Settings = request.app.state.settings
        body = await read_body(request, min(settings.most_bytes, MOST_FORM_BYTES))
        try:
            request.state.open311_form = dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=1000))
        except ValueError as error:
            raise Problem(400, "invalid_request", "Biểu mẫu không phải UTF-8 hoặc có quá nhiều mục.") from error
    form: dict[str, str] = request.state.open311_form
    return form


async def may_post(request: Request) -> Calling:
    """Who sends a form: the key may also be its ``api_key``, as the standard has it (never in an address)."""
    key = (await form_of(request)).pop("api_key", "").strip()
    if key and "authorization" not in request.headers:
        request.scope["headers"] = [*request.scope["headers"], (b"authorization", b"Bearer " + key.encode())]
        request = Request(request.scope)
    return await _MAY_CLASSIFY(request)


may_post.ydan_scope = "classify"  # type: ignore[attr-defined]  # as `requires` does

Own = Annotated[Calling, Depends(_MAY_CLASSIFY)]
Sends = Annotated[Calling, Depends(may_post)]


@router.get(
    "/discovery.{form}",
    summary="Open311: điểm này nói chuẩn gì",
    response_model=DiscoveryOut,
    responses=_OK | _REFUSED,
    dependencies=_KNOWS,
)
def get_discovery(request: Request, form: Form) -> Response:
    """The service discovery document."""
    settings: Settings = request.app.state.settings
    return _answered(discovery(settings.base_url), form, "discovery", endpoints="endpoint", formats="format")


@router.get(
    "/services.{form}",
    summary="Open311: các lĩnh vực có thể phản ánh",
    response_model=list[ServiceOut],
    responses=_OK | _REFUSED,
    dependencies=_KNOWS,
)
def get_services(request: Request, form: Form) -> Response:
    """Every topic as a service."""
    predictor: Predictor = request.app.state.predictor
    return _answered(services(predictor.taxonomy), form, "services", "service")


@router.get(
    "/services/{service_code}.{form}",
    summary="Open311: một lĩnh vực nhận thêm những mục gì",
    response_model=DefinitionOut,
    responses=_OK | _REFUSED | _UNKNOWN,
    dependencies=_KNOWS,
)
def get_definition(request: Request, service_code: str, form: Form) -> Response:
    """The service definition."""
    predictor: Predictor = request.app.state.predictor
    found = definition(predictor.taxonomy, service_code)
    return _answered(found, form, "service_definition", attributes="attribute", values="value")


_ARGUMENTS = {
    "description": "Nội dung ý kiến",
    "service_code": "Lĩnh vực; bỏ trống thì máy chọn",
    "address_string": "Nơi xảy ra",
    "lat": "Vĩ độ",
    "long": "Kinh độ",
    "media_url": "Địa chỉ ảnh",
    "attribute[host_level]": "Cấp chủ trì: commune, district, province",
    "attribute[session_date]": "Ngày nêu, NĂM-THÁNG-NGÀY",
    "attribute[province]": "Mã hoặc tên tỉnh",
    "api_key": "Khoá, nếu không gửi bằng Authorization",
}


def _takes(required: list[str], names: dict[str, str], example: dict[str, str]) -> dict[str, Any]:
    fields = {name: {"type": "string", "description": meaning} for name, meaning in names.items()}
    schema = {"type": "object", "required": required, "properties": fields}
    return {"requestBody": {"required": True, "content": {FORM: {"schema": schema, "example": example}}}}


@router.post(
    "/requests.{form}",
    summary="Open311: gửi một ý kiến",
    response_model=list[TakenOut],
    responses=_OK | _REFUSED | _KEEPS | _POSTS | {409: _said("Yêu cầu cùng Idempotency-Key đang được làm")},
    openapi_extra={
        "parameters": [IDEMPOTENCY_PARAMETER],
        **_takes(["description"], _ARGUMENTS, {"description": "Đường thôn 6 lầy lội.", "address_string": "Thôn 6"}),
    },
)
async def post_request(request: Request, form: Form, calling: Sends) -> Response:
    """The report is classified and kept; without a ``service_code`` it runs under the model's topic."""
    store = store_of(request)
    collector: Collector = request.app.state.collector
    predictor = collector.predictor
    fields = await form_of(request)
    report = reports.understand(fields, predictor)

    begun = perf_counter()
    answers = await collector.assess([report.opinion])
    request.app.state.metrics.assessed(answers, perf_counter() - begun)
    found = answers[0]
    if isinstance(found, Failure):
        raise Problem(400, found.code, found.message)

    def take(keep: Keep) -> Response:
        told = reports.told(predictor.taxonomy, reports.labels(found))
        with store.begin() as transaction:
            id_ = reports.keep(transaction, store.keys, calling.caller_id, report, found, predictor.versions)
            taken = {"service_request_id": id_, "service_notice": told, "account_id": None}
            answer = _answered([taken], form, "service_requests", "request")
            keep(transaction, answer)
        return answer

    return await run_once(request, calling, store, take, urlencode(sorted(fields.items())))


@router.get(
    "/requests.{form}",
    summary="Open311: các ý kiến đã gửi",
    response_model=list[RequestOut],
    response_model_exclude_none=True,
    responses=_OK | _REFUSED | _KEEPS,
)
def get_requests(
    request: Request,
    form: Form,
    calling: Own,
    service_request_id: Annotated[str, Query(description="Một hay nhiều mã, cách nhau bằng dấu phẩy")] = "",
    service_code: Annotated[str, Query(description="Một hay nhiều lĩnh vực, cách nhau bằng dấu phẩy")] = "",
    start_date: Annotated[str, Query(description="Từ lúc, như 2026-03-01T00:00:00+07:00")] = "",
    end_date: Annotated[str, Query(description="Đến lúc")] = "",
    status: Annotated[str, Query(description="open, closed")] = "",
    extensions: Annotated[str, Query(description="true: kèm nhãn của máy")] = "",
) -> Response:
    """The caller's own, the newest first: at most 1000 of 90 days, the last ones where no date is given."""
    wanted = reports.Wanted(
        ids=_parted(service_request_id),
        codes=_parted(service_code),
        statuses=_parted(status),
        start=reports.moment_of("start_date", start_date) if start_date else None,
        end=reports.moment_of("end_date", end_date) if end_date else None,
    )
    predictor: Predictor = request.app.state.predictor
    found = reports.listed(store_of(request), predictor.taxonomy, calling.caller_id, wanted)
    return _shown(found, form, extensions)


@router.get(
    "/requests/{service_request_id}.{form}",
    summary="Open311: một ý kiến đã gửi",
    response_model=list[RequestOut],
    responses=_OK | _REFUSED | _KEEPS,
)
def get_request(request: Request, service_request_id: str, form: Form, calling: Own, extensions: str = "") -> Response:
    """A list of one, as the standard has it."""
    predictor: Predictor = request.app.state.predictor
    found = reports.one(store_of(request), predictor.taxonomy, calling.caller_id, service_request_id)
    return _shown([found], form, extensions)


@router.post(
    "/requests/{service_request_id}.{form}",
    summary="Open311 (mở rộng): báo một ý kiến đang ở bước nào",
    response_model=list[RequestOut],
    responses=_OK | _REFUSED | _KEEPS | _POSTS,
    openapi_extra=_takes(
        [],
        {"status": "open hoặc closed", "status_notes": "Ghi chú", "api_key": _ARGUMENTS["api_key"]},
        {"status": "closed", "status_notes": "Đã trả lời tại hội nghị."},
    ),
)
async def post_status(request: Request, service_request_id: str, form: Form, calling: Sends) -> Response:
    """Not of the standard, which only reads: whoever sent a request says when it is closed."""
    store = store_of(request)
    fields = await form_of(request)
    predictor: Predictor = request.app.state.predictor

    def work() -> list[dict[str, Any]]:
        status, notes = fields.get("status"), fields.get("status_notes")
        reports.change(store, calling.caller_id, service_request_id, status, notes)
        return [reports.one(store, predictor.taxonomy, calling.caller_id, service_request_id)]

    return _shown(await run_in_threadpool(work), form, "")


def _shown(found: list[dict[str, Any]], form: Form, extensions: str) -> Response:
    if extensions.lower() != "true":
        for each in found:
            del each["extended_attributes"]
    return _answered(found, form, "service_requests", "request")


def _parted(raw: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in raw.split(",") if part.strip())

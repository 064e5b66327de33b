"""The Open Inference Protocol, version 2 (REST): the model beside others behind one inference gateway.

Errors have the protocol's own form, ``{"error": …}`` (:mod:`ydan_service.error_forms`).
"""

from __future__ import annotations

from time import perf_counter
from typing import Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel

from ydan import __version__
from ydan.assessment import Assessment, Failure
from ydan.predictor import Predictor
from ydan_service.batching import Collector
from ydan_service.problems import Problem
from ydan_service.programs import kserve
from ydan_service.responses import Json
from ydan_service.routes.body import json_of, kind_of, read_body
from ydan_service.security import requires
from ydan_service.settings import Settings

router = APIRouter(prefix="/v2", tags=["inference"])
_KNOWS, _CLASSIFIES = [Depends(requires("knowledge"))], [Depends(requires("classify"))]


class ServerOut(BaseModel):
    name: str
    version: str
    extensions: list[str]


class LiveOut(BaseModel):
    live: bool


class ReadyOut(BaseModel):
    ready: bool


class ModelReadyOut(BaseModel):
    name: str
    ready: bool


class TensorMetadata(BaseModel):
    name: str
    datatype: str
    shape: list[int]
    parameters: dict[str, Any] | None = None


class ModelOut(BaseModel):
    name: str
    versions: list[str]
    platform: str
    inputs: list[TensorMetadata]
    outputs: list[TensorMetadata]


class Tensor(BaseModel):
    name: str
    shape: list[int]
    datatype: str
    parameters: dict[str, Any] | None = None
    data: list[Any]


class InferOut(BaseModel):
    model_name: str
    model_version: str
    id: str | None = None
    parameters: dict[str, Any] | None = None
    outputs: list[Tensor]


class InferenceError(BaseModel):
    error: str


EXAMPLE: dict[str, Any] = {
    "id": "lo-1",
    "parameters": {"host_level": "commune", "date": "2026-03-01"},
    "inputs": [
        {
            "name": "text",
            "shape": [2],
            "datatype": "BYTES",
            "data": ["Đề nghị sớm sửa đường ĐT 390 đoạn qua xã.", "Cột điện đầu xóm nghiêng sát lớp mẫu giáo."],
        }
    ],
    "outputs": [{"name": "topic"}, {"name": "topic_confidence"}, {"name": "level"}, {"name": "escalation"}],
}


_ANYTHING = {"type": "object", "additionalProperties": True}
INFER_IN: dict[str, Any] = {
    "type": "object",
    "required": ["inputs"],
    "properties": {
        "id": {"type": "string"},
        "parameters": {
            "type": "object",
            "additionalProperties": True,
            "properties": {
                "host_level": {"type": "string", "enum": ["commune", "district", "province"]},
                "date": {"type": "string", "description": "Ngày họp, NĂM-THÁNG-NGÀY"},
                "province": {"type": "string", "description": "Mã hoặc tên tỉnh"},
                "strict": {"type": "boolean", "description": "Từ chối cả lô khi một ý kiến không đọc được"},
            },
        },
        "inputs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["name", "shape", "datatype", "data"],
                "properties": {
                    "name": {"type": "string", "enum": [kserve.TEXT, *kserve.BESIDE]},
                    "shape": {"type": "array", "items": {"type": "integer", "minimum": 0}},
                    "datatype": {"type": "string", "enum": ["BYTES"]},
                    "parameters": _ANYTHING,
                    "data": {"type": "array", "items": {}},
                },
            },
        },
        "outputs": {
            "type": "array",
            "description": "Bỏ trống: mọi đầu ra",
            "items": {
                "type": "object",
                "required": ["name"],
                "properties": {"name": {"type": "string", "enum": list(kserve.OUTPUTS)}, "parameters": _ANYTHING},
            },
        },
    },
}


def _error(meaning: str) -> dict[str, Any]:
    return {"description": meaning, "model": InferenceError}


_REFUSED: dict[int | str, dict[str, Any]] = {
    401: _error("Thiếu khoá"),
    403: _error("Khoá không có phạm vi này"),
    429: _error("Gọi quá nhanh"),
    503: _error("Máy chủ đang quá tải"),
}
_UNKNOWN: dict[int | str, dict[str, Any]] = {404: _error("Không có mô hình hay bản này")}


@router.get("/health/live", summary="Giao thức suy luận mở: máy chủ còn chạy", response_model=LiveOut)
def live() -> Json:
    """The process answers."""
    return Json({"live": True})


@router.get("/health/ready", summary="Giao thức suy luận mở: mô hình đã sẵn sàng", response_model=ReadyOut)
def ready() -> Json:
    """The model is loaded before the first request can come."""
    return Json({"ready": True})


@router.get(
    "",
    summary="Giao thức suy luận mở: máy chủ là gì",
    response_model=ServerOut,
    responses=_REFUSED,
    dependencies=_KNOWS,
)
def server() -> Json:
    """Name and version; no extension of the protocol is spoken."""
    return Json({"name": "ydan", "version": __version__, "extensions": []})


@router.get(
    "/models/{name}",
    summary="Giao thức suy luận mở: mô hình nhận gì, trả gì",
    response_model=ModelOut,
    response_model_exclude_none=True,
    responses=_REFUSED | _UNKNOWN,
    dependencies=_KNOWS,
)
@router.get(
    "/models/{name}/versions/{version}",
    summary="Giao thức suy luận mở: mô hình nhận gì, trả gì (một bản)",
    response_model=ModelOut,
    responses=_REFUSED | _UNKNOWN,
    dependencies=_KNOWS,
)
def model(request: Request, name: str, version: str | None = None) -> Json:
    """Inputs and outputs with datatype and shape; the topics in the order of ``topic_probabilities``."""
    predictor: Predictor = request.app.state.predictor
    kserve.check_model(predictor, name, version)
    return Json(kserve.metadata(predictor, name))


@router.get(
    "/models/{name}/ready",
    summary="Giao thức suy luận mở: mô hình đã sẵn sàng chưa",
    response_model=ModelReadyOut,
    responses=_REFUSED | _UNKNOWN,
    dependencies=_KNOWS,
)
@router.get(
    "/models/{name}/versions/{version}/ready",
    summary="Giao thức suy luận mở: mô hình đã sẵn sàng chưa (một bản)",
    response_model=ModelReadyOut,
    responses=_REFUSED | _UNKNOWN,
    dependencies=_KNOWS,
)
def model_ready(request: Request, name: str, version: str | None = None) -> Json:
    """Ready, if there is such a model."""
    kserve.check_model(request.app.state.predictor, name, version)
    return Json({"name": name, "ready": True})


_INFER: dict[str, Any] = {
    "response_model": InferOut,
    "responses": _REFUSED
    | _UNKNOWN
    | {
        400: _error("Tensor hay tham số sai"),
        413: _error("Thân quá lớn hoặc quá nhiều ý kiến"),
        415: _error("Không phải application/json"),
    },
    "dependencies": _CLASSIFIES,
    "openapi_extra": {
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": INFER_IN,
                    "examples": {"hai_y_kien": {"summary": "Hai ý kiến, bốn đầu ra", "value": EXAMPLE}},
                }
            },
        }
    },
}


@router.post("/models/{name}/infer", summary="Giao thức suy luận mở: phân loại", **_INFER)
@router.post("/models/{name}/versions/{version}/infer", summary="Giao thức suy luận mở: phân loại (một bản)", **_INFER)
async def infer(request: Request, name: str, version: str | None = None) -> Json:
    """One row in every output tensor for each opinion, in order; see docs/facades.md."""
    settings: Settings = request.app.state.settings
    predictor: Predictor = request.app.state.predictor
    kserve.check_model(predictor, name, version)
    if "inference-header-content-length" in request.headers:
        raise Problem(400, "bad_tensor", "Máy chủ không nhận dữ liệu nhị phân. Hãy gửi tensor bằng JSON.")
    kind = kind_of(request, "application/json")
    if kind != "application/json":
        raise Problem(415, "unsupported_media_type", f"Nhận application/json, không nhận {kind}.")
    raw = json_of(await read_body(request, settings.most_bytes))
    begun = perf_counter()

    def work() -> tuple[Json, list[Assessment | Failure]]:
        asked = kserve.understand(raw, predictor, settings.most_opinions)
        answers, data = kserve.infer(asked, predictor)
        return Json(kserve.response(asked, data, predictor, name)), answers

    collector: Collector = request.app.state.collector
    response, answers = await collector.apart(work)
    request.app.state.metrics.assessed(answers, perf_counter() - begun)
    return response

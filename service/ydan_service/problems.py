"""Errors as RFC 9457 problem details: one table from what went wrong to HTTP."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException

from ydan.errors import OpinionError, YDanError
from ydan_service.responses import Json

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """An answer other than success. ``code`` is stable; ``detail`` says, in Vietnamese, what to do."""

    def __init__(self, status: int, code: str, detail: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail, self.headers = status, code, detail, headers


TITLES = {
    "invalid_json": "Thân yêu cầu không phải JSON",
    "invalid_request": "Yêu cầu sai cấu trúc",
    "too_many_opinions": "Quá nhiều ý kiến trong một lần gọi",
    "too_large": "Thân yêu cầu quá lớn",
    "unsupported_media_type": "Kiểu nội dung không nhận",
    "unauthorized": "Thiếu khoá hoặc khoá sai",
    "not_found": "Không có đường dẫn này",
    "method_not_allowed": "Phương thức không dùng được ở đây",
    "internal": "Lỗi của máy chủ",
}

_BY_STATUS = {404: "not_found", 405: "method_not_allowed"}
_ADVICE = {
    404: "Không có đường dẫn này. Xem danh sách ở /openapi.json.",
    405: "Đường dẫn này không nhận phương thức đó. Xem cách gọi ở /openapi.json.",
}


def respond(status: int, code: str, detail: str, headers: dict[str, str] | None = None) -> Json:
    """A problem-details response."""
    body: dict[str, Any] = {
        "type": f"urn:ydan:problem:{code}",
        "title": TITLES.get(code, HTTPStatus(status).phrase),
        "status": status,
        "code": code,
        "detail": detail,
    }
    return Json(body, status, headers=headers, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Every error of the app leaves through here."""

    @app.exception_handler(Problem)
    async def on_problem(_request: Request, error: Problem) -> Json:
        return respond(error.status, error.code, error.detail, error.headers)

    @app.exception_handler(OpinionError)
    async def on_opinion_error(_request: Request, error: OpinionError) -> Json:
        return respond(422, error.code, str(error))

    @app.exception_handler(YDanError)
    async def on_core_error(_request: Request, error: YDanError) -> Json:
        return respond(422, error.code, str(error))

    @app.exception_handler(HTTPException)
    async def on_http(_request: Request, error: HTTPException) -> Json:
        code = _BY_STATUS.get(error.status_code, "invalid_request")
        detail = _ADVICE.get(error.status_code, str(error.detail))
        return respond(error.status_code, code, detail, dict(error.headers) if error.headers else None)

    @app.exception_handler(Exception)
    async def on_unforeseen(_request: Request, _error: Exception) -> Json:
        return respond(
            500, "internal", "Máy chủ gặp lỗi không lường trước. Hãy thử lại; nếu vẫn lỗi, báo người quản trị."
        )

"""Errors as RFC 9457 problem details, or as a page where a browser asks: one table from what went wrong to HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import RedirectResponse, Response

from ydan.errors import OpinionError, YDanError
from ydan_service import error_forms, error_pages, request_id
from ydan_service.errors import NotSignedIn, OfficeError, TooMany
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
    "store_unavailable": "Cơ sở dữ liệu không trả lời",
    "disk_full": "Hết chỗ trống trên đĩa",
    "not_signed_in": "Chưa đăng nhập",
    "forbidden": "Không có quyền",
    "conflict": "Đã có thay đổi khác",
    "invalid": "Nội dung chưa đúng",
    "too_many": "Quá nhiều lần thử",
    "unknown_matter": "Không có loại việc này",
    "missing_file": "Biểu mẫu không có tệp",
    "selftest_failed": "Mô hình không đúng bản đã đo",
    "no_store": "Máy chủ này không lưu gì",
    "request_timeout": "Bên gửi im lặng quá lâu",
    "unreadable_file": "Danh sách không đọc được",
    "not_acceptable": "Không có dạng này",
    "too_many_jobs": "Quá nhiều việc chưa xong",
    "job_not_done": "Việc chưa xong",
    "job_ended": "Việc đã kết thúc",
    "webhook_host_not_allowed": "Không được gọi tới máy này",
    "delivery_not_dead": "Lần báo chưa bị bỏ",
    "bad_tensor": "Tensor hay yêu cầu suy luận sai",
    "mapping": "Bảng ánh xạ hay tệp xuất không đúng",
    "insufficient_scope": "Không có phạm vi này",
    "rate_limited": "Gọi quá nhanh",
    "overloaded": "Máy chủ đang quá tải",
    "idempotency_key_invalid": "Idempotency-Key không đúng dạng",
    "idempotency_key_reused": "Idempotency-Key đã dùng cho yêu cầu khác",
    "idempotency_conflict": "Yêu cầu cùng Idempotency-Key đang được làm",
}

_BY_STATUS = {404: "not_found", 405: "method_not_allowed"}
_ADVICE = {
    404: "Không có đường dẫn này. Xem danh sách ở /openapi.json.",
    405: "Đường dẫn này không nhận phương thức đó. Xem cách gọi ở /openapi.json.",
}
_PAGE_ADVICE = {
    404: "Không có trang này. Có thể đường dẫn gõ sai, hoặc mục đã được xóa. Hãy quay về trang đầu.",
    405: "Trang này không mở được bằng cách đó. Hãy quay về trang đầu rồi làm lại.",
}
_UNFORESEEN = "Máy chủ gặp lỗi không lường trước. Hãy thử lại; nếu vẫn lỗi, báo người quản trị."


def respond(
    status: int,
    code: str,
    detail: str,
    headers: dict[str, str] | None = None,
    more: Mapping[str, Any] | None = None,
) -> Json:
    """A problem-details response; ``more`` are further members (RFC 9457, 3.2)."""
    body: dict[str, Any] = {
        "type": f"urn:ydan:problem:{code}",
        "title": TITLES.get(code, HTTPStatus(status).phrase),
        "status": status,
        "code": code,
        "detail": detail,
    }
    if request_id.current():
        body["instance"] = f"urn:ydan:request:{request_id.current()}"
    return Json({**body, **(more or {})}, status, headers=headers, media_type=MEDIA_TYPE)


def answer(
    request: Request, status: int, code: str, detail: str, headers: dict[str, str] | None = None, page_detail: str = ""
) -> Response:
    """The error as a page for a browser (in the words of ``page_detail``, if other), else as problem details.

    Under the paths of a foreign standard it has that standard's own form.
    """
    foreign = error_forms.of_facade(request, status, detail, headers)
    if foreign is not None:
        return foreign
    if error_pages.wanted(request):
        title = TITLES.get(code, "Không làm được")
        return error_pages.render(request, status, title, page_detail or detail, headers)
    return respond(status, code, detail, headers)


def install(app: FastAPI) -> None:
    """Every error of the app leaves through here; not on the event loop, since a page asks the database who is here."""

    @app.exception_handler(Problem)
    def on_problem(request: Request, error: Problem) -> Response:
        return answer(request, error.status, error.code, error.detail, error.headers)

    @app.exception_handler(OpinionError)
    def on_opinion_error(request: Request, error: OpinionError) -> Response:
        return answer(request, 422, error.code, str(error))

    @app.exception_handler(YDanError)
    def on_core_error(request: Request, error: YDanError) -> Response:
        return answer(request, 422, error.code, str(error))

    @app.exception_handler(OfficeError)
    def on_office_error(request: Request, error: OfficeError) -> Response:
        headers = {"Retry-After": str(error.retry_after)} if isinstance(error, TooMany) else None
        return answer(request, error.status, error.code, error.message, headers)

    @app.exception_handler(NotSignedIn)
    def on_not_signed_in(request: Request, error: NotSignedIn) -> Response:
        if error_pages.wanted(request):
            return RedirectResponse(error_pages.sign_in_url(request), 303)
        return answer(request, error.status, error.code, error.message)

    @app.exception_handler(RequestValidationError)
    def on_invalid(request: Request, error: RequestValidationError) -> Response:
        places = ", ".join(sorted({str(each["loc"][-1]) for each in error.errors()}))
        return answer(request, 422, "invalid_request", f"Thiếu hoặc sai mục: {places}. Hãy sửa mục đó rồi gửi lại.")

    @app.exception_handler(HTTPException)
    def on_http(request: Request, error: HTTPException) -> Response:
        code = _BY_STATUS.get(error.status_code, "invalid_request")
        detail = _ADVICE.get(error.status_code, str(error.detail))
        headers = dict(error.headers) if error.headers else None
        return answer(request, error.status_code, code, detail, headers, _PAGE_ADVICE.get(error.status_code, ""))

    @app.exception_handler(ClientDisconnect)
    def on_gone(_request: Request, _error: ClientDisconnect) -> Response:
        return respond(400, "invalid_request", "Yêu cầu bị cắt giữa chừng. Hãy gửi lại.")  # nobody is there to read it

    @app.exception_handler(Exception)
    def on_unforeseen(request: Request, _error: Exception) -> Response:
        return unforeseen(request)


def unforeseen(request: Request) -> Response:
    """What nobody thought of; a page that needs nothing, since the office's own may be what failed."""
    if error_pages.wanted(request):
        return error_pages.plain(500, TITLES["internal"], _UNFORESEEN)
    return answer(request, 500, "internal", _UNFORESEEN)

"""``/v1/jobs``: many opinions handed in at once, answered in the background, fetched when done."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, Literal

import anyio
from anyio import from_thread, to_thread
from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.responses import Response, StreamingResponse

from ydan_service.background import Background
from ydan_service.problems import Problem
from ydan_service.programs.bulk import intake, jobs, results
from ydan_service.programs.bulk.mapped import read_mapped
from ydan_service.programs.bulk.parquet import arrow
from ydan_service.programs.bulk.reading import CSV, JSON, JSON_LINES, PARQUET, Limits, read
from ydan_service.programs.bulk.splitting import hashed
from ydan_service.programs.calling import Calling
from ydan_service.responses import Json
from ydan_service.routes import paging
from ydan_service.routes.accept import accepted_format
from ydan_service.routes.body import kind_of
from ydan_service.routes.described import problem
from ydan_service.routes.idempotent import IDEMPOTENCY_PARAMETER, IDEMPOTENT_RESPONSES, Keep, run_once
from ydan_service.routes.jobs_out import JobOut
from ydan_service.routes.needs import store_of
from ydan_service.schemas import REQUEST_EXAMPLES, HostLevel
from ydan_service.security import requires
from ydan_service.settings import Settings

router = APIRouter(prefix="/v1/jobs", tags=["jobs"])
Caller = Annotated[Calling, Depends(requires("jobs"))]
JobId = Annotated[str, Path(description="Mã việc", max_length=100, examples=["job_0f8a2c1d"])]

_UPLOADS = 8
_SILENT_SECONDS = 60.0
"""A sender of whom nothing was heard for so long is gone."""
_BYTES_AN_OPINION = 4_000

_COMMON: dict[int | str, dict[str, Any]] = {
    401: problem("Thiếu khoá"),
    403: problem("Khoá không có phạm vi này"),
    422: problem("Tham số sai"),
    429: problem("Gọi quá nhanh"),
    501: problem("Máy chủ này không lưu gì"),
    503: problem("Máy chủ đang quá tải, hoặc cơ sở dữ liệu không trả lời"),
}
_ONE: dict[int | str, dict[str, Any]] = {**_COMMON, 404: problem("Không có việc này")}
_LINES_EXAMPLE = '{"id": "1", "text": "Đường thôn 6 lầy lội, mong xã sửa."}\n{"id": "2", "text": "Chợ xã bẩn."}\n'
_CSV_EXAMPLE = "id,text,host_level,date,province\n1,Đường thôn 6 lầy lội.,commune,2026-03-01,\n"


@router.post(
    "",
    status_code=202,
    summary="Giao nhiều ý kiến một lần, làm ở phía sau",
    response_model=JobOut,
    responses={
        **_COMMON,
        **IDEMPOTENT_RESPONSES,
        202: {
            "description": "Đã nhận",
            "headers": {"Location": {"description": "Địa chỉ của việc", "schema": {"type": "string"}}},
        },
        400: problem("Thân không phải JSON, Idempotency-Key không đúng dạng, hoặc bên gửi ngừng giữa chừng"),
        408: problem("Bên gửi im lặng quá lâu"),
        413: problem("Thân quá lớn hoặc quá nhiều ý kiến"),
        415: problem("Kiểu nội dung không nhận"),
        422: problem("Sai cấu trúc, không có ý kiến nào, hoặc phiên họp không hợp lệ"),
        429: problem("Gọi quá nhanh, hoặc quá nhiều việc chưa xong"),
        507: problem("Hết chỗ trống trên đĩa"),
    },
    openapi_extra={
        "parameters": [IDEMPOTENCY_PARAMETER],
        "requestBody": {
            "required": True,
            "content": {
                JSON: {"schema": {"$ref": "#/components/schemas/ClassifyIn"}, "examples": REQUEST_EXAMPLES},
                JSON_LINES: {"schema": {"type": "string"}, "example": _LINES_EXAMPLE},
                CSV: {"schema": {"type": "string"}, "example": _CSV_EXAMPLE},
                PARQUET: {"schema": {"type": "string", "format": "binary"}},
            },
        },
    },
)
async def create(
    request: Request,
    calling: Caller,
    host_level: Annotated[HostLevel | None, Query(description="Cấp chủ trì, mặc định commune")] = None,
    date: Annotated[str | None, Query(description="Ngày họp, NĂM-THÁNG-NGÀY; mặc định hôm nay")] = None,
    province: Annotated[str | None, Query(description="Mã hoặc tên tỉnh")] = None,
    mapping: Annotated[
        Literal["pakn", "cu-tri"] | None,
        Query(description="Thân là tệp xuất (CSV, JSON, NDJSON) của hệ thống này; tên cột giả định, docs/facades.md"),
    ] = None,
) -> Response:
    """Opinions in, a job out. A line that cannot be read becomes an error in its place; the others are answered.

    The body is read as it comes and kept sealed in parts; nobody works on it before all of it is here.
    """
    store = store_of(request)
    settings: Settings = request.app.state.settings
    background: Background = request.app.state.background
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise Problem(415, "unsupported_media_type", "Thân không được nén (Content-Encoding). Hãy gửi dạng thường.")
    kind, digest = kind_of(request, JSON), hashlib.sha256()
    said = {"host_level": host_level, "date": date, "province": province}
    session = {name: value for name, value in said.items() if value is not None}
    limits = limits_of(settings)

    def take_in() -> intake.Taken:
        chunks = hashed(_from_here(request), digest)
        if mapping is None:
            reading = read(kind, chunks, session, limits)
        else:
            reading = read_mapped(mapping, kind, chunks, session, limits)
        meeting = intake.check_session(reading.session, request.app.state.predictor.competence)
        return intake.take_in(store, reading, meeting, calling.caller_id, days=settings.job_days, most=limits.opinions)

    try:
        taken = await to_thread.run_sync(take_in, limiter=_limiter(request))
    except ClientDisconnect as error:
        raise Problem(400, "invalid_request", "Bên gửi đã ngừng giữa chừng. Hãy gửi lại.") from error
    except TimeoutError as error:
        said_so = f"Bên gửi im lặng quá {_SILENT_SECONDS:.0f} giây. Hãy gửi lại, hoặc chia thành nhiều việc."
        raise Problem(408, "request_timeout", said_so) from error

    def queue(keep: Keep) -> Response:
        with store.begin() as transaction:
            job = intake.put_in_line(transaction, taken, background.queue)
            answer = Json(jobs.as_json(job), 202, headers={"Location": f"/v1/jobs/{job.id}"})
            keep(transaction, answer)
        background.wake()
        return answer

    try:
        return await run_once(request, calling, store, queue, f"{kind}\n{digest.hexdigest()}")
    finally:
        with anyio.CancelScope(shield=True):
            await run_in_threadpool(intake.forget, store, taken.job_id)


@router.get("", summary="Các việc của bên gọi, mới trước", response_model=paging.page_of(JobOut), responses={**_COMMON})
def list_(
    request: Request,
    calling: Caller,
    wanted: paging.WantedPage,
    state: Annotated[
        Literal["queued", "running", "done", "failed", "cancelled"] | None,
        Query(description="Chỉ việc ở trạng thái này"),
    ] = None,
) -> Json:
    """Own jobs only, the newest first."""
    after = None if wanted.after is None else wanted.after_types(datetime, str)
    with store_of(request).read() as session:
        rows = jobs.some(session, calling.caller_id, wanted.limit + 1, after, state)
    return paging.answer(request, wanted, rows, after=lambda job: (job.created_at, job.id), shown=jobs.as_json)


@router.get("/{job_id}", summary="Một việc: trạng thái và tiến độ", response_model=JobOut, responses={**_ONE})
def show(request: Request, calling: Caller, job_id: JobId) -> Json:
    """How far it is."""
    with store_of(request).read() as session:
        return Json(jobs.as_json(jobs.one(session, calling.caller_id, job_id)))


@router.post(
    "/{job_id}/cancel",
    summary="Dừng một việc",
    response_model=JobOut,
    responses={**_ONE, 409: problem("Việc đã kết thúc")},
)
def cancel(request: Request, calling: Caller, job_id: JobId) -> Json:
    """What is answered stays until the job expires; the rest is thrown away."""
    settings: Settings = request.app.state.settings
    with store_of(request).begin() as session:
        job = jobs.cancel(session, calling.caller_id, job_id, settings.job_days)
    request.app.state.background.wake()
    return Json(jobs.as_json(job))


@router.delete(
    "/{job_id}",
    status_code=204,
    summary="Xóa một việc cùng ý kiến và kết quả",
    response_class=Response,
    responses={**_ONE, 204: {"description": "Đã xóa"}},
)
def delete(request: Request, calling: Caller, job_id: JobId) -> Response:
    """In whatever state it is."""
    with store_of(request).begin() as session:
        jobs.remove(session, [jobs.one(session, calling.caller_id, job_id).id])
    return Response(status_code=204)


@router.get(
    "/{job_id}/result",
    summary="Kết quả của một việc, theo thứ tự ý kiến",
    response_class=StreamingResponse,
    responses={
        **_ONE,
        200: {
            "description": "Mỗi ý kiến một dòng: đánh giá kèm phiên bản, hoặc lỗi",
            "content": {
                JSON_LINES: {"schema": {"type": "string"}},
                CSV: {"schema": {"type": "string"}},
                PARQUET: {"schema": {"type": "string", "format": "binary"}},
            },
        },
        406: problem("Không có dạng kết quả này"),
        409: problem("Việc chưa xong"),
    },
)
def result(
    request: Request,
    calling: Caller,
    job_id: JobId,
    format: Annotated[
        Literal["jsonl", "csv", "parquet"] | None, Query(description="Dạng kết quả; thiếu thì theo Accept, rồi jsonl")
    ] = None,
    partial: Annotated[bool, Query(description="Lấy cả phần đã có khi việc chưa xong")] = False,
) -> StreamingResponse:
    """Streamed part by part."""
    chosen = format or accepted_format(request.headers.get("accept", "*/*"))
    if chosen == "parquet":
        try:
            arrow()
        except Exception as error:
            raise Problem(406, "not_acceptable", str(error)) from error
    store = store_of(request)
    with store.read() as session:
        job = jobs.one(session, calling.caller_id, job_id)
        results.check(job, partial=partial)
    rows = results.WRITERS[chosen](results.parts_of(store, job.id))
    media = results.FORMATS[chosen] + ("; charset=utf-8" if chosen == "csv" else "")
    headers = {"Content-Disposition": f'attachment; filename="{job.id}.{chosen}"', "Content-Type": media}
    return StreamingResponse(rows, headers=headers)


def limits_of(settings: Settings) -> Limits:
    """What a body may hold. One that streams may be larger than others: some 4,000 bytes for each opinion."""
    streamed = max(settings.most_bytes, settings.most_job_opinions * _BYTES_AN_OPINION)
    return Limits(settings.most_bytes, streamed, settings.most_job_opinions)


def _from_here(request: Request) -> Iterator[bytes]:
    """The body, chunk by chunk, for a function in a thread."""
    stream = request.stream()

    async def following() -> bytes | None:
        with anyio.fail_after(_SILENT_SECONDS):
            return await anext(stream, None)

    while (chunk := from_thread.run(following)) is not None:
        yield chunk


def _limiter(request: Request) -> anyio.CapacityLimiter:
    """Slow senders take none of the threads that others need."""
    state = request.app.state
    if not hasattr(state, "uploads"):
        state.uploads = anyio.CapacityLimiter(_UPLOADS)
    found: anyio.CapacityLimiter = state.uploads
    return found

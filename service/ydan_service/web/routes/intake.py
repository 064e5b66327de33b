"""Minutes come in, and how far their reading has come."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from starlette.responses import RedirectResponse, Response

from ydan.opinion import parse_date
from ydan_service.accounts.gate import PersonHere, needs
from ydan_service.errors import Invalid
from ydan_service.office.intake.receive import PASTED, job_json, receive, retry, visible_job
from ydan_service.person import Person
from ydan_service.problems import Problem
from ydan_service.responses import Json
from ydan_service.settings import Settings
from ydan_service.store.store import Store
from ydan_service.web.queries import id_of

router = APIRouter()
_MB = 1_000_000


@router.post("/meetings", include_in_schema=False)
def upload(
    request: Request,
    person: Annotated[Person, Depends(needs("meetings.write"))],
    commune: Annotated[int, Form()],
    file: Annotated[UploadFile | None, File()] = None,
    text: Annotated[str, Form()] = "",
    held_on: Annotated[str, Form()] = "",
    plan: Annotated[str, Form()] = "",
) -> Response:
    """Keep a file or a pasted text and start reading it: to the meeting's page, or its ids for a script."""
    data, name = _handed_in(file, text, request.app.state.settings)
    day = _day(held_on)
    plan_id = id_of(plan)
    store: Store = request.app.state.store
    with store.begin() as session:
        received = receive(session, store.keys, person, commune, data, name, held_on=day, plan_id=plan_id)
    wake(request)
    where = f"/meetings/{received.meeting_id}"
    if "text/html" in request.headers.get("accept", ""):
        return RedirectResponse(where, 303)
    ids = {"meeting_id": received.meeting_id, "job_id": received.job_id}
    return Json({**ids, "url": where, "job_url": f"/jobs/{received.job_id}"}, 201)


@router.get("/jobs/{job_id}", include_in_schema=False)
def job(request: Request, person: PersonHere, job_id: int) -> Json:
    """How far a job has come."""
    with request.app.state.store.read() as session:
        return Json(job_json(visible_job(session, person, job_id)))


@router.post("/jobs/{job_id}/retry", include_in_schema=False)
def again(request: Request, person: Annotated[Person, Depends(needs("meetings.write"))], job_id: int) -> Response:
    """Do a failed job again."""
    with request.app.state.store.begin() as session:
        found: dict[str, Any] = job_json(retry(session, person, job_id))
    wake(request)
    if "text/html" in request.headers.get("accept", ""):
        return RedirectResponse(f"/meetings/{found['meeting_id']}", 303)
    return Json(found)


def wake(request: Request) -> None:
    """Tell the worker, where this process runs one, that there is something to do."""
    worker = getattr(request.app.state, "worker", None)
    if worker is not None:
        worker.wake()


def _handed_in(file: UploadFile | None, text: str, settings: Settings) -> tuple[bytes, str]:
    most = settings.most_file_bytes
    if file is not None and file.filename:
        data, name = file.file.read(most + 1), file.filename
    elif text.strip():
        data, name = text.replace("\r\n", "\n").encode("utf-8", "replace"), PASTED
    else:
        raise Invalid("Chưa chọn tệp và chưa dán văn bản. Hãy chọn một trong hai.", "file")
    if len(data) > most:
        message = f"Tệp {name} lớn hơn {most // _MB} MB. Hãy bỏ bớt ảnh hoặc tách thành nhiều phần."
        raise Problem(413, "too_large", message)
    return data, name


def _day(raw: str) -> date | None:
    return parse_date(raw) if raw.strip() else None

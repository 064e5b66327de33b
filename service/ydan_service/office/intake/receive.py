"""A file comes in: kept as it is, with a meeting and a job, in one transaction; reading comes later."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ydan.minutes.readers.limits import check_size
from ydan_service.errors import Conflict, Forbidden, NotFound
from ydan_service.office.intake.source import LIMITS
from ydan_service.office.scope import meetings_in_scope, visible_commune
from ydan_service.person import Person
from ydan_service.store import audit, files
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import Job, KeptFile, Meeting, Plan, now

PASTED = "van-ban-dan.txt"
"""The name of a text that was pasted."""
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Received:
    """What came of a file: the meeting, and the job that reads it."""

    meeting_id: int
    job_id: int


def receive(
    session: Session,
    keys: KeyRing,
    person: Person,
    commune: int,
    data: bytes,
    name: str,
    *,
    held_on: date | None = None,
    plan_id: int | None = None,
) -> Received:
    """Keep a file of minutes; ``name`` is only shown and tells the format. The same file twice is a warning.

    :raises Forbidden: the person may not hand in minutes.
    :raises NotFound: the commune is not in the person's scope, or the plan is not the commune's.
    :raises ReadError: an empty file, or one beyond the limit.
    """
    if not person.may("meetings.write"):
        raise Forbidden("Tài khoản này không nhập được biên bản. Hãy nhờ thư ký hoặc người quản trị.")
    place = visible_commune(session, person, commune)
    shown = PurePath(name.replace("\\", "/")).name.strip()[-_LONGEST_NAME:] or "bien-ban"
    check_size(len(data), shown, LIMITS)
    if plan_id is not None and not _of_commune(session, plan_id, place.id):
        raise NotFound("Không có cuộc này trong kế hoạch của xã, phường đã chọn. Hãy chọn lại trong kế hoạch năm.")
    twins = _same_file(session, place.id, data)
    meeting = Meeting(
        commune_id=place.id,
        plan_id=plan_id,
        held_on=held_on,
        title="",
        created_by=person.id,
        warnings=[_twin(twin) for twin in twins],
    )
    session.add(meeting)
    session.flush()
    media = mimetypes.guess_type(shown)[0] or "application/octet-stream"
    file = files.keep(session, keys, meeting.id, "source", shown, media, data, person.id)
    job = Job(kind="read", meeting_id=meeting.id, total=100, by=person.id, detail={"file": file.id})
    session.add(job)
    session.flush()
    audit.record(session, person, "meeting.upload", "meeting", meeting.id, commune=place.id, file=file.id, job=job.id)
    return Received(meeting.id, job.id)


def retry(session: Session, person: Person, job_id: int) -> Job:
    """Read a file again whose reading failed.

    :raises NotFound: no such job in the person's scope.
    :raises Conflict: the job did not fail.
    """
    job = visible_job(session, person, job_id)
    if job.state != "failed":
        raise Conflict("Việc này đang chạy hoặc đã xong, không cần chạy lại. Hãy tải lại trang.")
    if not person.may("meetings.write"):
        raise Forbidden("Tài khoản này không nhập được biên bản. Hãy nhờ thư ký hoặc người quản trị.")
    job.state, job.message, job.done, job.changed_at = "queued", "", 0, now()
    job.detail = {name: value for name, value in job.detail.items() if name == "file"}
    meeting = session.get(Meeting, job.meeting_id)
    if meeting is not None:
        meeting.stage = "reading"
    audit.record(session, person, "job.retry", "job", job.id, meeting=job.meeting_id)
    return job


def visible_job(session: Session, person: Person, job_id: int) -> Job:
    """A job of a meeting in the person's scope.

    :raises NotFound: there is none.
    """
    found = session.scalar(
        select(Job).join(Meeting, Meeting.id == Job.meeting_id).where(Job.id == job_id, meetings_in_scope(person))
    )
    if found is None:
        raise NotFound("Không có việc này. Hãy mở lại từ danh sách cuộc họp.")
    return found


def job_json(job: Job) -> dict[str, Any]:
    """How far a job has come, for the page that waits for it."""
    return {
        "id": job.id,
        "kind": job.kind,
        "state": job.state,
        "meeting_id": job.meeting_id,
        "done": job.done,
        "total": job.total,
        "message": job.message,
        "code": job.detail.get("error"),
    }


def _of_commune(session: Session, plan_id: int, commune_id: int) -> bool:
    wanted = select(Plan.id).where(Plan.id == plan_id, Plan.commune_id == commune_id)
    return session.execute(wanted).first() is not None


def _same_file(session: Session, commune: int, data: bytes) -> list[int]:
    rows = session.scalars(
        select(KeptFile.meeting_id)
        .join(Meeting)
        .where(KeptFile.sha256 == files.digest(data), KeptFile.kind == "source", Meeting.commune_id == commune)
    )
    return sorted(set(rows))


def _twin(meeting_id: int) -> dict[str, Any]:
    message = f"Tệp này đã được nhập ở cuộc họp số {meeting_id}. Nếu là nhập trùng, hãy xóa một trong hai."
    return {"code": "duplicate_file", "message": message, "span": None, "meeting_id": meeting_id}

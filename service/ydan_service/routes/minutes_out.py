"""The shape of read minutes, for OpenAPI."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from ydan_service.routes.knowledge_out import Versioned
from ydan_service.schemas import Assessment, ErrorDetail, HostLevel

FORM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {"type": "string", "format": "binary", "description": ".docx .pdf .xlsx .csv .txt .md .doc .odt .rtf"},
        "host_level": {"type": "string", "enum": ["commune", "district", "province"]},
        "date": {"type": "string", "description": "NĂM-THÁNG-NGÀY; thắng ngày ghi trong biên bản"},
        "province": {"type": "string", "description": "Mã hoặc tên tỉnh"},
    },
}
Span = tuple[int, int]


class MeetingWarning(BaseModel):
    """What a secretary should look at."""

    code: str
    message: str
    span: Span | None


class Notice(BaseModel):
    """What the answers rest on that the file does not say."""

    code: str
    message: str


class MeetingOut(BaseModel):
    """What the minutes say of the meeting; null where they do not."""

    title: str | None
    meeting_type: Literal["txdt", "txct", "tcd", "complaint_dialogue", "mixed", "unclear"]
    host_level: HostLevel | None
    host: str | None
    date: str | None
    place: str | None
    chair: str | None
    secretary: str | None
    attendance: int | None
    invited: int | None
    agenda: list[str]
    warnings: list[MeetingWarning]


class SessionOut(BaseModel):
    """By what the opinions were assessed."""

    host_level: HostLevel
    date: str
    province: str | None


class SourceOut(BaseModel):
    """Where it stands in the file; ``start`` and ``end`` are offsets into the extracted text."""

    page: int | None = None
    paragraph: int | None = None
    cell: str | None = None
    start: int
    end: int


class RaisedOut(BaseModel):
    """One opinion; exactly one of ``assessment`` and ``error`` is there."""

    id: str
    text: str
    speaker: str | None = Field(description="Họ tên như trong tệp: bên gọi sở hữu tệp")
    address: str | None
    group: str | None
    answered: bool
    answers: list[str]
    lineage: list[str]
    source: SourceOut
    assessment: Assessment | None
    error: ErrorDetail | None


class TaskBase(BaseModel):
    body: str
    what: str
    deadline_text: str | None
    deadline: str | None
    span: Span


class TaskOut(TaskBase):
    answer: str


class AnswerOut(BaseModel):
    id: str
    text: str
    kind: Literal["answer", "conclusion"]
    speaker: str | None
    opinions: list[str]
    tasks: list[TaskBase]
    source: SourceOut


class MinutesOut(Versioned):
    meeting: MeetingOut
    session: SessionOut
    notices: list[Notice]
    opinions: list[RaisedOut]
    answers: list[AnswerOut]
    tasks: list[TaskOut]

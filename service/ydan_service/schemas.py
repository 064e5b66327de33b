"""The shapes of the API for OpenAPI. Requests are checked by hand, so that one bad opinion does not sink the rest."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

HostLevel = Literal["commune", "district", "province"]
LevelId = Literal["commune", "district", "province", "central", "external", "unclear"]


class SessionIn(BaseModel):
    """The meeting that the opinions come from."""

    host_level: HostLevel = "commune"
    date: str | None = Field(None, description="Ngày họp, NĂM-THÁNG-NGÀY; mặc định hôm nay", examples=["2026-03-01"])
    province: str | None = Field(None, description="Mã hoặc tên tỉnh, để dùng quy định riêng của tỉnh")


class OpinionIn(BaseModel):
    """One matter of one citizen; ``host_level``, ``date`` and ``province`` of its own win over the session's."""

    model_config = ConfigDict(extra="allow")
    id: str = Field(examples=["17"])
    text: str = Field(max_length=5000, examples=["Đề nghị sớm sửa đường ĐT 390 đoạn qua xã."])
    host_level: HostLevel | None = None
    date: str | None = None
    province: str | None = None


class ClassifyIn(BaseModel):
    """What ``POST /v1/classify`` takes."""

    session: SessionIn = Field(default_factory=lambda: SessionIn(date=None, province=None))
    opinions: list[OpinionIn]


class Choice(BaseModel):
    id: str
    label: str
    confidence: float = Field(ge=0, le=1, description="Xác suất đã hiệu chỉnh")


class Body(BaseModel):
    id: str
    label: str


class Level(BaseModel):
    id: LevelId
    label: str
    confidence: float = Field(ge=0, le=1)


class Jurisdiction(BaseModel):
    level: Level
    body: Body
    period: str = Field(description="Ngày bắt đầu của kỳ thẩm quyền")
    basis: str = Field(description="Quy tắc đã quyết định, kèm nguồn")
    decided_by: Literal["competence_table", "text", "model"]


class Reason(BaseModel):
    code: str
    label: str
    span: tuple[int, int]
    basis: str
    confidence: float


class Addressee(BaseModel):
    level: str
    body: Body


class Escalation(BaseModel):
    required: bool
    transfer: bool
    confidence: float
    urgency: Literal["immediate", "soon", "with_conclusion", "periodic"] | None
    to: Addressee | None
    reasons: list[Reason]
    confidential: bool


class Evidence(BaseModel):
    model_config = ConfigDict(populate_by_name=True)
    span: tuple[int, int]
    weight: float
    for_: str = Field(alias="for")


class ReviewReason(BaseModel):
    code: str
    label: str


class Review(BaseModel):
    needed: bool
    reasons: list[ReviewReason]


class Assessment(BaseModel):
    id: str
    text: str
    topic: Choice
    alternatives: list[Choice]
    secondary_topics: list[Choice]
    matter: Choice | None
    type: Choice
    jurisdiction: Jurisdiction
    escalation: Escalation
    evidence: list[Evidence]
    review: Review


class ErrorDetail(BaseModel):
    code: str
    message: str


class Failure(BaseModel):
    id: str
    error: ErrorDetail


class ModelVersion(BaseModel):
    name: str
    version: str


class Version(BaseModel):
    version: str


class ClassifyOut(BaseModel):
    """As many results as opinions, in order."""

    results: list[Assessment | Failure]
    model: ModelVersion
    taxonomy: Version
    competence: Version


class ProblemOut(BaseModel):
    """RFC 9457 problem details with a stable ``code``."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    instance: str | None = Field(None, description="urn:ydan:request:MÃ, cùng mã với X-Request-Id")


REQUEST_EXAMPLES: dict[str, Any] = {
    "duong_tinh": {
        "summary": "Một ý kiến về đường tỉnh, họp ở xã",
        "value": {
            "session": {"host_level": "commune", "date": "2026-03-01", "province": None},
            "opinions": [{"id": "17", "text": "Đề nghị sớm sửa đường ĐT 390 đoạn qua xã, ổ gà nhiều, tối đi hay ngã."}],
        },
    },
    "nhieu_y_kien": {
        "summary": "Nhiều ý kiến, có một dòng trống",
        "value": {
            "session": {"host_level": "commune", "date": "2026-09-10"},
            "opinions": [
                {"id": "1", "text": "Cột điện đầu xóm nghiêng sát lớp mẫu giáo, dây trùng chạm mái tôn."},
                {"id": "2", "text": ""},
                {"id": "3", "text": "Cảm ơn xã đã làm xong đường, bà con phấn khởi."},
            ],
        },
    },
}

"""The shapes of feedback, for OpenAPI."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from ydan_service.routes.knowledge_out import Versioned
from ydan_service.schemas import Failure, HostLevel, LevelId, SessionIn


class Final(BaseModel):
    """At least one label; ids of ``GET /v1/taxonomy``. ``matter`` may be null: none of them."""

    topic: str | None = None
    secondary: list[str] | None = None
    matter: str | None = None
    type: str | None = None
    level: LevelId | None = None
    body: str | None = None
    codes: list[str] | None = Field(None, description="Mã lý do báo lên trên; [] là không báo")
    escalate: bool | None = None


class FeedbackItem(BaseModel):
    id: str | None = Field(None, max_length=200)
    text: str = Field(max_length=5000)
    host_level: HostLevel | None = None
    date: str | None = None
    province: str | None = None
    final: Final
    source: str | None = Field(None, max_length=200, description="Ai chọn, ví dụ “phòng tiếp dân”; lưu mã hóa")


class FeedbackIn(BaseModel):
    session: SessionIn | None = None
    items: list[FeedbackItem]


class Labels(BaseModel):
    topic: str
    secondary: list[str]
    matter: str | None
    type: str
    level: LevelId
    body: str
    codes: list[str]
    escalate: bool
    confidence: dict[str, float | None]


class FeedbackKept(BaseModel):
    id: str
    feedback: int = Field(description="Số để xóa: DELETE /v1/feedback/{number}")
    predicted: Labels
    agrees: dict[str, bool] = Field(description="Từng mục của final: có giống nhãn của máy không")


class FeedbackOut(Versioned):
    """As many results as items, in order."""

    results: list[FeedbackKept | Failure]


class Confusion(BaseModel):
    """Of ``codes``, null is: this one was missing, or too many."""

    predicted: str | bool | None
    final: str | bool | None
    count: int


class FieldAgreement(BaseModel):
    """``low`` and ``high`` are the 95 % interval of ``share`` (Wilson); null where nobody gave the label."""

    n: int
    agreed: int
    share: float | None
    low: float | None
    high: float | None
    confusions: list[Confusion]


class ModelItems(BaseModel):
    name: str
    items: int


class AgreementOut(Versioned):
    since: str | None
    callers: Literal["own", "all"]
    items: int
    fields: dict[str, FieldAgreement]
    models: list[ModelItems] = Field(description="Bản mô hình lúc nhận từng mục")


EXAMPLES: dict[str, Any] = {
    "mot_y_kien": {
        "summary": "Một ý kiến mà cán bộ đã chọn lại lĩnh vực",
        "value": {
            "session": {"host_level": "commune", "date": "2026-03-01"},
            "items": [
                {
                    "id": "17",
                    "text": "Đề nghị sớm sửa đường ĐT 390 đoạn qua xã.",
                    "final": {"topic": "transport_roads", "level": "province", "codes": ["beyond_competence"]},
                    "source": "phòng tiếp dân",
                }
            ],
        },
    }
}

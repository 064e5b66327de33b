"""``GET /v1/drift``: whether what comes in still looks like what the model learned from."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field, JsonValue

from ydan_service.responses import Json
from ydan_service.routes.described import problems
from ydan_service.security import requires
from ydan_service.watch.drift import Drift

router = APIRouter(prefix="/v1", tags=["metrics"], dependencies=[Depends(requires("metrics"))])

_EXAMPLE: dict[str, JsonValue] = {
    "model": "1.0.0",
    "verdict": "stable",
    "opinions": 4210,
    "least": 500,
    "since": "2026-03-01T07:30:00+00:00",
    "reference_opinions": 11394,
    "unknown_share": {"now": 0.031, "reference": 0.028},
    "undiacritized_share": {"now": 0.04, "reference": 0.02},
    "mean_syllables": {"now": 27.5, "reference": 24.1},
    "differences": [{"of": "topic", "psi": 0.062, "noise": 0.007, "verdict": "stable"}],
}


class Compared(BaseModel):
    """``null`` where there is nothing to tell from."""

    now: float | None
    reference: float | None


class DifferenceOut(BaseModel):
    """``psi`` less ``noise`` is what is judged: up to 0.1 stable, up to 0.25 shifting, above drifted."""

    of: Literal["topic", "type", "level", "escalation", "length", "unknown", "diacritics"]
    psi: float = Field(ge=0, description="Chỉ số PSI so với dữ liệu huấn luyện")
    noise: float = Field(ge=0, description="PSI do ngẫu nhiên với cỡ mẫu này")
    verdict: Literal["stable", "shifting", "drifted", "too_few"]


class DriftOut(BaseModel):
    """``verdict`` is the gravest of all; ``too_few``: fewer than ``least`` opinions in the window."""

    model_config = {"json_schema_extra": {"examples": [_EXAMPLE]}}

    model: str = Field(description="Phiên bản mô hình")
    verdict: Literal["stable", "shifting", "drifted", "too_few", "no_reference"]
    opinions: int = Field(description="Số ý kiến trong cửa sổ")
    least: int = Field(description="Dưới số này thì chưa nói được gì")
    since: str | None
    reference_opinions: int
    unknown_share: Compared = Field(description="Tỷ lệ âm tiết mô hình không biết")
    undiacritized_share: Compared = Field(description="Tỷ lệ ý kiến viết không dấu")
    mean_syllables: Compared = Field(description="Số âm tiết trung bình")
    differences: list[DifferenceOut]


@router.get(
    "/drift", summary="Ý kiến gửi đến có còn giống dữ liệu huấn luyện không", response_model=DriftOut,
    responses=problems(),
)  # fmt: skip
def drift(request: Request) -> Json:
    """Labels, lengths, unknown syllables and diacritics of the last opinions, compared with the corpus."""
    found: Drift = request.app.state.drift
    return Json(found.report().to_json())

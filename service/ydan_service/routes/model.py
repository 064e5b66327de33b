"""The loaded model: its card, and the proof that it is the one that was measured."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from ydan.card import load_card_words
from ydan.golden import Proof, prove
from ydan.measured import load_measured
from ydan.model.fingerprint import text_fingerprint
from ydan_service.models import Loaded
from ydan_service.problems import respond
from ydan_service.responses import Json
from ydan_service.routes.cached import language_of, made_once
from ydan_service.routes.described import problems
from ydan_service.routes.knowledge import UNCHANGED
from ydan_service.routes.knowledge_out import Versioned
from ydan_service.security import requires

router = APIRouter(prefix="/v1", tags=["knowledge"], dependencies=[Depends(requires("knowledge"))])


class Trained(BaseModel):
    trained_on: int | None = Field(description="Số ý kiến đã học")
    sha256: str | None = Field(description="Mã băm của tập dữ liệu")


class Card(BaseModel):
    kind: str
    intended_use: str
    rule: str
    not_for: list[str]
    data: str
    confidence: str
    limits: list[str]


class ModelCard(BaseModel):
    """``figures`` and ``about`` are those of the bundle; ``measured``: how often it is wrong at each confidence."""

    name: str
    version: str
    taxonomy: str
    competence: str
    text_fingerprint: str
    features: int
    heads: dict[str, list[str]]
    thresholds: dict[str, Any]
    card: Card
    data: Trained
    figures: dict[str, Any] = Field(description="Số đo trên ý kiến để riêng; *_95 là khoảng tin cậy 95 %")
    measured: dict[str, Any] | None
    about: dict[str, Any]


class CheckOut(BaseModel):
    name: str
    passed: bool
    expected: Any
    found: Any


class SelftestOut(Versioned):
    result: Literal["passed"]
    at: str = Field(description="Lúc chạy, UTC")
    examples: int
    different: list[str] = Field(description="Ví dụ nhận nhãn khác lúc đo")
    checks: list[CheckOut]


@router.head("/model", include_in_schema=False)
@router.get(
    "/model",
    summary="Thẻ mô hình: phiên bản, dữ liệu, số đo kèm khoảng tin cậy, ngưỡng, dùng vào việc gì và không vào việc gì",
    response_model=ModelCard,
    responses={**UNCHANGED, **problems()},
)
def model(request: Request) -> Response:
    """The model card as JSON. Its words are Vietnamese, or English where ``Accept-Language`` likes it better."""
    language, models = language_of(request), request.app.state.models
    return made_once(request, f"model.{language}", lambda _: card_of(models.current, language), language)


def card_of(loaded: Loaded, language: str = "vi") -> dict[str, Any]:
    """Everything that is known of the model; nothing of it is said twice in the code."""
    predictor, bundle = loaded.predictor, loaded.predictor.bundle
    measured = load_measured(loaded.folder)
    return {
        "name": bundle.name,
        "version": bundle.version,
        "taxonomy": predictor.taxonomy.version,
        "competence": predictor.competence.version,
        "text_fingerprint": text_fingerprint(),
        "features": len(bundle.heads.vocabulary),
        "heads": {name: list(head.labels) for name, head in bundle.heads.heads.items()},
        "thresholds": bundle.thresholds,
        "card": asdict(load_card_words()[language]),
        "data": {"trained_on": bundle.about.get("trained_on"), "sha256": bundle.about.get("data_sha256")},
        "figures": bundle.about.get("figures", {}),
        "measured": None
        if measured is None
        else {"set": measured.name, "size": measured.size, "steps": measured.to_json()},
        "about": bundle.about,
    }


@router.get(
    "/selftest",
    summary="Chứng minh mô hình đang nạp đúng là bản đã đo",
    response_model=SelftestOut,
    responses=problems({503: "Không đúng bản đã đo (selftest_failed), hoặc máy chủ quá tải"}),
)
def selftest(request: Request, fresh: bool = False) -> Response:
    """Golden examples are answered and compared; once for the loaded model, with ``fresh=true`` anew."""
    loaded: Loaded = request.app.state.models.current
    at, proof = _proved(request, loaded, fresh=fresh)
    report = {"at": at, **proof.to_json(), **loaded.predictor.versions}
    if proof.passed:
        return Json(report)
    wrong = ", ".join(check.name for check in proof.checks if not check.passed)
    return respond(
        503,
        "selftest_failed",
        f"Mô hình đang nạp không đúng bản đã đo ({wrong}). Hãy chép lại cả thư mục mô hình từ bản phát hành rồi mở lại "
        "máy chủ; mô hình tự huấn luyện thì chạy `ydan-train golden`.",
        more=report,
    )


def _proved(request: Request, loaded: Loaded, *, fresh: bool) -> tuple[str, Proof]:
    state = request.app.state
    known: tuple[Loaded, str, Proof] | None = getattr(state, "proved", None)
    if fresh or known is None or known[0] is not loaded:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        known = state.proved = (loaded, at, prove(*loaded))
    return known[1], known[2]

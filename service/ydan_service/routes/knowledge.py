"""What the answers are made of: the taxonomy and the model."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request

from ydan.taxonomy import load_taxonomy
from ydan_service.security import require_key

router = APIRouter(prefix="/v1", tags=["knowledge"], dependencies=[Depends(require_key)])


@router.get("/taxonomy", summary="Bộ nhãn: mã không đổi, tên tiếng Việt, định nghĩa")
def taxonomy() -> dict[str, Any]:
    """Every id that an answer can hold."""
    known = load_taxonomy()
    return {
        "version": known.version,
        "topics": [
            {
                "id": topic.id,
                "label": topic.label,
                "definition": topic.definition,
                "includes": topic.includes,
                "goes_elsewhere": dict(topic.goes_elsewhere),
                "examples": list(topic.examples),
            }
            for topic in known.topics.values()
        ],
        "matters": [
            {"id": m.id, "topic": m.topic, "label": m.label, "description": m.description}
            for m in known.matters.values()
        ],
        "types": [{"id": t.id, "label": t.label, "definition": t.definition} for t in known.types.values()],
        "levels": [{"id": x.id, "label": x.label, "definition": x.definition} for x in known.levels.values()],
        "escalation_codes": [
            {"id": code.id, "label": code.label, "definition": code.definition}
            for code in known.escalation_codes.values()
        ],
        "bodies": [{"id": body.id, "label": body.label} for body in known.bodies.values()],
    }


@router.get("/model", summary="Mô hình đang dùng: phiên bản, dữ liệu, số đo, ngưỡng")
def model(request: Request) -> dict[str, Any]:
    """The model card's figures, as JSON."""
    predictor = request.app.state.predictor
    bundle = predictor.bundle
    return {
        "name": bundle.name,
        "version": bundle.version,
        "taxonomy": predictor.taxonomy.version,
        "competence": predictor.competence.version,
        "features": len(bundle.heads.vocabulary),
        "heads": {name: list(head.labels) for name, head in bundle.heads.heads.items()},
        "thresholds": bundle.thresholds,
        "about": bundle.about,
    }

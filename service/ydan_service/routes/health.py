"""Alive, and ready to answer."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

router = APIRouter(prefix="/health", tags=["health"])


@router.get("/live", summary="Máy chủ còn chạy")
def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "live"}


@router.get("/ready", summary="Mô hình đã sẵn sàng")
def ready(request: Request) -> dict[str, Any]:
    """The model is loaded; it is before the first request can come.

    ``model_switch`` is there while another model was chosen that cannot be used: the one named here answers.
    """
    trouble = request.app.state.models.trouble
    failed = {} if trouble is None else {"model_switch": {"failed": trouble.code, "at": trouble.at.isoformat()}}
    return {"status": "ready", **request.app.state.predictor.versions, **failed}

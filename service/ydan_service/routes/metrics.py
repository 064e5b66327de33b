"""``GET /metrics``: the counters, in the text format that Prometheus reads."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import PlainTextResponse

from ydan_service.metrics import MEDIA_TYPE, Metrics
from ydan_service.security import require_key

router = APIRouter(tags=["metrics"], dependencies=[Depends(require_key)])


@router.get("/metrics", summary="Số liệu vận hành, dạng Prometheus", response_class=PlainTextResponse)
def metrics(request: Request) -> PlainTextResponse:
    """Requests by route and status, opinions assessed, opinions refused by code, seconds in classify."""
    counted: Metrics = request.app.state.metrics
    return PlainTextResponse(counted.render(), media_type=MEDIA_TYPE)

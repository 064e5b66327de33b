"""``GET /metrics``: the counters, in the text format that Prometheus reads."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import PlainTextResponse

from ydan_service.metrics import MEDIA_TYPE, Metrics
from ydan_service.security import requires

router = APIRouter(tags=["metrics"], dependencies=[Depends(requires("metrics"))])


@router.get("/metrics", summary="Số liệu vận hành, dạng Prometheus", response_class=PlainTextResponse)
def metrics(request: Request) -> PlainTextResponse:
    """Requests, opinions, labels, escalations, queues, drift, model and process: docs/operation.md has the list."""
    counted: Metrics = request.app.state.metrics
    return PlainTextResponse(counted.render(), media_type=MEDIA_TYPE)

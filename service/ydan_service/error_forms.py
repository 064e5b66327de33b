"""Errors as the facades' standards want them: their clients read no problem details."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from ydan_service.programs.open311.xml import XML, to_xml
from ydan_service.responses import Json

_INFERENCE = "/v2"
_OPEN311 = "/open311/"


def of_facade(request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response | None:
    """The error as the facade's own standard has it; None for every other route.

    The Open Inference Protocol: ``{"error": …}``. GeoReport v2: a list of ``code`` and ``description``, in XML where
    the address ends so; it knows 400 for a request that cannot be understood, and no 422.
    """
    path = request.url.path
    if path == _INFERENCE or path.startswith(f"{_INFERENCE}/"):
        return Json({"error": detail}, status, headers=dict(headers or {}))
    if path.startswith(_OPEN311):
        status = 400 if status == 422 else status
        errors = [{"code": status, "description": detail}]
        if path.endswith(".xml"):
            body = to_xml(errors, "errors", "error")
            return Response(body, status, headers=dict(headers or {}), media_type=XML)
        return Json(errors, status, headers=dict(headers or {}))
    return None

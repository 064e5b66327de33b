"""Words for the OpenAPI document that FastAPI cannot find by itself: problems, and bodies that are read by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from ydan_service.problems import MEDIA_TYPE
from ydan_service.schemas import ProblemOut

_ALWAYS = {503: "Máy chủ đang quá tải, hoặc cơ sở dữ liệu không trả lời"}
Responses = dict[int | str, dict[str, Any]]


def problems(meanings: Mapping[int, str] | None = None) -> Responses:
    """Problem responses for ``responses=``: those of the route, and that of a full server.

    What a missing or wrong key gets is put on every operation by :mod:`ydan_service.program_calls`.
    """
    return {status: problem(meaning) for status, meaning in sorted({**_ALWAYS, **(meanings or {})}.items())}


def problem(meaning: str) -> dict[str, Any]:
    """One answer that is a problem."""
    return {"description": meaning, "content": {MEDIA_TYPE: {"schema": ProblemOut.model_json_schema()}}}


def schema_of(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of a model without references, so that it may stand anywhere in the document."""
    whole = model.model_json_schema()
    known = whole.pop("$defs", {})

    def plain(node: Any) -> Any:
        if isinstance(node, dict):
            if "$ref" in node:
                return plain(known[node["$ref"].rpartition("/")[2]])
            return {name: plain(value) for name, value in node.items()}
        return [plain(value) for value in node] if isinstance(node, list) else node

    found: dict[str, Any] = plain(whole)
    return found


def body_of(kinds: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """``openapi_extra`` for a body in one of several media types, each a ``schema`` and perhaps ``examples``."""
    return {"requestBody": {"required": True, "content": dict(kinds)}}

"""OAuth 2.0 for programs: a client's credentials are changed for a token (RFC 6749 4.4); where that is done (RFC 8414).

Errors here have the form of RFC 6749 5.2, as every OAuth library reads them: ``{"error": …, "error_description": …}``.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote_plus

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from ydan_service.programs import tokens
from ydan_service.programs.calling import Calling
from ydan_service.programs.rates import Rates
from ydan_service.responses import Json
from ydan_service.routes.body import kind_of, read_body
from ydan_service.routes.described import problem
from ydan_service.routes.needs import store_of
from ydan_service.settings import Settings
from ydan_service.store.store import Store
from ydan_service.store.tables import SCOPES

router = APIRouter(tags=["oauth"])
FORM = "application/x-www-form-urlencoded"
MOST_BYTES = 10_000
_NOT_STORED = {"Cache-Control": "no-store", "Pragma": "no-cache"}


class TokenOut(BaseModel):
    """RFC 6749 5.1."""

    access_token: str = Field(examples=["ydan_token_…"])
    token_type: str = Field(examples=["Bearer"])
    expires_in: int = Field(description="Giây", examples=[3600])
    scope: str = Field(examples=["classify jobs"])


class OAuthError(BaseModel):
    """RFC 6749 5.2."""

    error: str = Field(examples=["invalid_client"])
    error_description: str


class MetadataOut(BaseModel):
    """RFC 8414."""

    issuer: str
    token_endpoint: str
    grant_types_supported: list[str]
    response_types_supported: list[str]
    token_endpoint_auth_methods_supported: list[str]
    scopes_supported: list[str]


class _Refusal(Exception):
    def __init__(self, error: str, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.error, self.status = error, status


@router.post(
    "/v1/oauth/token",
    summary="Đổi client_id và client_secret lấy token dùng trong một giờ",
    response_model=TokenOut,
    responses={
        400: {"model": OAuthError, "description": "Yêu cầu sai (RFC 6749 5.2)"},
        401: {"model": OAuthError, "description": "Sai client_id hoặc client_secret"},
        413: problem("Thân quá lớn"),
        429: {"model": OAuthError, "description": "Hệ thống này xin token quá nhanh"},
        501: problem("Máy chủ này không lưu gì"),
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                FORM: {
                    "schema": {
                        "type": "object",
                        "required": ["grant_type"],
                        "properties": {
                            "grant_type": {"type": "string", "enum": ["client_credentials"]},
                            "scope": {"type": "string", "description": "Các phạm vi, cách nhau dấu cách"},
                            "client_id": {"type": "string", "description": "Nếu không gửi bằng HTTP Basic"},
                            "client_secret": {"type": "string", "description": "Nếu không gửi bằng HTTP Basic"},
                        },
                    },
                    "example": {
                        "grant_type": "client_credentials",
                        "scope": "classify",
                        "client_id": "client_0123456789abcdef",
                        "client_secret": "ydan_secret_…",
                    },
                }
            },
        }
    },
)
async def token(request: Request) -> Json:
    """Client credentials by HTTP Basic or in the form; ``scope`` may ask for less than the client has."""
    store = store_of(request)
    try:
        issued = await run_in_threadpool(_issued, store, request, await _form(request))
    except _Refusal as refusal:
        headers = dict(_NOT_STORED)
        if refusal.status == 401:
            headers["WWW-Authenticate"] = 'Basic realm="ydan"'
        if refusal.status == 429:
            headers["Retry-After"] = "60"
        return Json({"error": refusal.error, "error_description": str(refusal)}, refusal.status, headers=headers)
    found = {
        "access_token": issued.token, "token_type": "Bearer", "expires_in": issued.seconds,
        "scope": " ".join(issued.scopes),
    }  # fmt: skip
    return Json(found, headers=_NOT_STORED)


@router.get(
    "/.well-known/oauth-authorization-server",
    summary="Máy chủ này cấp token ở đâu và cách nào (RFC 8414)",
    response_model=MetadataOut,
)
def metadata(request: Request) -> dict[str, Any]:
    """Public, as RFC 8414 wants it."""
    settings: Settings = request.app.state.settings
    return {
        "issuer": settings.base_url,
        "token_endpoint": f"{settings.base_url}/v1/oauth/token",
        "grant_types_supported": ["client_credentials"],
        "response_types_supported": [],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "scopes_supported": list(SCOPES),
    }


def _issued(store: Store, request: Request, form: Mapping[str, str]) -> tokens.Issued:
    kind = form.get("grant_type")
    if kind is None:
        raise _Refusal("invalid_request", "Thiếu grant_type. Hãy gửi grant_type=client_credentials.")
    if kind != "client_credentials":
        raise _Refusal("unsupported_grant_type", "Chỉ nhận grant_type=client_credentials.")
    client_id, secret = _credentials(request.headers.get("authorization"), form)
    try:
        with store.begin() as session:
            issued = tokens.issue(session, client_id, secret, form.get("scope", "").split())
            _count(request.app.state.rates, client_id)
    except tokens.Refused as refused:
        raise _Refusal(refused.error, str(refused), 401 if refused.error == "invalid_client" else 400) from refused
    return issued


def _count(rates: Rates, client_id: str) -> None:
    """A program that asks for a token with every call would fill the store with them."""
    standing = rates.count(Calling(None, f"token:{client_id}", "", frozenset(), tokens.MOST_PER_MINUTE))
    if standing is not None and not standing.allowed:
        raise _Refusal(
            "temporarily_unavailable",
            f"Mỗi phút nhiều nhất {tokens.MOST_PER_MINUTE} token. Một token dùng được một giờ: hãy giữ lại mà dùng.",
            429,
        )


def _credentials(authorization: str | None, form: Mapping[str, str]) -> tuple[str, str]:
    """Client id and secret, by HTTP Basic (each part form-encoded, RFC 6749 2.3.1) or in the form, never by both."""
    in_form = "client_secret" in form
    if authorization is None:
        if not in_form or "client_id" not in form:
            raise _Refusal("invalid_client", "Thiếu client_id và client_secret (HTTP Basic, hoặc trong thân).", 401)
        return form["client_id"], form["client_secret"]
    if in_form:
        raise _Refusal("invalid_request", "Gửi client_secret bằng HTTP Basic hoặc trong thân, không cả hai.")
    scheme, _, given = authorization.partition(" ")
    try:
        if scheme.lower() != "basic":
            raise ValueError
        client_id, colon, secret = base64.b64decode(given.strip(), validate=True).decode().partition(":")
        if not colon:
            raise ValueError
    except (ValueError, binascii.Error):
        raise _Refusal("invalid_client", "Authorization phải là Basic với client_id:client_secret.", 401) from None
    client_id = unquote_plus(client_id)
    if form.get("client_id", client_id) != client_id:
        raise _Refusal("invalid_request", "client_id trong thân khác client_id của HTTP Basic.")
    return client_id, unquote_plus(secret)


async def _form(request: Request) -> dict[str, str]:
    if kind_of(request, "") != FORM:
        raise _Refusal("invalid_request", f"Thân phải là {FORM}.")
    try:
        body = (await read_body(request, MOST_BYTES)).decode()
        pairs = parse_qsl(body, keep_blank_values=False, strict_parsing=bool(body), max_num_fields=50)
    except ValueError:
        raise _Refusal("invalid_request", f"Thân không phải {FORM} đúng dạng.") from None
    form = dict(pairs)
    if len(form) != len(pairs):
        raise _Refusal("invalid_request", "Một tham số được gửi nhiều lần.")
    if any("\0" in value for value in form.values()):
        raise _Refusal("invalid_request", "Tham số có ký tự không dùng được.")
    return form

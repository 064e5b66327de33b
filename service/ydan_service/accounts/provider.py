"""The office's OpenID Connect provider: where its endpoints are, its keys, codes for tokens, and what a token must say.

The one place that knows Authlib (extra ``oidc``); it is imported late, so that an office without it needs none.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from functools import cache, lru_cache
from threading import Lock
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from ydan.errors import MissingExtra
from ydan_service.errors import OfficeError
from ydan_service.settings import LOOPBACK

ALGORITHMS = ("RS256", "PS256", "ES256")
"""Signatures that are taken; never ``none``, never a shared secret."""
LEEWAY = 60
"""Seconds by which the clocks may differ."""
_TIMEOUT = 10
_KEEP = 3600
_AGAIN = 30
"""Keys are asked anew for a key that is unknown, no more often than this."""


class OidcError(OfficeError):
    """The provider cannot be reached, or what it says is not right."""

    code = "oidc"
    status = 502


class Provider:
    """One provider; safe to share between threads. Asks nothing before it is used.

    :raises MissingExtra: Authlib is not installed.
    :raises OidcError: the issuer is not an https address.
    """

    def __init__(self, issuer: str, client_id: str, client_secret: str | None) -> None:
        _authlib()
        self.issuer = _secure(issuer)
        self.client_id = client_id
        self._secret = client_secret
        self._lock = Lock()
        self._metadata: dict[str, Any] = {}
        self._metadata_at = self._keys_at = -float(_KEEP)
        self._keys: dict[str, Any] = {"keys": []}

    def metadata(self) -> Mapping[str, Any]:
        """What the provider says of itself (OpenID Connect Discovery 1.0), kept for an hour.

        :raises OidcError: it cannot be reached, or speaks for another issuer.
        """
        with self._lock:
            if monotonic() - self._metadata_at >= _KEEP:
                found = self._get(self.issuer.rstrip("/") + "/.well-known/openid-configuration")
                if str(found.get("issuer", "")).rstrip("/") != self.issuer.rstrip("/"):
                    raise OidcError("Máy chủ đăng nhập xưng tên khác với YDAN_OIDC_ISSUER. Hãy sửa cài đặt cho khớp.")
                for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                    _secure(str(found.get(name, "")))
                self._metadata, self._metadata_at = found, monotonic()
            return self._metadata

    def authorization_url(self, redirect_uri: str, state: str, nonce: str, verifier: str) -> str:
        """Where the browser goes to sign in (RFC 6749 code flow, PKCE S256 of RFC 7636)."""
        endpoint = self.metadata()["authorization_endpoint"]
        with self._client(redirect_uri) as client:
            url, _ = client.create_authorization_url(
                endpoint, state=state, nonce=nonce, code_verifier=verifier, code_challenge_method="S256"
            )
        return str(url)

    def identify(self, redirect_uri: str, code: str, nonce: str, verifier: str) -> Mapping[str, Any]:
        """Exchange the code, and read who it is from the validated id_token.

        :raises OidcError: the provider refuses the code, or its token is not right.
        """
        from authlib.common.errors import AuthlibBaseError
        from httpx2 import HTTPError

        endpoint = self.metadata()["token_endpoint"]
        try:
            with self._client(redirect_uri) as client:
                answer = client.fetch_token(
                    endpoint, grant_type="authorization_code", code=code, code_verifier=verifier
                )
        except (AuthlibBaseError, HTTPError, ValueError) as error:
            raise OidcError("Máy chủ đăng nhập không nhận mã vừa cấp. Hãy đăng nhập lại.") from error
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise OidcError("Máy chủ đăng nhập không gửi id_token. Hãy báo người quản trị máy chủ đó.")
        return self._validated(token, nonce)

    def _validated(self, token: str, nonce: str) -> Mapping[str, Any]:
        """OpenID Connect Core 3.1.3.7: signature, issuer, audience, times, nonce."""
        from joserfc import jwt
        from joserfc.errors import JoseError

        iss = str(self.metadata()["issuer"])
        registry = jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": iss},
            aud={"essential": True, "value": self.client_id},
            nonce={"essential": True, "value": nonce},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )
        try:
            try:
                read = jwt.decode(token, self._key_set(), algorithms=ALGORITHMS)
            except (JoseError, ValueError):
                if not self._forget_keys():
                    raise
                read = jwt.decode(token, self._key_set(), algorithms=ALGORITHMS)  # the provider may have changed keys
            registry.validate(read.claims)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise OidcError("Phiếu đăng nhập không hợp lệ hoặc đã hết hạn. Hãy đăng nhập lại.") from error
        others = read.claims["aud"] if isinstance(read.claims["aud"], list) else [read.claims["aud"]]
        party = read.claims.get("azp")
        if (len(others) > 1 and party is None) or (party is not None and party != self.client_id):
            raise OidcError("Phiếu đăng nhập cấp cho chương trình khác. Hãy đăng nhập lại từ trang Ý Dân.")
        return read.claims

    def _key_set(self) -> Any:
        from joserfc.jwk import KeySet

        uri = self.metadata()["jwks_uri"]
        with self._lock:
            if monotonic() - self._keys_at >= _KEEP:
                self._keys, self._keys_at = self._get(uri), monotonic()
            keys = self._keys
        signing = [key for key in keys.get("keys", []) if key.get("use", "sig") == "sig" and key.get("kty") != "oct"]
        return KeySet.import_key_set({"keys": signing})

    def _forget_keys(self) -> bool:
        """Whether the keys are old enough to be asked anew."""
        with self._lock:
            if monotonic() - self._keys_at < _AGAIN:
                return False
            self._keys_at = -float(_KEEP)
            return True

    def _get(self, url: str) -> dict[str, Any]:
        import httpx2

        try:
            answer = httpx2.get(url, timeout=_TIMEOUT, verify=_trusted(), headers={"Accept": "application/json"})
            answer.raise_for_status()
            found = answer.json()
        except (httpx2.HTTPError, ValueError) as error:
            raise OidcError(
                "Không hỏi được máy chủ đăng nhập của cơ quan. Hãy thử lại sau, hoặc đăng nhập bằng mật khẩu."
            ) from error
        if not isinstance(found, dict):
            raise OidcError("Máy chủ đăng nhập trả lời sai dạng. Hãy kiểm tra YDAN_OIDC_ISSUER.")
        return found

    def _client(self, redirect_uri: str) -> Any:
        supported = self._metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        method = "client_secret_basic" if "client_secret_basic" in supported else "client_secret_post"
        return _authlib()(
            self.client_id, self._secret, scope="openid profile email", redirect_uri=redirect_uri,
            timeout=_TIMEOUT, verify=_trusted(),
            token_endpoint_auth_method=method if self._secret else "none", code_challenge_method="S256",
        )  # fmt: skip


@lru_cache(maxsize=8)
def provider_of(issuer: str, client_id: str, client_secret: str | None) -> Provider:
    """The provider, with what it said before."""
    return Provider(issuer, client_id, client_secret)


@cache
def _trusted() -> ssl.SSLContext:
    """The certificates that this system trusts, an office's own authority among them; read once."""
    return ssl.create_default_context()


def _authlib() -> Any:
    try:
        from authlib.integrations.httpx_client import OAuth2Client
    except ImportError as error:
        raise MissingExtra(
            'Đăng nhập OpenID Connect cần authlib và httpx2. Hãy chạy: pip install "ydan[serve,oidc]"'
        ) from error
    return OAuth2Client


def _secure(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise OidcError("Địa chỉ của máy chủ đăng nhập phải là https://. Hãy kiểm tra YDAN_OIDC_ISSUER.")
    return url

"""A small OpenID Connect provider over HTTP: discovery, authorize, token, keys. It can be told to lie."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "ydan", "bi-mat-cua-ydan"
CALLBACK = "http://127.0.0.1:8000/oidc/callback"


class Provider:
    """Signs in ``user`` without asking. ``lies`` replace claims (None takes one out); ``algorithm`` is what signs."""

    def __init__(self) -> None:
        self.issuer = ""
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
        self.signs_with: RSAKey = self.key
        self.algorithm = "RS256"
        self.user: dict[str, Any] = {"sub": "s-1", "preferred_username": "lan", "name": "Lan"}
        self.lies: dict[str, Any] = {}
        self.says_issuer: str | None = None
        self.codes: dict[str, dict[str, str]] = {}
        self.answered = 0
        self.app = Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.discovery),
                Route("/authorize", self.authorize),
                Route("/token", self.token, methods=["POST"]),
                Route("/keys", self.keys),
            ]
        )

    def discovery(self, _request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.says_issuer or self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "code_challenge_methods_supported": ["S256"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            }
        )

    def authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        fine = asked.get("client_id") == CLIENT and asked.get("redirect_uri") == CALLBACK
        fine = fine and asked.get("response_type") == "code" and "openid" in asked.get("scope", "").split()
        if not fine or asked.get("code_challenge_method") != "S256" or not asked.get("nonce"):
            return JSONResponse({"error": "invalid_request"}, 400)
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return RedirectResponse(f"{CALLBACK}?code={code}&state={asked['state']}", 302)

    async def token(self, request: Request) -> Response:
        form = await request.form()
        asked = self.codes.pop(str(form.get("code")), None)
        wanted = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        digest = hashlib.sha256(str(form.get("code_verifier", "")).encode()).digest()
        challenge = _encoded(digest).decode()
        if request.headers.get("authorization") != wanted:
            return JSONResponse({"error": "invalid_client"}, 401)
        if asked is None or challenge != asked["code_challenge"] or form.get("redirect_uri") != CALLBACK:
            return JSONResponse({"error": "invalid_grant"}, 400)
        self.answered += 1
        return JSONResponse(
            {"access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": self.sign(asked["nonce"])}
        )

    def keys(self, _request: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    def sign(self, nonce: str) -> str:
        moment = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": moment, "exp": moment + 300, "nonce": nonce}
        claims = {name: value for name, value in {**claims, **self.user, **self.lies}.items() if value is not None}
        if self.algorithm in ("none", "HS256"):
            return _forged(self.algorithm, claims, self.key.as_pem(private=False))
        header = {"alg": self.algorithm, "kid": str(self.signs_with.kid)}
        return jwt.encode(header, claims, self.signs_with, algorithms=[self.algorithm])


def _forged(algorithm: str, claims: dict[str, Any], public_key: bytes) -> str:
    """Without a signature, or with the public key as a shared secret: two old tricks that no library plays."""
    parts = [{"alg": algorithm, "kid": "one", "typ": "JWT"}, claims]
    said = b".".join(_encoded(json.dumps(part).encode()) for part in parts)
    signature = b"" if algorithm == "none" else _encoded(hmac.digest(public_key, said, "sha256"))
    return (said + b"." + signature).decode()


def _encoded(plain: bytes) -> bytes:
    return base64.urlsafe_b64encode(plain).rstrip(b"=")


@contextmanager
def serving(provider: Provider) -> Iterator[Provider]:
    """The provider on a free port of this machine."""
    config = uvicorn.Config(provider.app, host="127.0.0.1", port=0, log_level="error", ws="none", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    provider.issuer = f"http://127.0.0.1:{port}"
    try:
        yield provider
    finally:
        server.should_exit = True
        thread.join(10)

"""Random tokens: the browser has the token, the database only its hash."""

from __future__ import annotations

import hashlib
import hmac
import secrets


def new_token() -> str:
    """256 random bits, fit for a URL and a cookie (43 characters)."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What the database keeps. A plain hash is enough: there is nothing to guess in 256 random bits."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def same(given: str, wanted: str) -> bool:
    """Whether the two are equal, in a time that tells nothing of either; nothing equals an empty token."""
    return bool(wanted) and hmac.compare_digest(given.encode("utf-8", "surrogatepass"), wanted.encode())

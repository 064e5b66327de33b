"""Signatures by the Standard Webhooks scheme: HMAC-SHA256 over id, time and body, with a secret of each address."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping

PREFIX = "whsec_"
_OLDEST = 300
"""Seconds that a receiver allows between its clock and ours."""


def new_secret() -> str:
    """A secret that is shown once.

    >>> new_secret().startswith("whsec_")
    True
    """
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def headers(secret: str, id_: str, timestamp: int, body: bytes) -> dict[str, str]:
    """What goes with ``body``."""
    return {
        "webhook-id": id_,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{_signature(secret, id_, timestamp, body)}",
    }


def verify(secret: str, sent: Mapping[str, str], body: bytes, at: float) -> bool:
    """What a receiver does, as in docs/jobs.md; header names in lower case.

    >>> secret = new_secret()
    >>> verify(secret, headers(secret, "msg_1", 1_800_000_000, b"{}"), b"{}", at=1_800_000_009)
    True
    >>> verify(secret, headers(secret, "msg_1", 1_800_000_000, b"{}"), b"[]", at=1_800_000_009)
    False
    """
    try:
        timestamp = int(sent["webhook-timestamp"])
        known = _signature(secret, sent["webhook-id"], timestamp, body)
        given = sent["webhook-signature"].split()
    except (KeyError, ValueError, binascii.Error):
        return False
    fresh = abs(at - timestamp) <= _OLDEST
    return fresh and any(hmac.compare_digest(each.encode(), f"v1,{known}".encode()) for each in given)


def _signature(secret: str, id_: str, timestamp: int, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    said = f"{id_}.{timestamp}.".encode() + body
    return base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()

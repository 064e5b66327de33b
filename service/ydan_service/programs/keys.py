"""Secrets of other systems: 256 random bits behind a beginning that people and secret scanners know again.

A key or token is shown once. The database keeps its SHA-256 alone: there is nothing to guess in 256 random bits, so a
slow hash would only slow down the calls.
"""

from __future__ import annotations

import hashlib
import re
import secrets

KINDS = {"key": "ydan_key_", "client_secret": "ydan_secret_", "token": "ydan_token_"}
"""What a secret is for → how it begins."""
_SHOWN = 6
"""Random characters that are kept readable beside the hash, so that a person can tell two keys apart."""
_FORM = re.compile(rf"({'|'.join(KINDS.values())})[A-Za-z0-9_-]{{43}}")
_KIND_OF = {begins: kind for kind, begins in KINDS.items()}


def new_secret(kind: str) -> str:
    """A new secret.

    >>> len(new_secret("key")), new_secret("token").startswith("ydan_token_")
    (52, True)
    """
    return KINDS[kind] + secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """What the database keeps."""
    return hashlib.sha256(secret.encode()).hexdigest()


def beginning(secret: str) -> str:
    """What is kept readable: how the secret begins.

    >>> beginning("ydan_key_" + "a" * 43)
    'ydan_key_aaaaaa'
    """
    found = _FORM.fullmatch(secret)
    return secret[: len(found[1]) + _SHOWN] if found else ""


def kind_of(given: str) -> str | None:
    """Which kind of secret this could be; None: it cannot be one of ours, and nobody need ask the database.

    >>> kind_of("ydan_token_" + "a" * 43), kind_of("ydan_token_"), kind_of("mot-khoa-cua-may-khac")
    ('token', None, None)
    """
    found = _FORM.fullmatch(given)
    return _KIND_OF[found[1]] if found else None

"""Sealing of personal data and files: AES-256-GCM, keys from a file or the environment, several at a time."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ydan.errors import YDanError

_NONCE = 12


class KeyRingError(YDanError):
    """A key is missing or does not open what is sealed; the message says what to do."""

    code = "key"


class Sealed(NamedTuple):
    """Bytes that only the named key opens."""

    key_id: str
    data: bytes


class KeyRing:
    """Keys by id; the first one seals, each opens what it sealed, so that keys can be changed while in use."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        self._keys = {id_: AESGCM(key) for id_, key in keys.items()}
        self.newest = next(iter(keys))

    @classmethod
    def random(cls) -> KeyRing:
        """A ring for a test."""
        return cls({"test": secrets.token_bytes(32)})

    def seal(self, plain: bytes, context: str) -> Sealed:
        """Seal bytes; they open only for the same ``context`` (whose they are), so that none can be swapped."""
        nonce = os.urandom(_NONCE)
        return Sealed(self.newest, nonce + self._keys[self.newest].encrypt(nonce, plain, context.encode()))

    def open(self, sealed: Sealed, context: str) -> bytes:
        """The bytes again.

        :raises KeyRingError: the key is not in the ring, or the bytes were changed.
        """
        key = self._keys.get(sealed.key_id)
        if key is None:
            raise KeyRingError(f"Thiếu khóa {sealed.key_id!r}. Hãy đặt lại tệp khóa đã dùng khi lưu dữ liệu.")
        try:
            return key.decrypt(sealed.data[:_NONCE], sealed.data[_NONCE:], context.encode())
        except InvalidTag as error:
            raise KeyRingError("Dữ liệu mã hóa không mở được: sai khóa hoặc đã bị sửa.") from error

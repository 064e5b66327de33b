"""Sealing of personal data and files: AES-256-GCM, several keys at a time so that they can be changed while in use."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ydan_service.store.errors import SealError

KEY_BYTES = 32
_NONCE = 12


class Sealed(NamedTuple):
    """Bytes that only the named key opens."""

    key_id: str
    data: bytes


class KeyRing:
    """Keys by id; the first one seals, each opens what it sealed, so that keys can be changed while in use.

    ``changed`` is asked before every use for keys that have come or gone since (None: still the same): a server that
    runs sees at once what ``ydan-serve rotate-key`` wrote into the key file.

    :raises SealError: no key at all, or one that is not 32 bytes long.
    """

    def __init__(
        self, keys: Mapping[str, bytes], changed: Callable[[], Mapping[str, bytes] | None] = lambda: None
    ) -> None:
        self._changed = changed
        self._keys = _ciphers(keys)

    @classmethod
    def random(cls) -> KeyRing:
        """A ring for a test."""
        return cls({"test": secrets.token_bytes(KEY_BYTES)})

    @property
    def ids(self) -> tuple[str, ...]:
        """The keys' ids, the newest first."""
        return tuple(self._fresh())

    @property
    def newest(self) -> str:
        """The id of the key that seals."""
        return self.ids[0]

    def seal(self, plain: bytes, context: str) -> Sealed:
        """Seal bytes; they open only for the same ``context`` (whose they are), so that none can be swapped.

        >>> ring = KeyRing.random()
        >>> ring.open(ring.seal(b"0912 345 678", "opinion/17/text"), "opinion/17/text")
        b'0912 345 678'
        """
        nonce = os.urandom(_NONCE)
        id_, cipher = next(iter(self._fresh().items()))
        return Sealed(id_, nonce + cipher.encrypt(nonce, plain, context.encode()))

    def open(self, sealed: Sealed, context: str) -> bytes:
        """The bytes again.

        :raises SealError: the key is not in the ring, or the bytes were changed.
        """
        cipher = self._fresh().get(sealed.key_id)
        if cipher is None:
            raise SealError(f"Thiếu khóa {sealed.key_id!r}. Hãy đặt lại tệp khóa đã dùng khi lưu dữ liệu.")
        try:
            return cipher.decrypt(sealed.data[:_NONCE], sealed.data[_NONCE:], context.encode())
        except (InvalidTag, ValueError) as error:
            raise SealError("Dữ liệu mã hóa không mở được: sai khóa hoặc đã bị sửa.") from error

    def _fresh(self) -> dict[str, AESGCM]:
        keys = self._changed()
        if keys is not None:
            self._keys = _ciphers(keys)
        return self._keys


def _ciphers(keys: Mapping[str, bytes]) -> dict[str, AESGCM]:
    if not keys:
        raise SealError("Không có khóa nào. Hãy đặt lại tệp khóa, hoặc YDAN_KEYS.")
    for id_, key in keys.items():
        if len(key) != KEY_BYTES:
            raise SealError(
                f"Khóa {id_!r} dài {len(key)} byte, phải là {KEY_BYTES}. Hãy đặt lại tệp khóa, hoặc YDAN_KEYS."
            )
    return {id_: AESGCM(key) for id_, key in keys.items()}

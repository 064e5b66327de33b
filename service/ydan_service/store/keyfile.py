"""Where the keys come from: a file beside the data that its owner alone may read, or the environment."""

from __future__ import annotations

import base64
import binascii
import json
import os
import secrets
import stat
import tempfile
from datetime import datetime
from pathlib import Path

from ydan_service.store.errors import SealError
from ydan_service.store.keys import KEY_BYTES, KeyRing
from ydan_service.store.tables import now

FILE_NAME = "khoa.json"


class KeyFile:
    """``{"keys": [{"id", "key", "made_at"}, …]}``, newest first; base64, mode 0600."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: tuple[int, int, int] | None = None

    def read(self) -> dict[str, bytes]:
        """The keys by id, newest first.

        :raises SealError: the file is not there, damaged, or others may read it.
        """
        return {entry["id"]: _decoded(entry["id"], entry["key"]) for entry in self._entries()}

    def made_at(self) -> datetime:
        """When the newest key was made."""
        return datetime.fromisoformat(self._entries()[0]["made_at"])

    def changed(self) -> dict[str, bytes] | None:
        """The keys when the file is another than at the last look; None when it is the same.

        While the file cannot be read, the keys in memory go on; a start without it is refused.
        """
        try:
            stamp = _stamp(self.path)
            if stamp == self._seen:
                return None
            keys = self.read()
        except (OSError, SealError):
            return None
        self._seen = stamp
        return keys

    def create(self) -> str:
        """Make the file with a first key; its id. One that is there is never overwritten.

        :raises SealError: it is there already, or the folder cannot be written.
        """
        entry = _new_entry()
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError as error:
            raise SealError(f"Đã có tệp khóa {self.path}; không ghi đè.") from error
        except OSError as error:
            raise SealError(f"Không tạo được tệp khóa {self.path}: {error.strerror}.") from error
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            _write(file.fileno(), [entry])
        return entry["id"]

    def add(self) -> str:
        """Put a new key in front, which seals from now on; its id."""
        entry = _new_entry()
        self._replace([entry, *self._entries()])
        return entry["id"]

    def drop_old(self) -> list[str]:
        """Keep the newest key alone; the ids of those that are gone."""
        first, *old = self._entries()
        self._replace([first])
        return [entry["id"] for entry in old]

    def ring(self) -> KeyRing:
        """A ring that follows the file."""
        keys = self.read()
        self._seen = _stamp(self.path)
        return KeyRing(keys, self.changed)

    def _entries(self) -> list[dict[str, str]]:
        try:
            _refuse_open_to_others(self.path)
            entries = json.loads(self.path.read_text(encoding="utf-8"))["keys"]
            if not entries or not all({"id", "key", "made_at"} <= entry.keys() for entry in entries):
                raise ValueError
        except FileNotFoundError as error:
            raise SealError(f"Không thấy tệp khóa {self.path}. Hãy đặt lại tệp đã dùng khi lưu dữ liệu.") from error
        except PermissionError as error:
            raise SealError(
                f"Không đọc được tệp khóa {self.path}. Hãy sửa quyền cho tài khoản chạy máy chủ."
            ) from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SealError(f"Tệp khóa {self.path} đã hỏng. Hãy đặt lại bản đã cất giữ.") from error
        return list(entries)

    def _replace(self, entries: list[dict[str, str]]) -> None:
        """Write beside, then rename: a power cut leaves the old file or the new one, never half of either."""
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}.")  # mode 0600
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            _write(file.fileno(), entries)
            if os.name == "posix":  # an administrator may change what belongs to the server's own account
                before = self.path.stat()
                os.fchown(file.fileno(), before.st_uid, before.st_gid)
                os.fchmod(file.fileno(), stat.S_IMODE(before.st_mode))
        Path(name).replace(self.path)


def ring_from_text(text: str) -> KeyRing:
    """The ring of ``YDAN_KEYS``: ``id:base64,…``, newest first.

    :raises SealError: not of that form.
    """
    keys: dict[str, bytes] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        id_, colon, key = part.partition(":")
        if not colon or not id_ or id_ in keys:
            raise SealError("YDAN_KEYS phải có dạng tên:khóa-base64,tên:khóa-base64 – khóa mới nhất đứng đầu.")
        keys[id_] = _decoded(id_, key)
    return KeyRing(keys)


def new_key_text() -> str:
    """A new key as ``YDAN_KEYS`` writes it."""
    entry = _new_entry()
    return f"{entry['id']}:{entry['key']}"


def _new_entry() -> dict[str, str]:
    made = now()
    key = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    return {"id": f"{made:%Y%m%d}-{secrets.token_hex(3)}", "key": key, "made_at": made.isoformat()}


def _decoded(id_: str, key: str) -> bytes:
    try:
        return base64.b64decode(key, validate=True)
    except (binascii.Error, ValueError) as error:
        raise SealError(f"Khóa {id_!r} không phải base64. Hãy đặt lại tệp khóa, hoặc YDAN_KEYS.") from error


def _write(handle: int, entries: list[dict[str, str]]) -> None:
    os.write(handle, (json.dumps({"keys": entries}, indent=2) + "\n").encode())
    os.fsync(handle)


def _stamp(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size, found.st_ino


def _refuse_open_to_others(path: Path) -> None:
    if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXO | stat.S_IWGRP):
        raise SealError(f"Người khác trên máy đọc được tệp khóa {path}. Hãy chạy: chmod 600 {path}")

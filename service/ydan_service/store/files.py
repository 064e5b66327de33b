"""A meeting's files, sealed each for itself."""

from __future__ import annotations

import hashlib
import hmac

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from ydan_service.errors import NotFound
from ydan_service.store.errors import SealError
from ydan_service.store.keys import KeyRing, Sealed
from ydan_service.store.tables import KeptFile


def keep(
    session: Session, keys: KeyRing, meeting_id: int, kind: str, name: str, media_type: str, data: bytes, by: int | None
) -> KeptFile:
    """Keep bytes of a kind of :data:`~ydan_service.store.tables.FILE_KINDS`."""
    file = KeptFile(
        meeting_id=meeting_id,
        kind=kind,
        name=name,
        media_type=media_type,
        size=len(data),
        sha256=digest(data),
        key_id="",
        sealed=b"",
        created_by=by,
    )
    session.add(file)
    session.flush()  # what is sealed is bound to the row's id
    file.key_id, file.sealed = keys.seal(data, context(file.id))
    session.flush()
    return file


def load(session: Session, keys: KeyRing, id_: int) -> bytes:
    """The bytes of a kept file. Whether the person may see them is asked before.

    :raises NotFound: there is no such file.
    :raises SealError: as :func:`read`.
    """
    file = session.scalar(select(KeptFile).where(KeptFile.id == id_).options(undefer(KeptFile.sealed)))
    if file is None:
        raise NotFound("Không có tệp này, hoặc tệp đã bị xóa theo thời hạn lưu.")
    return read(keys, file)


def read(keys: KeyRing, file: KeptFile) -> bytes:
    """The bytes of a row at hand.

    :raises SealError: its key is missing, or the bytes or their digest were changed.
    """
    data = keys.open(Sealed(file.key_id, file.sealed), context(file.id))
    if not hmac.compare_digest(digest(data), file.sha256):
        raise SealError(f"Tệp {file.name!r} không khớp dấu kiểm tra. Hãy khôi phục từ bản sao lưu.")
    return data


def digest(data: bytes) -> str:
    """The SHA-256 by which a file is known again."""
    return hashlib.sha256(data).hexdigest()


def context(id_: int) -> str:
    """What a file's bytes are bound to."""
    return f"kept_file/{id_}"

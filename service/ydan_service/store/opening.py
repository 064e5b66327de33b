"""The store as the settings say: the database, brought up to date, and the keys that belong to it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from ydan_service.settings import Settings
from ydan_service.store import migrate
from ydan_service.store.engine import READS, explained, open_engine, sqlite_url
from ydan_service.store.errors import SealError
from ydan_service.store.keyfile import FILE_NAME, KeyFile, ring_from_text
from ydan_service.store.keys import KeyRing
from ydan_service.store.store import Store
from ydan_service.store.tables import SEALED


def open_store(settings: Settings) -> Store:
    """Open the store; at the first start make the folder, the tables and the key file.

    :raises StoreError: the database cannot be reached, or a newer program made it.
    :raises SealError: a key that sealed something is missing; no new one is made over it.
    """
    engine = engine_of(settings)
    migrate.upgrade(engine)
    with explained(engine):
        return Store(engine, _ring(settings, _used(engine)))


def engine_of(settings: Settings) -> Engine:
    """The database's engine."""
    return open_engine(settings.database_url or sqlite_url(settings.data_dir / "ydan.db"))


def key_file(settings: Settings) -> KeyFile:
    """The key file, there or not."""
    path: Path = settings.key_file or settings.data_dir / FILE_NAME
    return KeyFile(path)


def _ring(settings: Settings, used: set[str]) -> KeyRing:
    if settings.keys is not None:
        ring, place = ring_from_text(settings.keys), "YDAN_KEYS"
    else:
        file = key_file(settings)
        if not used and not file.path.exists():
            file.create()
        ring, place = file.ring(), str(file.path)
    missing = sorted(used - set(ring.ids))
    if missing:
        raise SealError(
            f"Dữ liệu đã mã hóa bằng khóa {', '.join(missing)}, không có trong {place}. "
            "Hãy đặt lại tệp khóa đã dùng khi lưu dữ liệu; không có khóa thì không ai đọc lại được phần này."
        )
    return ring


def _used(engine: Engine) -> set[str]:
    """The ids of the keys that sealed anything."""
    with Session(engine.execution_options(**{READS: True})) as session:
        return {id_ for table in SEALED for id_ in session.scalars(select(table.key_id).distinct())}

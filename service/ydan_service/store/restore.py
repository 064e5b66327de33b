"""A backup back into a database of either kind: checked whole before, whole or not at all, checked again after."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, Table, func, inspect, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ydan_service.store import audit, migrate
from ydan_service.store.backup import Backup, decoded, opened, read_manifest, table_lines
from ydan_service.store.engine import explained
from ydan_service.store.errors import StoreError
from ydan_service.store.migrations.append_only import drop_function

_ROWS = 200
_LOOSE = "có dòng trỏ tới chỗ không còn; không khôi phục gì. Hãy dùng bản sao lưu khác."


def restore(engine: Engine, file: Path, *, replace: bool = False) -> Backup:
    """Put a backup into the database, in one transaction; stop the server before.

    A backup of an older program is put into that program's tables, which are then brought up to this one's.

    :raises StoreError: the file is damaged; the database holds something and ``replace`` is not set; what came out
        differs from what went in. The database then is as it was.
    """
    about = _checked(file)
    migrate.check(engine)
    with explained(engine), _unchecked_keys(engine) as connection, connection.begin():
        names = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
        if not replace and any(_count(connection, name) for name in names):
            raise StoreError(
                "Cơ sở dữ liệu đích đã có dữ liệu. Hãy chọn thư mục khác bằng --data, "
                "hoặc thêm --replace nếu chắc chắn muốn thay toàn bộ."
            )
        _empty(connection)
        migrate.upgrade_to(connection, about.revision)
        tables = MetaData()
        tables.reflect(connection)
        with opened(file) as zipped:
            for table in tables.sorted_tables:
                if table.name in about.tables:
                    try:
                        _fill(connection, table, zipped)
                    except IntegrityError as error:
                        raise StoreError(f"Bảng {table.name} {_LOOSE}") from error
        _set_counters(connection, tables)
        migrate.upgrade_to(connection, "head")
        _verify(connection, about)
        with Session(connection) as session:
            audit.record(session, None, "store.restore", "backup", about.made_at.isoformat(), head=about.audit)
    return about


class _unchecked_keys:  # noqa: N801 (used as a function)
    """A connection; on SQLite without the foreign keys' check while tables are dropped and made."""

    def __init__(self, engine: Engine) -> None:
        self._connection = engine.connect()
        self._sqlite = engine.dialect.name == "sqlite"

    def _switch(self, state: str) -> None:
        if self._sqlite:
            raw = self._connection.connection.dbapi_connection
            assert raw is not None
            raw.execute(f"PRAGMA foreign_keys={state}")

    def __enter__(self) -> Connection:
        self._switch("OFF")
        return self._connection

    def __exit__(self, *_: object) -> None:
        self._switch("ON")
        self._connection.close()


def _checked(file: Path) -> Backup:
    """The manifest, after every line of every table was read once."""
    about = read_manifest(file)
    if not list(migrate.VERSIONS.glob(f"{about.revision}_*.py")):
        raise StoreError(
            f"{file} có lược đồ {about.revision}, bản này biết đến {migrate.HEAD}. Hãy cài bản Ý Dân mới hơn."
        )
    try:
        with opened(file) as zipped:
            for name, (count, sha256) in about.tables.items():
                digest, lines = hashlib.sha256(), 0
                with table_lines(zipped, name) as raw:
                    for line in raw:
                        digest.update(line)
                        lines += 1
                if (lines, digest.hexdigest()) != (count, sha256):
                    raise StoreError(f"Bản sao lưu hỏng ở bảng {name}; không khôi phục gì. Hãy dùng bản sao lưu khác.")
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        raise StoreError(f"Bản sao lưu {file} hỏng; không khôi phục gì. Hãy dùng bản sao lưu khác.") from error
    return about


def _empty(connection: Connection) -> None:
    tables = MetaData()
    tables.reflect(connection)
    tables.drop_all(connection)
    drop_function(connection)


def _fill(connection: Connection, table: Table, zipped: zipfile.ZipFile) -> None:
    with table_lines(zipped, table.name) as raw:
        rows = _rows(raw, table)
        while some := list(islice(rows, _ROWS)):
            connection.execute(table.insert(), some)


def _rows(raw: Iterator[bytes], table: Table) -> Iterator[dict[str, Any]]:
    for line in raw:
        yield {name: decoded(value, table.c[name]) for name, value in json.loads(line).items()}


def _set_counters(connection: Connection, tables: MetaData) -> None:
    """PostgreSQL counts new ids apart from the rows that are put in."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables.sorted_tables:
        for column in table.primary_key:
            sequence = connection.scalar(
                text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": table.name, "column": column.name}
            )
            last = None if sequence is None else connection.scalar(select(func.max(column)))
            if last is not None:
                connection.execute(text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last})


def _verify(connection: Connection, about: Backup) -> None:
    for name, (count, _) in about.tables.items():
        found = _count(connection, name)
        if found != count:
            raise StoreError(f"Bảng {name} có {found} dòng, bản sao lưu có {count}; không khôi phục gì.")
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise StoreError(f"Bản sao lưu {_LOOSE}")
    with Session(connection) as session:
        verdict = audit.verify(session)
    if verdict.broken is not None or verdict.head != about.audit:
        raise StoreError("Nhật ký trong bản sao lưu đã bị sửa; không khôi phục gì. Hãy dùng bản sao lưu khác.")


def _count(connection: Connection, name: str) -> int:
    found: int | None = connection.scalar(text(f'SELECT count(*) FROM "{name}"'))
    return found or 0

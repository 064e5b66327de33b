"""A backup: one file that does not depend on the kind of database, consistent while the server runs.

A zip with ``manifest.json`` (schema revision, and of each table how many rows and which SHA-256) and a JSON Lines file
a table. It is read in one transaction that sees one moment of the database. Keys are NOT in it: whoever finds the file
reads no sealed word, and whoever restores it needs the key file too. Sign-ins and links that work once are left out.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Column, Connection, Table, select

from ydan import __version__
from ydan_service.store import audit, migrate
from ydan_service.store.engine import READS, explained
from ydan_service.store.errors import StoreError
from ydan_service.store.store import Store
from ydan_service.store.tables import SEALED, AuditEvent, Base, now

FORMAT = 1
LEFT_OUT = frozenset(
    {"access_token", "idempotent_request", "oidc_request", "one_time_link", "presence", "sign_in", "sign_in_failure"}
)
"""Tables of the moment: after a restore everybody signs in again."""
_ROWS = 200
"""Rows fetched at a time: a file's row holds its bytes."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What is in a backup; ``audit`` is the log's head (``count:hash``), ``keys`` the ids of the keys it needs."""

    revision: str
    made_at: datetime
    tables: dict[str, tuple[int, str]]
    audit: str
    keys: tuple[str, ...]

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(count for count, _ in self.tables.values())


def write(store: Store, file: Path) -> Backup:
    """Write a backup; ``file`` appears when it is whole. The server may run meanwhile.

    :raises StoreError: the file is there already, the folder cannot be written, or the database must be upgraded first.
    """
    if file.exists():
        raise StoreError(f"Đã có {file}; không ghi đè bản sao lưu. Hãy chọn tên khác, ví dụ thêm ngày.")
    if not migrate.check(store.engine):
        raise StoreError("Cơ sở dữ liệu còn ở lược đồ cũ. Hãy chạy ydan-serve migrate rồi sao lưu lại.")
    try:
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")  # mode 0600
    except OSError as error:
        raise StoreError(f"Không ghi được vào {file.parent}: {error.strerror}. Hãy chọn thư mục khác.") from error
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as raw:
            with explained(store.engine), zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as zipped:
                made = _write_tables(store, zipped)
            raw.flush()
            os.fsync(raw.fileno())
        beside.replace(file)
    except OSError as error:
        raise StoreError(f"Không ghi được bản sao lưu {file}: {error.strerror}. Hãy kiểm tra chỗ trống.") from error
    finally:
        beside.unlink(missing_ok=True)
    with store.begin() as session:
        audit.record(session, None, "store.backup", "backup", made.made_at.isoformat(), rows=made.rows)
    return made


def tables_kept() -> list[Table]:
    """The tables that a backup holds, those that others refer to first."""
    return [table for table in Base.metadata.sorted_tables if table.name not in LEFT_OUT]


def encoded(value: Any) -> Any:
    """A value as JSON holds it; the column's type tells :func:`decoded` what it was."""
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def decoded(value: Any, column: Column[Any]) -> Any:
    """The value that :func:`encoded` wrote, for a column of either database."""
    kind = "" if value is None else column.type.__class__.__visit_name__.upper()
    if kind in ("DATETIME", "TIMESTAMP"):
        return datetime.fromisoformat(value)
    if kind == "DATE":
        return date.fromisoformat(value)
    if kind in ("BLOB", "BYTEA", "LARGE_BINARY"):
        return base64.b64decode(value)
    return bool(value) if kind == "BOOLEAN" else value


def _write_tables(store: Store, zipped: zipfile.ZipFile) -> Backup:
    engine = store.engine.execution_options(**{READS: True})
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            counts = {table.name: _write_table(connection, table, zipped) for table in tables_kept()}
            last = connection.execute(
                select(AuditEvent.id, AuditEvent.hash).order_by(AuditEvent.id.desc()).limit(1)
            ).first()
            keys = sorted({id_ for table in SEALED for id_ in connection.scalars(select(table.key_id).distinct())})
    head = f"{last.id}:{last.hash}" if last is not None else f"0:{'0' * 64}"
    made = Backup(migrate.HEAD, now(), counts, head, tuple(keys))
    about = {
        "format": FORMAT,
        "program": __version__,
        "revision": made.revision,
        "made_at": made.made_at.isoformat(),
        "tables": {name: {"rows": count, "sha256": sha256} for name, (count, sha256) in counts.items()},
        "audit": made.audit,
        "keys_needed": list(made.keys),
    }
    zipped.writestr("manifest.json", json.dumps(about, ensure_ascii=False, indent=2))
    return made


def _write_table(connection: Connection, table: Table, zipped: zipfile.ZipFile) -> tuple[int, str]:
    count, digest = 0, hashlib.sha256()
    with zipped.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as out:
        for line in _lines(connection, table):
            out.write(line)
            digest.update(line)
            count += 1
    return count, digest.hexdigest()


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    query = select(table).order_by(*table.primary_key).execution_options(yield_per=_ROWS)
    for row in connection.execute(query).mappings():
        values = {name: encoded(value) for name, value in row.items()}
        yield (json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def read_manifest(file: Path) -> Backup:
    """What a backup says of itself.

    :raises StoreError: no backup, damaged, or of a newer program.
    """
    with opened(file) as zipped, zipped.open("manifest.json") as raw:
        about = json.load(raw)
    if about["format"] != FORMAT:
        raise StoreError(f"{file} do bản Ý Dân mới hơn tạo. Hãy cài bản mới rồi khôi phục.")
    tables = {name: (entry["rows"], entry["sha256"]) for name, entry in about["tables"].items()}
    made_at = datetime.fromisoformat(about["made_at"])
    return Backup(about["revision"], made_at, tables, about["audit"], tuple(about["keys_needed"]))


def opened(file: Path) -> zipfile.ZipFile:
    """The zip of a backup.

    :raises StoreError: there is none, or it is something else.
    """
    try:
        zipped = zipfile.ZipFile(file)
    except FileNotFoundError as error:
        raise StoreError(f"Không thấy tệp {file}. Hãy kiểm tra tên tệp.") from error
    except (zipfile.BadZipFile, OSError) as error:
        raise StoreError(f"{file} không phải bản sao lưu của Ý Dân, hoặc đã hỏng. Hãy chọn bản khác.") from error
    if "manifest.json" not in zipped.namelist():
        zipped.close()
        raise StoreError(f"{file} không phải bản sao lưu của Ý Dân. Hãy chọn tệp do ydan-serve backup tạo.")
    return zipped


def table_lines(zipped: zipfile.ZipFile, name: str) -> IO[bytes]:
    """A table's lines."""
    return zipped.open(f"tables/{name}.jsonl")

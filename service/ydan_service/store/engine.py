"""The database engine: SQLite in one file with nothing beside it, or PostgreSQL by its URL.

SQLite writes are on the disk before they are acknowledged (WAL with ``synchronous=FULL``), and a transaction that may
write takes its turn at BEGIN (``BEGIN IMMEDIATE``): two writers queue, where a deferred BEGIN would fail one of them
midway with "database is locked". A transaction that only reads asks for none of that and waits for nobody.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc
from sqlalchemy.engine import URL, make_url

from ydan.errors import MissingExtra
from ydan_service.store.errors import StoreError

BUSY_SECONDS = 30
"""How long a writer waits for its turn."""
READS = "ydan_reads"
"""Execution option of a connection that only reads."""


def sqlite_url(file: Path) -> str:
    """The URL of a database file."""
    return URL.create("sqlite+pysqlite", database=str(file)).render_as_string()


def open_engine(url: str) -> Engine:
    """The engine of ``url`` (``sqlite:///…/ydan.db``, ``postgresql://user:password@host/ydan``); asks nothing yet.

    :raises StoreError: a URL that is none, or of another database.
    :raises MissingExtra: PostgreSQL without its driver.
    """
    try:
        parsed = make_url(url)
    except exc.ArgumentError as error:
        raise StoreError(
            "YDAN_DATABASE_URL không đúng dạng. Ví dụ: postgresql://ydan:mat-khau@may-chu:5432/ydan"
        ) from error
    kind = parsed.get_backend_name()
    if kind == "sqlite":
        return _sqlite(parsed)
    if kind in ("postgresql", "postgres"):
        return _postgresql(parsed)
    raise StoreError(f"Ý Dân lưu vào SQLite hoặc PostgreSQL, không vào {kind!r}. Hãy sửa YDAN_DATABASE_URL.")


@contextmanager
def explained(engine: Engine) -> Iterator[None]:
    """Turn a failure to reach the database into a message that says what to do.

    :raises StoreError: the database cannot be reached, opened, or is held by another program.
    """
    where = engine.url.render_as_string(hide_password=True)
    try:
        yield
    except exc.OperationalError as error:
        cause = " ".join(str(error.orig).split())
        if "locked" in cause or "busy" in cause:
            raise StoreError(
                f"Cơ sở dữ liệu {where} đang bị chương trình khác giữ quá {BUSY_SECONDS} giây. "
                "Hãy đóng chương trình đó (công cụ xem SQLite, bản ydan-serve khác) rồi thử lại."
            ) from error
        if engine.dialect.name == "sqlite":
            raise StoreError(
                f"Không mở được {where}: {cause}. Hãy kiểm tra thư mục, quyền ghi và chỗ trống trên đĩa (--data)."
            ) from error
        raise StoreError(
            f"Không nối được tới {where}: {cause} "
            "Hãy kiểm tra PostgreSQL đang chạy, tên máy, cổng, mật khẩu trong YDAN_DATABASE_URL."
        ) from error
    except exc.DatabaseError as error:
        if "not a database" in str(error.orig):
            raise StoreError(
                f"{where} không phải tệp cơ sở dữ liệu, hoặc đã hỏng. Hãy chọn thư mục khác, hoặc đổi tên tệp này rồi "
                "khôi phục từ bản sao lưu: ydan-serve restore TỆP"
            ) from error
        raise


def _sqlite(url: URL) -> Engine:
    in_file = bool(url.database) and url.database != ":memory:"
    if in_file:
        _make_private(Path(str(url.database)))
    engine = create_engine(
        url.set(drivername="sqlite+pysqlite"),
        connect_args={"timeout": BUSY_SECONDS},
        **({"pool_size": 10, "max_overflow": 40} if in_file else {}),
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # the driver opens no transaction of its own: "begin" below does
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA secure_delete=ON")  # what retention deletes is overwritten in the file

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reads = connection.get_execution_options().get(READS, False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _postgresql(url: URL) -> Engine:
    options: dict[str, Any] = {"pool_size": 10, "max_overflow": 30, "pool_pre_ping": True, "pool_recycle": 1800}
    try:
        return create_engine(
            url.set(drivername="postgresql+psycopg"),
            connect_args={"connect_timeout": 10, "options": "-c timezone=UTC"},
            **options,
        )
    except ImportError as error:
        raise MissingExtra('PostgreSQL cần psycopg. Hãy chạy: pip install "ydan[serve,postgresql]"') from error


def _make_private(file: Path) -> None:
    """Make the folder and the file, for their owner alone; what is there stays as it is."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreError(
            f"Không ghi được vào {file}: {error.strerror}. Hãy sửa quyền hoặc chọn thư mục dữ liệu khác bằng --data."
        ) from error

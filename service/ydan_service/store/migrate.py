"""Bringing a database to the schema of this program, and refusing one that a newer program made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from ydan_service.store.engine import READS, explained
from ydan_service.store.errors import StoreError

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0001"
"""The newest revision: a database that has it is opened without loading Alembic."""
VERSIONS = Path(__file__).with_name("migrations") / "versions"
_LOCK = 0x59_44_41_4E_01
"""Advisory lock of PostgreSQL that one migrating program holds."""


def revision_of(connection: Connection) -> str | None:
    """The revision that the database stands at; None when it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def check(engine: Engine) -> bool:
    """Whether the database is at this program's revision; False when it must be upgraded first.

    :raises StoreError: it cannot be reached, or a newer program made it.
    """
    with explained(engine), engine.execution_options(**{READS: True}).connect() as connection:
        found = revision_of(connection)
    if found is not None and found != HEAD and not list(VERSIONS.glob(f"{found}_*.py")):
        raise StoreError(
            f"Cơ sở dữ liệu này do bản Ý Dân mới hơn tạo (lược đồ {found}, bản này biết đến {HEAD}). "
            "Hãy cài bản mới, hoặc khôi phục bản sao lưu cũ vào thư mục khác."
        )
    return found == HEAD


def upgrade(engine: Engine, *, only_known: bool = True) -> None:
    """Bring the database to :data:`HEAD`: whole or not at all, one program at a time.

    :raises StoreError: as :func:`check`.
    """
    if only_known and check(engine):
        return
    with explained(engine), engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            # a rebuilt table must not take its children along; the switch is without effect inside a transaction
            raw = connection.connection.dbapi_connection
            assert raw is not None
            raw.execute("PRAGMA foreign_keys=OFF")
            try:
                with connection.begin():
                    upgrade_to(connection, "head")
            finally:
                raw.execute("PRAGMA foreign_keys=ON")
        else:
            with connection.begin():
                upgrade_to(connection, "head")


def upgrade_to(connection: Connection, revision: str) -> None:
    """Bring the database to ``revision`` in the transaction at hand."""
    from alembic import command

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    command.upgrade(config(connection), revision)


def config(connection: Connection) -> Config:
    """Alembic's configuration, without a file of its own."""
    from alembic.config import Config

    made = Config(attributes={"connection": connection})
    made.set_main_option("script_location", str(VERSIONS.parent).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    return made

"""Migrations: an empty database gets exactly the tables; a newer one is refused; the records refuse changes."""

from __future__ import annotations

import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from ydan_service.store import migrate
from ydan_service.store.errors import StoreError
from ydan_service.store.migrations.compare import OPTIONS
from ydan_service.store.tables import Base


def test_upgrading_an_empty_database_gives_exactly_the_tables(empty: Engine) -> None:
    """Nothing missing, nothing more, no other type, index or constraint."""
    assert migrate.check(empty) is False
    migrate.upgrade(empty)
    assert migrate.check(empty) is True
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts=OPTIONS)
        assert compare_metadata(context, Base.metadata) == []


def test_upgrading_again_does_nothing(empty: Engine) -> None:
    """What is there stays."""
    migrate.upgrade(empty)
    with empty.begin() as connection:
        connection.execute(text("INSERT INTO commune (name, kind) VALUES ('Tân Lập', 'xã')"))
    migrate.upgrade(empty)
    with empty.connect() as connection:
        assert connection.scalar(text("SELECT name FROM commune")) == "Tân Lập"


def test_programs_that_start_together_upgrade_once(empty: Engine) -> None:
    """The others wait, then find it done."""
    failures: list[BaseException] = []

    def upgrade() -> None:
        try:
            migrate.upgrade(empty)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=upgrade) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert migrate.check(empty) is True


def test_a_database_of_a_newer_program_is_refused(empty: Engine) -> None:
    """Named with both revisions; nothing is changed."""
    migrate.upgrade(empty)
    with empty.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match=r"mới hơn.*9999.*Hãy cài bản mới"):
        migrate.upgrade(empty)


def test_foreign_keys_hold_again_after_an_upgrade(empty: Engine) -> None:
    """They are off while SQLite rebuilds tables."""
    migrate.upgrade(empty)
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"), empty.begin() as connection:
        connection.execute(text("INSERT INTO village (commune_id, name) VALUES (99, 'Thôn 1')"))


def test_the_named_head_is_the_newest_revision() -> None:
    """It is written down so that a start need not load Alembic."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        script = ScriptDirectory.from_config(migrate.config(connection))
        assert script.get_heads() == [migrate.HEAD]
    engine.dispose()


def test_a_failed_upgrade_leaves_nothing(empty: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither half of the tables nor a revision."""
    from ydan_service.store.migrations import append_only

    def break_off(*_: object) -> None:
        raise RuntimeError("the power fails here")

    monkeypatch.setattr(append_only, "make_append_only", break_off)
    with pytest.raises(RuntimeError):
        migrate.upgrade(empty)
    assert inspect(empty).get_table_names() == []


@pytest.mark.parametrize("table", ["audit_event", "ledger_line"])
@pytest.mark.parametrize("change", ["UPDATE {table} SET id = id + 1", "DELETE FROM {table}", "TRUNCATE {table}"])
def test_the_database_refuses_to_change_a_record(empty: Engine, table: str, change: str) -> None:
    """Also for a program that is not ours."""
    if change.startswith("TRUNCATE") and empty.dialect.name == "sqlite":
        change = "DELETE FROM {table} WHERE 1"
    migrate.upgrade(empty)
    with empty.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO audit_event (id, at, username, action, subject, subject_id, detail, previous_hash, hash) "
                "VALUES (1, '2026-10-01', '', 'a', 'b', 'c', '{}', '', '')"
                if table == "audit_event"
                else "INSERT INTO ledger_line (deleted_at, rule, commune, meeting_id, held_on, opinions, detail) "
                "VALUES ('2026-10-01', 'a', 'b', 1, '', 1, '{}')"
            )
        )
    with pytest.raises(DBAPIError, match="append-only"), empty.begin() as connection:
        connection.execute(text(change.format(table=table)))
    with empty.connect() as connection:
        assert connection.scalar(text(f"SELECT id FROM {table}")) == 1

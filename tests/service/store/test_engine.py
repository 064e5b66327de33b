"""Engines: SQLite that keeps what it acknowledged and queues its writers, PostgreSQL; errors that say what to do."""

from __future__ import annotations

import stat
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from ydan.errors import MissingExtra
from ydan_service.store.engine import READS, explained, open_engine, sqlite_url
from ydan_service.store.errors import StoreError
from ydan_service.store.store import Store
from ydan_service.store.tables import Commune


@pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1),
                                               ("busy_timeout", 30000), ("secure_delete", 1)])  # fmt: skip
def test_sqlite_is_set_to_lose_nothing(sqlite_store: Store, pragma: str, value: object) -> None:
    """On every connection; 2 is FULL."""
    reads = sqlite_store.engine.execution_options(**{READS: True})
    with reads.connect() as one, reads.connect() as other:
        for connection in (one, other):
            assert connection.scalar(text(f"PRAGMA {pragma}")) == value


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_a_new_database_is_its_owners_alone(tmp_path: Path) -> None:
    """Folder, file and journal, whatever the umask."""
    file = tmp_path / "new" / "ydan.db"
    engine = open_engine(sqlite_url(file))
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE a (b INTEGER)")
        connection.commit()
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
        for name in ("ydan.db", "ydan.db-wal"):
            assert stat.S_IMODE((file.parent / name).stat().st_mode) == 0o600
    engine.dispose()


def test_writers_queue_instead_of_failing(store: Store) -> None:
    """Each reads, thinks and writes; with a deferred BEGIN one of them would fail midway."""
    failures: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for turn in range(5):
                with store.begin() as session:
                    count = session.scalar(select(func.count()).select_from(Commune))
                    session.add(Commune(name=f"Xã {number}.{turn} ({count})"))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Commune)) == 40


def test_a_reader_waits_for_no_writer(store: Store) -> None:
    """It sees what was committed before, at once."""
    with store.begin() as session:
        session.add(Commune(name="Tân Lập"))
        session.flush()
        with store.read() as other:
            assert other.scalar(select(func.count()).select_from(Commune)) == 0


def test_a_locked_database_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the time that a writer waits."""
    from ydan_service.store import engine as module

    monkeypatch.setattr(module, "BUSY_SECONDS", 0.1)
    url = sqlite_url(tmp_path / "ydan.db")
    one, other = open_engine(url), open_engine(url)
    with one.begin(), pytest.raises(StoreError, match=r"đang bị chương trình khác giữ.*Hãy đóng"), explained(other):
        other.connect().begin()
    one.dispose()
    other.dispose()


def test_a_file_that_is_no_database_is_explained(tmp_path: Path) -> None:
    """With the way to restore."""
    file = tmp_path / "ydan.db"
    file.write_bytes(b"not a database at all " * 100)
    engine = open_engine(sqlite_url(file))
    with pytest.raises(StoreError, match=r"không phải tệp cơ sở dữ liệu.*ydan-serve restore"), explained(engine):
        engine.connect().close()
    engine.dispose()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """With the option that names another."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"file/data.*--data"):
        open_engine(sqlite_url(tmp_path / "file" / "data" / "ydan.db"))


def test_an_unreachable_server_is_explained_without_its_password() -> None:
    """What to check, and where it was looked for."""
    engine = open_engine("postgresql://ydan:mat-khau-rieng@127.0.0.1:9/ydan")
    with pytest.raises(StoreError, match=r"Không nối được.*YDAN_DATABASE_URL") as caught, explained(engine):
        engine.connect().close()
    assert "mat-khau-rieng" not in str(caught.value)
    assert "127.0.0.1:9" in str(caught.value)


@pytest.mark.parametrize(("url", "says"), [("ydan.db", "không đúng dạng"), ("mysql://may/ydan", "mysql")])
def test_a_url_of_something_else_is_refused(url: str, says: str) -> None:
    """With an example or the choices."""
    with pytest.raises(StoreError, match=says):
        open_engine(url)


def test_without_the_driver_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """``pip install "ydan[serve,postgresql]"``."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingExtra, match=r"ydan\[serve,postgresql\]"):
        open_engine("postgresql://may/ydan")


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg", "postgresql+psycopg2"])
def test_every_spelling_of_postgresql_uses_the_one_driver(scheme: str) -> None:
    """Hosts hand out ``postgres://``."""
    assert open_engine(f"{scheme}://may/ydan").driver == "psycopg"

"""Backup and restore: everything comes back the same, from either database into either; nothing half restored."""

from __future__ import annotations

import json
import threading
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, inspect, select, text

from tests.service.store import everything
from ydan_service.store import audit, backup, files, migrate, personal
from ydan_service.store.errors import StoreError
from ydan_service.store.restore import restore
from ydan_service.store.store import Store
from ydan_service.store.tables import AuditEvent, Base, Commune, Village


@pytest.fixture
def file(sqlite_store: Store, tmp_path: Path) -> Path:
    """A backup of a filled store."""
    everything.fill(sqlite_store)
    backup.write(sqlite_store, tmp_path / "b.zip")
    return tmp_path / "b.zip"


def test_every_row_comes_back_into_either_database(store: Store, empty: Engine, tmp_path: Path) -> None:
    """Every table, every column, to the microsecond; the chain holds; what is sealed opens with the same keys."""
    everything.fill(store)
    with store.engine.connect() as connection:
        before = everything.contents(connection)
    assert all(rows for rows in before.values())
    made = backup.write(store, tmp_path / "b.zip")
    assert restore(empty, tmp_path / "b.zip").tables == made.tables
    with empty.connect() as connection:
        after = everything.contents(connection)
    for name, rows in before.items():
        if name in backup.LEFT_OUT:
            assert after[name] == []
        elif name != "audit_event":
            assert after[name] == rows
    assert after["audit_event"][:-1] == before["audit_event"]  # and the line of the restore
    again = Store(empty, store.keys)
    with again.read() as session:
        assert audit.verify(session, made.audit).broken is None
        assert files.load(session, store.keys, 2) == bytes(300)
        assert personal.read(session, store.keys, "opinion", [1], "text") == {1: everything.WORDS}
    assert migrate.check(empty)


def test_work_goes_on_after_a_restore(empty: Engine, file: Path, sqlite_store: Store) -> None:
    """New rows get new numbers; the records refuse changes as before."""
    restore(empty, file)
    store = Store(empty, sqlite_store.keys)
    with store.begin() as session:
        session.add(Commune(name="Mới", villages=[Village(name="Thôn 1")]))
        audit.record(session, None, "a", "b", 1)
    with pytest.raises(Exception, match="append-only"), empty.begin() as connection:
        connection.execute(text("DELETE FROM audit_event"))


def test_a_backup_is_of_one_moment_while_others_write(store: Store, empty: Engine, tmp_path: Path) -> None:
    """A commune and its village come in one transaction: never one without the other."""
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with store.begin() as session:
                session.add(Commune(name=f"Xã {number}", villages=[Village(name="Thôn 1")]))
                audit.record(session, None, "a", "b", number)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            made = backup.write(store, tmp_path / f"{number}.zip")
            assert made.tables["commune"][0] == made.tables["village"][0]
            assert made.tables["audit_event"][0] == int(made.audit.partition(":")[0])
    finally:
        stop.set()
        writer.join(60)
    restore(empty, tmp_path / "2.zip")


def test_keys_and_sign_ins_are_not_in_it(file: Path, sqlite_store: Store) -> None:
    """Nothing sealed is readable; which keys it needs is said."""
    about = backup.read_manifest(file)
    assert about.keys == (sqlite_store.keys.newest,)
    with zipfile.ZipFile(file) as zipped:
        names = {name.removeprefix("tables/").removesuffix(".jsonl") for name in zipped.namelist()} - {"manifest.json"}
        everything_in_it = b"".join(zipped.read(name) for name in zipped.namelist())
    assert names == set(Base.metadata.tables) - backup.LEFT_OUT
    assert "Tạ Văn Mão".encode() not in everything_in_it


def test_a_backup_never_replaces_one(file: Path, sqlite_store: Store) -> None:
    """It may be the only good one; and no half-written file is left beside it."""
    before = file.read_bytes()
    with pytest.raises(StoreError, match="không ghi đè"):
        backup.write(sqlite_store, file)
    assert file.read_bytes() == before
    assert [each.name for each in file.parent.iterdir() if "b.zip" in each.name] == ["b.zip"]


def test_a_folder_that_is_not_there_is_named(sqlite_store: Store, tmp_path: Path) -> None:
    """Before anything is read."""
    with pytest.raises(StoreError, match="Hãy chọn thư mục khác"):
        backup.write(sqlite_store, tmp_path / "no" / "b.zip")


def test_a_store_with_rows_is_replaced_only_when_asked(empty: Engine, file: Path) -> None:
    """Then nothing of it is left, not even in the records."""
    restore(empty, file)
    with empty.begin() as connection:
        connection.execute(text("INSERT INTO commune (id, name, kind) VALUES (50, 'Sau', 'xã')"))
    with pytest.raises(StoreError, match="--replace"):
        restore(empty, file)
    restore(empty, file, replace=True)
    with empty.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Commune).where(Commune.id == 50)) == 0
        assert connection.scalar(select(func.count()).select_from(AuditEvent)) == 4


def rewritten(file: Path, change: str) -> Path:
    """The backup, damaged in one way, its own hashes made right again where that can be."""
    import hashlib

    with zipfile.ZipFile(file) as zipped:
        parts = {name: zipped.read(name) for name in zipped.namelist()}
    about = json.loads(parts["manifest.json"])
    if change == "a byte":
        parts["tables/commune.jsonl"] = parts["tables/commune.jsonl"].replace("xã".encode(), b"xa", 1) + b" "
    if change == "a line":
        parts["tables/commune.jsonl"] = parts["tables/commune.jsonl"].splitlines(keepends=True)[0]
    if change == "a table":
        del parts["tables/opinion.jsonl"]
    if change in ("the log", "a reference"):
        name, old, new = {
            "the log": ("audit_event", b"meeting.upload", b"meeting.delete"),
            "a reference": ("village", b'"commune_id":2', b'"commune_id":9'),
        }[change]
        changed = parts[f"tables/{name}.jsonl"].replace(old, new, 1)
        assert changed != parts[f"tables/{name}.jsonl"]
        parts[f"tables/{name}.jsonl"] = changed
        about["tables"][name]["sha256"] = hashlib.sha256(changed).hexdigest()
    if change == "a newer format":
        about["format"] = 99
    if change == "a newer schema":
        about["revision"] = "9999"
    parts["manifest.json"] = json.dumps(about).encode()
    bad = file.with_name("bad.zip")
    with zipfile.ZipFile(bad, "w") as zipped:
        for name, data in parts.items():
            zipped.writestr(name, data)
    return bad


@pytest.mark.parametrize(
    ("change", "says"),
    [("a byte", "bảng commune"), ("a line", "bảng commune"), ("a table", "hỏng"), ("the log", "Nhật ký.*bị sửa"),
     ("a reference", "trỏ tới chỗ không còn"), ("a newer format", "mới hơn"), ("a newer schema", "9999")],
)  # fmt: skip
def test_a_damaged_backup_changes_nothing(empty: Engine, file: Path, change: str, says: str) -> None:
    """An empty database stays empty."""
    with pytest.raises(StoreError, match=says):
        restore(empty, rewritten(file, change), replace=True)
    assert inspect(empty).get_table_names() == []


@pytest.mark.parametrize("change", ["the log", "a reference"])
def test_what_fails_late_leaves_what_was_there(empty: Engine, file: Path, change: str) -> None:
    """These show only when all rows are in."""
    restore(empty, file)
    with empty.begin() as connection:
        connection.execute(text("UPDATE commune SET name = 'Trước đó' WHERE id = 1"))
    with pytest.raises(StoreError):
        restore(empty, rewritten(file, change), replace=True)
    with empty.connect() as connection:
        assert connection.scalar(text("SELECT name FROM commune WHERE id = 1")) == "Trước đó"
        assert connection.scalar(text("SELECT count(*) FROM opinion")) == 2


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", None])
def test_what_is_no_backup_is_named(empty: Engine, tmp_path: Path, content: bytes | None) -> None:
    """Also another zip, and no file at all."""
    file = tmp_path / "x.zip"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(StoreError, match=r"x\.zip"):
        restore(empty, file)
    with zipfile.ZipFile(file, "w") as zipped:
        zipped.writestr("a.txt", "a")
    with pytest.raises(StoreError, match="không phải bản sao lưu"):
        restore(empty, file)

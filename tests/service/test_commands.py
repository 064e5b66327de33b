"""``ydan-serve`` besides serving: each command does its work and says what to do next, in Vietnamese."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from tests.service.store import everything
from ydan_service import commands
from ydan_service.cli import main
from ydan_service.settings import Settings
from ydan_service.store import opening, personal
from ydan_service.store.keyfile import KeyFile


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A filled store in a data folder, and nothing of the environment of who runs the tests."""
    import os

    for name in [name for name in os.environ if name.startswith("YDAN_")]:
        monkeypatch.delenv(name)
    found = Settings(data_dir=tmp_path / "data")
    store = opening.open_store(found)
    everything.fill(store)
    store.engine.dispose()
    return found


def run(capsys: pytest.CaptureFixture[str], settings: Settings, *arguments: object) -> tuple[int, str, str]:
    """The command as it is typed: status, output, errors."""
    status = main([*map(str, arguments), "--data", str(settings.data_dir)])
    out, err = capsys.readouterr()
    return status, out, err


def test_backup_and_restore_say_that_keys_are_apart(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And into which folder the key belongs; with it everything opens in the new place."""
    status, out, _ = run(capsys, settings, "backup", tmp_path / "b.zip")
    assert status == 0
    assert "Khóa KHÔNG nằm trong bản sao lưu" in out
    new = Settings(data_dir=tmp_path / "new")
    status, out, _ = run(capsys, new, "restore", tmp_path / "b.zip")
    assert status == 0
    assert "Số dòng và nhật ký khớp" in out
    assert str(new.data_dir / "khoa.json") in out
    status, _, err = run(capsys, new, "verify-audit")
    assert (status, "Không thấy tệp khóa" in err) == (2, True)
    (settings.data_dir / "khoa.json").rename(new.data_dir / "khoa.json")
    store = opening.open_store(new)
    with store.read() as session:
        assert personal.read(session, store.keys, "opinion", [1], "text") == {1: everything.WORDS}
    store.engine.dispose()
    status, _, err = run(capsys, new, "restore", tmp_path / "b.zip")
    assert (status, "--replace" in err) == (2, True)
    assert run(capsys, new, "restore", tmp_path / "b.zip", "--replace")[0] == 0


def test_verify_audit_prints_a_head_that_later_shows_a_cut(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """The auditor notes it down and hands it in."""
    status, out, _ = run(capsys, settings, "verify-audit")
    assert (status, "nguyên vẹn: 3 dòng" in out) == (0, True)
    head = out.split()[-1]
    assert run(capsys, settings, "verify-audit", "--head", head)[0] == 0
    with sqlite3.connect(settings.data_dir / "ydan.db") as connection:
        connection.execute("DROP TRIGGER audit_event_no_delete")
        connection.execute("DELETE FROM audit_event WHERE id = 3")
    connection.close()
    assert run(capsys, settings, "verify-audit")[0] == 0
    status, out, err = run(capsys, settings, "verify-audit", "--head", head)
    assert (status, out) == (2, "")
    assert "dòng 3, các dòng cuối đã bị xóa; 2 dòng trước đó đúng" in err


def test_rotate_key_goes_from_one_key_to_the_next(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    """Broken off it goes on; the old key goes after ten minutes."""
    file = KeyFile(settings.data_dir / "khoa.json")
    (old,) = file.read()
    status, out, _ = run(capsys, settings, "rotate-key")
    assert (status, "Đã mã hóa lại 5 mục" in out) == (0, True)
    new = next(iter(file.read()))
    assert new != old
    status, _, err = run(capsys, settings, "rotate-key", "--drop-old")
    assert (status, "10 phút" in err) == (2, True)
    entries = json.loads(file.path.read_text())
    entries["keys"][0]["made_at"] = "2026-01-01T00:00:00+00:00"
    file.path.write_text(json.dumps(entries))
    status, out, _ = run(capsys, settings, "rotate-key", "--drop-old")
    assert (status, old in out, "vẫn cần khóa cũ" in out) == (0, True, True)
    assert list(file.read()) == [new]


def test_rotate_key_goes_on_with_what_was_broken_off(settings: Settings) -> None:
    """No third key is made for it."""
    file = KeyFile(settings.data_dir / "khoa.json")
    file.add()
    assert commands.rotate_key(settings)[0].startswith("Làm tiếp")
    assert len(file.read()) == 2


def test_rotate_key_with_keys_of_the_environment(settings: Settings) -> None:
    """It cannot change the variable: it says how, then seals anew."""
    file = KeyFile(settings.data_dir / "khoa.json")
    (entry,) = json.loads(file.path.read_text())["keys"]
    old = f"{entry['id']}:{entry['key']}"
    (said,) = commands.rotate_key(Settings(data_dir=settings.data_dir, keys=old))
    new = said.split()[-1].removesuffix(",…")
    both = Settings(data_dir=settings.data_dir, keys=f"{new},{old}")
    assert "Đã mã hóa lại 5 mục" in commands.rotate_key(both)[0]
    alone = opening.open_store(Settings(data_dir=settings.data_dir, keys=new))
    alone.engine.dispose()


def test_retention_shows_first_and_deletes_when_told(settings: Settings) -> None:
    """Nothing goes by looking."""
    with sqlite3.connect(settings.data_dir / "ydan.db") as connection:
        connection.execute("UPDATE meeting SET stage = 'closed', closed_on = '2010-01-05', held_on = '2010-01-01'")
    connection.close()
    today = date(2026, 1, 1)
    shown = commands.retain(settings, today)
    assert "cả cuộc họp, hết hạn 05/01/2020" in shown[0]
    assert "--run" in shown[-1]
    assert commands.retain(settings, today) == shown
    assert "Đã xóa 2 mục" in commands.retain(settings, today, run=True)[-1]
    assert commands.retain(settings, today) == ["Không có gì hết thời hạn lưu."]


def test_migrate_brings_an_empty_folder_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And says when there is nothing to do."""
    settings = Settings(data_dir=tmp_path / "new")
    assert "Đã nâng" in run(capsys, settings, "migrate")[1]
    assert "đã ở lược đồ" in run(capsys, settings, "migrate")[1]


def test_links_are_for_the_first_administrator_or_a_name(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Once there are accounts, the first one's link is refused, with what to do instead."""
    pytest.importorskip("ydan_service.accounts.first_start")
    status, out, _ = run(capsys, Settings(data_dir=tmp_path / "new"), "new-administrator")
    assert (status, "http://127.0.0.1:8000/start/" in out) == (0, True)
    status, _, err = run(capsys, settings, "new-administrator")
    assert (status, "đã có tài khoản" in err) == (2, True)
    status, _, err = run(capsys, settings, "link", "không-có")
    assert (status, "không-có" in err) == (2, True)

"""``ydan-serve model``: another model is proved before anybody is told of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.service.models_at_hand import another, cut_off
from ydan_service.cli import main
from ydan_service.settings import Settings
from ydan_service.store import audit
from ydan_service.store.opening import open_store
from ydan_service.store.tables import AuditEvent


def run(capsys: pytest.CaptureFixture[str], data: Path, *words: str) -> tuple[int, str]:
    status = main(["model", "--data", str(data), *words])
    found = capsys.readouterr()
    return status, found.out + found.err


def test_switch_rollback_and_show(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Without a store nothing else is made in the data folder."""
    new, data = another(tmp_path / "new"), tmp_path / "data"
    assert "mặc định" in run(capsys, data, "show")[1]
    status, said = run(capsys, data, "switch", str(new))
    assert status == 0
    assert "1.0.1" in said
    assert f"Đang chọn: ydan-default 1.0.1 ({new})" in run(capsys, data, "show")[1]
    status, said = run(capsys, data, "rollback")
    assert (status, "1.0.0" in said) == (0, True)
    assert [file.name for file in data.iterdir()] == ["model.json"]


def test_a_model_that_cannot_be_used_is_not_chosen(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The running processes never hear of it."""
    status, said = run(capsys, tmp_path / "data", "switch", str(cut_off(tmp_path / "bad")))
    assert (status, "mã băm" in said) == (2, True)
    assert not (tmp_path / "data").exists()


def test_there_must_be_something_to_go_back_to(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Nothing was chosen yet."""
    status, said = run(capsys, tmp_path, "rollback")
    assert (status, "model switch" in said) == (2, True)


def test_where_there_is_a_store_its_log_tells_of_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """An act of administration."""
    store = open_store(Settings(data_dir=tmp_path))
    store.engine.dispose()
    run(capsys, tmp_path, "switch", str(another(tmp_path / "new")))
    run(capsys, tmp_path, "rollback")
    with open_store(Settings(data_dir=tmp_path)).read() as session:
        lines = [(line.action, line.subject_id) for line in session.query(AuditEvent).order_by(AuditEvent.id)]
        assert audit.verify(session).broken is None
    assert lines == [("model.switch", "1.0.1"), ("model.rollback", "1.0.0")]

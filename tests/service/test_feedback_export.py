"""``ydan-serve feedback-export``: records that training reads, of what people said alone, without persons."""

from __future__ import annotations

import json
import stat
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.service.conftest import Serve
from tests.service.routes.test_feedback import give
from ydan_service.cli import main
from ydan_service.feedback_export import write
from ydan_service.store.errors import StoreError
from ydan_service.store.store import Store
from ydan_service.store.tables import AuditEvent
from ydan_training.corpus import read_jsonl

ROAD = "Hộ ông Nguyễn Văn Bình, số 0912.345.678, lấn đường tỉnh 390, đề nghị xử lý."
ACCUSED = "Tôi tố cáo ông Trần Văn Lợi, trưởng thôn, ăn chặn tiền hỗ trợ."
WHOLE = {"topic": "transport_roads", "matter": "provincial_road", "type": "petition", "level": "province", "codes": []}
DENOUNCED = {
    "topic": "party_integrity",
    "matter": None,
    "type": "denunciation",
    "level": "commune",
    "codes": ["against_leadership"],
}


def fill(serve: Serve, store: Store) -> None:
    session = {"host_level": "commune", "date": "2026-03-01", "province": "31"}
    items = [
        {"id": "Nguyễn Thị A – 031", "text": ROAD, "final": WHOLE},
        {"id": "2", "text": ACCUSED, "final": {**WHOLE, **DENOUNCED}},
        {"id": "3", "text": ROAD, "final": {"topic": "transport_roads"}},
    ]
    assert all("feedback" in result for result in give(serve(store), *items, **session))


def test_the_records_are_such_as_training_reads(serve: Serve, store: Store, tmp_path: Path) -> None:
    """Every label stands, what follows from host and level is set; what people did not say is left out and counted."""
    fill(serve, store)
    file = tmp_path / "out.jsonl"
    found = write(store, file)
    rows = read_jsonl(file)
    assert [row.faults() for row in rows] == [[], []]
    road, accused = rows
    assert (road.topic, road.matter, road.type, road.level) == (
        "transport_roads",
        "provincial_road",
        "petition",
        "province",
    )
    assert (road.codes, road.escalate, road.province) == (["beyond_competence"], True, "Hải Phòng")
    assert (accused.codes, accused.transfer) == (["against_leadership"], False)
    assert (found.written, dict(found.left_out)) == (2, {"type, level, codes": 1})


def test_no_person_is_in_the_file(serve: Serve, store: Store, tmp_path: Path) -> None:
    """Names as initials, those of the accused not at all; no telephone; not the caller's own ids."""
    fill(serve, store)
    write(store, tmp_path / "out.jsonl")
    text = (tmp_path / "out.jsonl").read_text(encoding="utf-8")
    assert not any(word in text for word in ("Bình", "0912", "Lợi", "Trần", "Nguyễn", "031"))
    assert "N.V.B." in text
    assert "[điện thoại]" in text
    assert "T.V.L." not in text
    assert stat.S_IMODE((tmp_path / "out.jsonl").stat().st_mode) == 0o600


def test_a_file_that_is_there_is_left_alone(serve: Serve, sqlite_store: Store, tmp_path: Path) -> None:
    """And a folder that is not there is told."""
    file = tmp_path / "out.jsonl"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="đã có"):
        write(sqlite_store, file)
    assert file.read_text(encoding="utf-8") == "mine"
    with pytest.raises(StoreError, match="Không ghi được"):
        write(sqlite_store, tmp_path / "nowhere" / "out.jsonl")


def test_an_export_stands_in_the_audit_log(serve: Serve, sqlite_store: Store, tmp_path: Path) -> None:
    """How many, not what."""
    fill(serve, sqlite_store)
    write(sqlite_store, tmp_path / "out.jsonl", date(2020, 1, 1))
    with sqlite_store.read() as session:
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == "feedback.export")).one()
    assert event.detail == {"count": 2}


def test_the_command_says_what_it_wrote(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And that a person must look the file through."""
    monkeypatch.setenv("YDAN_DATA", str(tmp_path / "data"))
    assert main(["feedback-export", str(tmp_path / "out.jsonl"), "--since", "2026-01-01"]) == 0
    out = capsys.readouterr().out
    assert "Đã ghi 0 bản ghi" in out
    assert "đọc lại tệp" in out
    assert json.loads("[" + (tmp_path / "out.jsonl").read_text(encoding="utf-8") + "]") == []
    assert main(["feedback-export", str(tmp_path / "out.jsonl")]) == 2

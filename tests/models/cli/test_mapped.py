"""``ydan classify --mapping``: an export of another system, read by its own headings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ydan.cli import main as ydan

EXPORT = """DANH SÁCH PHẢN ÁNH,,
Mã phản ánh;Nội dung phản ánh;Ngày gửi;Lĩnh vực
PA-1;Đường thôn 6 lầy lội, đề nghị xã đổ bê tông;05/03/2026;Giao thông
PA-2;;05/03/2026;
PA-3;Rác ở chợ không ai thu gom;hôm qua;Môi trường
"""


@pytest.fixture
def export(tmp_path: Path) -> Path:
    file = tmp_path / "pakn.csv"
    file.write_text(EXPORT, encoding="utf-16")
    return file


def test_an_export_is_classified_row_by_row(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line for each, in order, with its id; what cannot be read has its reason, and the status is 1."""
    assert ydan(["classify", str(export), "--mapping", "pakn", "--format", "jsonl"]) == 1
    told = capsys.readouterr()
    rows = [json.loads(line) for line in told.out.splitlines()]
    assert [row["id"] for row in rows] == ["PA-1", "PA-2", "PA-3"]
    assert rows[0]["topic"]["id"] == "transport_roads"
    assert [row["error"]["code"] for row in rows[1:]] == ["empty_text", "bad_date"]
    assert "giả định" in told.err


def test_the_options_win_over_the_mappings_defaults(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The row's own word wins over both."""
    own = tmp_path / "so.toml"
    own.write_text('[columns]\ntext = ["Lời"]\n[defaults]\nhost_level = "district"\n', encoding="utf-8")
    file = tmp_path / "so.csv"
    file.write_text("Lời\nĐường thôn 6 lầy lội\n", encoding="utf-8")
    command = ["classify", str(file), "--mapping", str(own), "--format", "jsonl", "--date", "2026-03-01"]
    assert ydan([*command]) == 2
    assert "không còn cấp huyện" in capsys.readouterr().err
    assert ydan([*command, "--host-level", "commune"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("name", ["no.csv", "a.docx"])
def test_a_file_that_cannot_be_read_so_is_said(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong use."""
    (tmp_path / "a.docx").write_bytes(b"PK")
    assert ydan(["classify", str(tmp_path / name), "--mapping", "pakn", "--quiet"]) == 2
    assert name in capsys.readouterr().err


def test_an_unknown_mapping_is_wrong_use(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The message lists those that there are."""
    assert ydan(["classify", str(export), "--mapping", "paknn"]) == 2
    assert "pakn, cu-tri" in capsys.readouterr().err

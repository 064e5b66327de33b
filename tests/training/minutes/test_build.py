"""Folders of sources become documents with gold, and stale ones are found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.training.minutes.sample import BODY, GOLD, write_source
from ydan_training.minutes.__main__ import main
from ydan_training.minutes.build import build_all, stale
from ydan_training.minutes.source import SourceError


def test_a_document_and_its_gold_are_written(tmp_path: Path) -> None:
    """The gold holds what a reader must find."""
    write_source(tmp_path, layout="txt")
    document, gold = build_all(tmp_path, tmp_path / "out")
    assert (document.name, gold.name) == ("xa-mau.txt", "xa-mau.gold.json")
    found = json.loads(gold.read_text(encoding="utf-8"))
    assert (found["date"], found["attendance"], found["invited"], found["secretary"]) == ("2025-10-16", 132, 150, "")
    assert [opinion["answered"] for opinion in found["opinions"]] == [True, False, True]
    assert found["answers"][0] == "Giao HTX nông nghiệp nạo vét kênh xong"
    assert found["answer_texts"][0]["tasks"] == [{"body": "HTX nông nghiệp", "deadline": "2025-11-30"}]
    assert found["answer_texts"][1]["opinions"] == [3]


def test_gold_of_a_file_without_diacritics_has_none(tmp_path: Path) -> None:
    """A reader cannot find what is not there."""
    write_source(tmp_path, layout="txt", options="strip_diacritics")
    _, gold = build_all(tmp_path, tmp_path / "out")
    found = json.loads(gold.read_text(encoding="utf-8"))
    assert found["opinions"][1]["text"] == "Ngo 3 chua co den thi bao gio lap?"
    assert (found["chair"], found["opinions"][0]["speaker"]) == ("Pham Van Khai", "Hoang Van Nhi")


def test_a_letter_that_the_encoding_lacks_is_refused(tmp_path: Path) -> None:
    """TCVN3 has no €."""
    write_source(tmp_path, BODY.replace("vụ xuân", "vụ 春"), GOLD, layout="txt", options="encoding=tcvn3")
    with pytest.raises(SourceError, match="“春” does not exist in tcvn3"):
        build_all(tmp_path, tmp_path / "out")


def test_stale_missing_and_left_over_files_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--check fails on them and writes nothing."""
    out = tmp_path / "out"
    arguments = ["--source", str(tmp_path), "--output", str(out)]
    write_source(tmp_path, layout="docx")
    assert main(arguments) == 0
    assert "[1/1]" in capsys.readouterr().out
    assert main([*arguments, "--check"]) == 0
    write_source(tmp_path, BODY.replace("Ngõ 3", "Ngõ 4"), layout="docx")
    (out / "old.txt").write_text("x", encoding="utf-8")
    assert stale(tmp_path, out) == ["old.txt", "xa-mau.docx", "xa-mau.gold.json"]
    assert main([*arguments, "--check"]) == 1
    assert "old.txt: not what the sources say" in capsys.readouterr().err


def test_a_wrong_source_ends_the_run_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No traceback."""
    write_source(tmp_path, layout="odt")
    assert main(["--source", str(tmp_path), "--output", str(tmp_path / "out")]) == 1
    assert "xa-mau.txt:1: layout" in capsys.readouterr().err

"""`ydan-train evaluate` measures any labelled file and keeps floors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.training.tiny import tiny_rows
from ydan_training.cli import main
from ydan_training.corpus import write_jsonl


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "own.jsonl"
    write_jsonl(path, tiny_rows())
    return path


def run(file: Path, model: Path, folder: Path, *more: str) -> int:
    return main(["evaluate", "--data", str(file), "--model", str(model), "--output-dir", str(folder), *more])


def test_the_reports_are_written(file: Path, tiny_bundle: Path, tmp_path: Path) -> None:
    """JSON, Markdown and a picture, with the figures that the issue of the day asks for."""
    assert run(file, tiny_bundle, tmp_path / "out") == 0
    [report] = json.loads((tmp_path / "out/evaluation.json").read_text(encoding="utf-8"))
    topic = report["figures"]["topic"]
    wanted = {"accuracy", "accuracy_95", "macro_f1", "macro_f1_95", "calibration_error", "coverage_at_95"}
    assert wanted | {"per_class", "confusions"} <= set(topic)
    assert report["figures"]["escalation"]["support"] == 6
    assert "## Surest errors: escalation" in (tmp_path / "out/evaluation.md").read_text(encoding="utf-8")
    assert (tmp_path / "out/evaluation.png").read_bytes().startswith(b"\x89PNG")


def test_a_floor_that_is_missed_fails(
    file: Path, tiny_bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 1 and the figure beside the floor."""
    assert run(file, tiny_bundle, tmp_path / "out", "--floor", "topic.accuracy=1.01") == 1
    assert "own topic.accuracy" in capsys.readouterr().out


@pytest.mark.parametrize("floor", ["topic", "topic.beauty=0.5", "mood.accuracy=0.5"])
def test_a_floor_that_makes_no_sense_is_refused(floor: str, file: Path, tiny_bundle: Path, tmp_path: Path) -> None:
    """Exit 2, not a pass."""
    assert run(file, tiny_bundle, tmp_path / "out", "--floor", floor) == 2


def test_a_set_of_nothing_but_unclear_levels_is_measured(tiny_bundle: Path, tmp_path: Path) -> None:
    """`unclear` has no level to be right about; the other heads are still measured."""
    rows = tiny_rows()[:2]
    for row in rows:
        row.level, row.matter = "unclear", None
    write_jsonl(tmp_path / "unclear.jsonl", rows)
    assert run(tmp_path / "unclear.jsonl", tiny_bundle, tmp_path / "out") == 0


def test_a_missing_file_says_so(tiny_bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2 with the name."""
    assert run(tmp_path / "gone.jsonl", tiny_bundle, tmp_path / "out") == 2
    assert "gone.jsonl" in capsys.readouterr().err

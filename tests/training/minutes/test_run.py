"""``ydan-train fit-minutes`` and ``evaluate-minutes`` on three documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ydan.minutes.model import load_minutes_model
from ydan_training.cli import main

NAMES = (
    "m1-xa-hai-thinh-docx-theo-xom.docx",
    "m1-xa-tien-hoa-nam-xlsx-tra-loi.xlsx",
    "m2-phuong-thuy-luong-dong-docx-tra-loi.docx",
)


@pytest.fixture(scope="module")
def project(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with three documents by two authors, sixty turns, two hundred opinions and our bundle."""
    place = tmp_path_factory.mktemp("project")
    documents, turns, opinions = (place / f"data/{part}" for part in ("minutes/documents", "minutes/turns", "opinions"))
    for folder in (documents, turns, opinions, place / "docs", place / "models/bundles"):
        folder.mkdir(parents=True)
    for name in NAMES:
        for file in (name, name.rsplit(".", 1)[0] + ".gold.json"):
            (documents / file).write_bytes((root / "data/minutes/documents" / file).read_bytes())
    (turns / "t1-01.txt").write_bytes((root / "data/minutes/turns/t1-01.txt").read_bytes())
    lines = (root / "data/opinions/train.jsonl").read_text(encoding="utf-8").splitlines()[:200]
    (opinions / "train.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (place / "docs/minutes.md").write_text(
        "<!-- minutes-figures:begin -->\n<!-- minutes-figures:end -->\n", encoding="utf-8"
    )
    (place / "models/bundles/default").symlink_to(root / "models/bundles/default")
    assert main(["--root", str(place), "fit-minutes", "--cross-validate"]) == 0
    return place


def test_a_model_is_written_that_loads(project: Path) -> None:
    """Three chains with features."""
    model = load_minutes_model(project / "models/bundles/minutes")
    assert all(chain.features for chain in (model.roles, model.splitter, model.changes))


def test_the_figures_of_each_author_left_out_are_on_the_page(project: Path) -> None:
    """One row for each, one for all."""
    page = (project / "docs/minutes.md").read_text(encoding="utf-8")
    assert [line.split(" | ")[0] for line in page.splitlines() if line.startswith("| ")][1:] == [
        "| m1",
        "| m2",
        "| all",
    ]


def test_evaluation_prints_every_document_and_writes_its_figures(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The table for any folder, also as JSON."""
    data, model = project / "data/minutes/documents", project / "models/bundles/minutes"
    status = main(
        ["evaluate-minutes", "--data", str(data), "--model", str(model), "--output-dir", str(tmp_path), "--errors"]
    )
    assert status == 0
    printed = capsys.readouterr().out
    assert all(name in printed for name in NAMES)
    assert json.loads((tmp_path / "minutes.json").read_text(encoding="utf-8"))["documents"] == 3


def test_a_missed_floor_is_an_exit_status(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """CI must see it."""
    data, model = project / "data/minutes/documents", project / "models/bundles/minutes"
    words = ["evaluate-minutes", "--data", str(data), "--model", str(model)]
    assert main([*words, "--floor", "exact_f1=1.01"]) == 1
    assert "below the floor" in capsys.readouterr().out
    assert main([*words, "--floor", "nonsense=1"]) == 2

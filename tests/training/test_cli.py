"""The `ydan-train` command, end to end on a corpus of fifteen."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.training.tiny import tiny_rows
from ydan.predictor import Predictor
from ydan_training.cli import main
from ydan_training.corpus import LabelledOpinion, write_jsonl


@pytest.fixture
def project(tmp_path: Path, root: Path) -> Path:
    """A repository with the tiny corpus, its card, a README and a configuration for three folds."""
    write_jsonl(tmp_path / "data/opinions/train.jsonl", tiny_rows())
    write_jsonl(tmp_path / "data/opinions/validation.jsonl", _others("v"))
    write_jsonl(tmp_path / "data/opinions/test.jsonl", _others("t"))
    shutil.copy(root / "data/README.md", tmp_path / "data/README.md")
    (tmp_path / "README.md").write_text("<!-- figures:begin -->\n<!-- figures:end -->\n", encoding="utf-8")
    (tmp_path / "own.toml").write_text(
        "[heads]\nfolds = 3\n[vocabulary]\nat_least = 1\n[augment]\ntaxonomy = 0.0\n", encoding="utf-8"
    )
    return tmp_path


def _others(author: str) -> list[LabelledOpinion]:
    """Two opinions in other words, by another author."""
    texts = {
        "v": ("Lối vào xóm sụt một hố to, xe tải không qua nổi", "Cả khu chập chờn, bóng đèn cứ đỏ quạch"),
        "t": ("Mặt ngõ 9 bong tróc, trời mưa trơn như đổ mỡ", "Cúp điện hoài, máy bơm nước đứng im"),
    }
    first, second = tiny_rows()[0], tiny_rows()[3]
    for number, (row, text) in enumerate(zip((first, second), texts[author], strict=True)):
        row.id, row.author, row.text = f"{author}{number}", author, text
    return [first, second]


def run(project: Path, *words: str) -> int:
    return main(["--root", str(project), "--config", str(project / "own.toml"), *words])


def test_prepare_fit_evaluate_card(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The four commands in a row; the second fit is skipped; the bundle answers."""
    assert run(project, "prepare") == 0
    assert "| opinions | 15 | 2 | 2 | 19 |" in (project / "data/README.md").read_text(encoding="utf-8")
    assert run(project, "fit") == 0
    capsys.readouterr()
    assert run(project, "fit") == 0
    assert "skipped" in capsys.readouterr().out
    bundle = project / "models/bundles/default"
    assert json.loads((bundle / "bundle.json").read_text(encoding="utf-8"))["about"]["trained_on"] == 15
    assert Predictor.load(bundle).bundle.name == "ydan-default"
    assert run(project, "evaluate", "--output-dir", str(project / "out")) == 0
    outside = str(project / "data/opinions/validation.jsonl")
    assert run(project, "card", "--data", outside) == 0
    assert "Topic macro-F1" in (project / "README.md").read_text(encoding="utf-8")
    assert "15 opinions" in (project / "docs/model-card.md").read_text(encoding="utf-8")


def test_a_broken_corpus_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 1 and the id."""
    rows = tiny_rows()
    rows[0].topic = "roads"
    write_jsonl(project / "data/opinions/train.jsonl", rows)
    assert run(project, "prepare") == 1
    assert rows[0].id in capsys.readouterr().err


def test_drafts_are_added(project: Path) -> None:
    """`add` puts new records into the splits' files."""
    draft = project / "batch-01.txt"
    draft.write_text(
        "@persona=x province=Huế region=central register=spoken host=commune date=2026-03-01\n"
        "stray_animals |  |  | report | commune |  | Chó nhà ai thả rông cắn gà cả xóm\n",
        encoding="utf-8",
    )
    assert run(project, "add", str(draft), "--author", "w99", "--into", "data/opinions") == 0
    assert any(
        "w99-01-002" in (project / f"data/opinions/{name}.jsonl").read_text(encoding="utf-8")
        for name in ("train", "validation", "test")
    )


def test_the_ablations_are_written(project: Path) -> None:
    """Every variant, on our test split and a further set."""
    pytest.importorskip("underthesea")
    extra = str(project / "data/opinions/validation.jsonl")
    assert run(project, "ablate", "--data", extra, "--output", str(project / "docs/ablations.md")) == 0
    text = (project / "docs/ablations.md").read_text(encoding="utf-8")
    assert text.count("| the default |") == 2
    assert "underthesea" in text

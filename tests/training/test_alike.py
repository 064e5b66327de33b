"""The pairs, and what is learned from them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn")

from ydan.predictor import Predictor
from ydan_training.alike import Pairs, best_threshold, figures, learn, main, read_pairs


@pytest.fixture(scope="module")
def pairs(root: Path, predictor: Predictor) -> Pairs:
    return read_pairs(root / "data/alike/pairs.jsonl", predictor)


def test_each_split_has_every_label_and_ids_are_unique(pairs: Pairs) -> None:
    counts = Counter((row["split"], row["label"]) for row in pairs.rows)
    assert all(counts[split, label] > 80 for split in ("fit", "test") for label in ("same", "similar", "different"))
    assert len({row["id"] for row in pairs.rows}) == len(pairs.rows)


def test_a_text_in_both_splits_is_refused(tmp_path: Path, predictor: Predictor) -> None:
    file = tmp_path / "pairs.jsonl"
    rows = [
        {"id": str(n), "a": "Sửa cầu.", "b": f"Sửa cống {n}.", "label": "same", "split": s}
        for n, s in enumerate(("fit", "test"))
    ]
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    with pytest.raises(ValueError, match="split"):
        read_pairs(file, predictor)


def test_learning_twice_gives_the_same_weights(pairs: Pairs) -> None:
    part = pairs.take("fit")
    first, second = (learn(part.features, part.same, 0.3) for _ in range(2))
    assert np.array_equal(first[0], second[0])
    assert first[1] == second[1]


def test_the_threshold_reaches_the_precision_that_is_asked() -> None:
    score, wanted = np.array([0.9, 0.8, 0.7, 0.6]), np.array([True, True, False, True])
    limit = best_threshold(score, wanted, 0.9)
    assert limit == 0.8
    assert figures(score, wanted, limit) == (1.0, 2 / 3, 0.8)


def test_the_shipped_model_keeps_its_figures_on_the_test_pairs(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root)
    page = tmp_path / "alike.md"
    page.write_text("<!-- alike:begin -->\n<!-- alike:end -->\n", encoding="utf-8")
    assert main(["evaluate", "--page", str(page)]) == 0
    row = next(
        line for line in page.read_text(encoding="utf-8").splitlines() if "**Ý Dân**" in line and "in use" in line
    )
    precision, recall, f1 = (float(cell.split()[0]) for cell in row.split("|")[3:6])
    assert precision >= 0.88
    assert recall >= 0.75
    assert f1 >= 0.83
    assert row in capsys.readouterr().out


def test_a_missing_file_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fit", "--pairs", str(tmp_path / "no.jsonl")]) == 2
    assert "no.jsonl" in capsys.readouterr().err

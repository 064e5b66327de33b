"""The model's errors by confidence, counted."""

from __future__ import annotations

import json
from pathlib import Path

from tests.training.tiny import tiny_rows
from ydan.competence import load_competence
from ydan.measured import fingerprint_of, load_measured
from ydan.model import load_bundle
from ydan.predictor import Predictor
from ydan_training.cli import build_parser
from ydan_training.measured import _compact, measure_errors


def test_every_row_is_counted_once_and_the_file_reads_back(tiny_bundle: Path, tmp_path: Path) -> None:
    predictor = Predictor(load_bundle(tiny_bundle), load_competence())
    raw = measure_errors(predictor, tiny_rows(), "tiny", fingerprint_of(tiny_bundle))
    file = tmp_path / "measured.json"
    file.write_text(_compact(raw), encoding="utf-8")
    assert json.loads(file.read_text(encoding="utf-8")) == json.loads(json.dumps(raw))
    found = load_measured(tiny_bundle, file)
    assert found is not None
    assert found.size == len(tiny_rows())
    for table in found.confusions.values():
        assert sum(map(sum, table.counts)) == len(tiny_rows())


def test_a_refused_opinion_counts_as_wrong_in_every_head(tiny_bundle: Path) -> None:
    predictor = Predictor(load_bundle(tiny_bundle), load_competence())
    rows = tiny_rows()[:3]
    whole = measure_errors(predictor, rows, "tiny", "x")["steps"]["topic"][0]

    class Refuses(Predictor):
        def assess_many(self, items):  # type: ignore[no-untyped-def]
            from ydan.assessment import Failure

            return [Failure(item.id, "empty", "…") for item in items]

    refused = measure_errors(Refuses(predictor.bundle, predictor.competence), rows, "tiny", "x")
    assert whole[1] == 3
    assert all(steps[0][2] == steps[0][1] for steps in refused["steps"].values())


def test_the_command_is_there() -> None:
    assert build_parser().parse_args(["measured"]).command == "measured"

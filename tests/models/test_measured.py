"""What is known of the model's error."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from ydan.errors import BundleError
from ydan.measured import HEADS, Measured, fingerprint_of, load_measured, wilson
from ydan.model.bundle import default_bundle_path
from ydan.taxonomy import load_taxonomy


@pytest.fixture(scope="module")
def measured() -> Measured:
    found = load_measured()
    assert found is not None, "measured.json is of another model: run `ydan-train measured`"
    return found


def test_the_shipped_figures_are_of_the_shipped_model(measured: Measured) -> None:
    assert measured.fingerprint == fingerprint_of(default_bundle_path())
    assert set(measured.steps) == set(HEADS)


def test_the_surer_the_fewer_and_the_interval_holds_the_error(measured: Measured) -> None:
    for steps in measured.steps.values():
        assert [step.n for step in steps] == sorted((step.n for step in steps), reverse=True)
        assert all(step.low <= step.error <= step.high for step in steps)
        assert steps[0].share == 1.0


def test_sure_answers_are_wrong_less_often(measured: Measured) -> None:
    for steps in measured.steps.values():
        assert steps[-1].high < steps[0].low


def test_a_confusion_counts_every_opinion_with_the_truth_in_rows(measured: Measured) -> None:
    topics = measured.confusions["topic"]
    assert set(topics.labels) == set(load_taxonomy().topics)
    assert sum(map(sum, topics.counts)) == measured.size
    right = sum(topics.counts[at][at] for at in range(len(topics.labels)))
    assert 1 - right / measured.size == pytest.approx(measured.steps["topic"][0].error, abs=1e-4)


def test_an_answer_has_the_error_of_the_step_that_it_reaches(measured: Measured) -> None:
    assert measured.error_at("topic", 0.93).confidence == 0.9
    assert measured.error_at("topic", 0.2).confidence == 0.0


def test_another_model_has_no_figures(tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(default_bundle_path(), other)
    manifest = json.loads((other / "bundle.json").read_text(encoding="utf-8"))
    manifest["about"] = {}
    (other / "bundle.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert load_measured(other) is not None, "what is told about a model does not change its answers"
    manifest["thresholds"]["secondary"] = 0.3
    (other / "bundle.json").write_text(json.dumps(manifest), encoding="utf-8")
    load_measured.cache_clear()
    assert load_measured(other) is None


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r"bundle\.json"):
        fingerprint_of(tmp_path)


def test_the_page_gets_plain_numbers_without_empty_steps(measured: Measured) -> None:
    shown = json.loads(json.dumps(measured.to_json()))
    assert {"confidence", "share", "error", "low", "high", "n"} == set(shown["topic"][0])
    assert all(step["n"] for steps in shown.values() for step in steps)


@pytest.mark.parametrize(("wrong", "n", "low", "high"), [(0, 0, 0.0, 1.0), (5, 50, 0.0435, 0.2136)])
def test_wilson_is_the_published_interval(wrong: int, n: int, low: float, high: float) -> None:
    assert wilson(wrong, n) == pytest.approx((low, high), abs=1e-4)

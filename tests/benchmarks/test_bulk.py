"""The benchmark of many opinions: a real run of the command, and the reckoning that stands on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import bulk, country
from benchmarks.figures import line_through, write_points

RUNS = [
    bulk.Run(1000, 2, 1.5, 300.0, 0.3, 2.0),
    bulk.Run(2000, 1, 4.0, 200.0, 0.6, 4.0),
    bulk.Run(2000, 2, 2.0, 310.0, 0.6, 4.0),
    bulk.Run(5000, 2, 3.5, 320.0, 1.5, 10.0),
]


def test_the_opinions_are_as_many_as_asked_and_all_different(tmp_path: Path) -> None:
    """A cache would make repeated ones too cheap."""
    path = bulk.write_opinions(tmp_path / "a.jsonl", 25_000)
    texts = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    assert (len(texts), len(set(texts))) == (25_000, 25_000)


def test_a_run_is_measured_and_every_opinion_answered(tmp_path: Path) -> None:
    """In a process of its own; what it wrote is gone afterwards."""
    run = bulk.classify(bulk.write_opinions(tmp_path / "a.jsonl", 50), 50, 1)
    assert run.seconds > 0
    assert 30 < run.megabytes < 1000
    assert run.megabytes_out > run.megabytes_in > 0
    assert [path.name for path in tmp_path.iterdir()] == ["a.jsonl"]


def test_a_run_that_loses_opinions_is_no_measurement(tmp_path: Path) -> None:
    """It would be fast."""
    with pytest.raises(OSError, match="50 of 51"):
        bulk.classify(bulk.write_opinions(tmp_path / "a.jsonl", 50), 51, 1)


def test_the_figures_come_from_the_runs() -> None:
    """Rate without the start, ratio at one size, growth from the smallest to the largest."""
    found = bulk.figures(RUNS, 2)
    assert found["all_per_second"] == pytest.approx(2000)
    assert found["start_seconds"] == pytest.approx(1.0)
    assert found["speedup"] == pytest.approx(2.0)
    assert found["r2"] == pytest.approx(1.0)
    assert found["growth"] == pytest.approx(320 / 300)
    assert found["bytes_out"] == pytest.approx(2000)


@pytest.mark.parametrize(("slow", "status"), [(4.0, 0), (3.0, 1)])
def test_the_status_tells_whether_two_processes_are_worth_it(
    slow: float, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Figures are written either way, beside those of the peers."""
    runs = [bulk.Run(r.opinions, 1, slow, r.megabytes, 1, 1) if r.processes == 1 else r for r in RUNS]
    monkeypatch.setattr(bulk, "measure", lambda sizes, cores: runs)
    monkeypatch.setattr(bulk, "usable_cores", lambda: 2)
    (tmp_path / "results.json").write_text('{"peers": []}', "utf-8")
    names = ("--output", "page.md"), ("--results", "results.json"), ("--picture", "bulk.svg")
    words = [word for option, name in names for word in (option, str(tmp_path / name))]
    assert bulk.main(words) == status
    kept: dict[str, Any] = json.loads((tmp_path / "results.json").read_text("utf-8"))
    assert set(kept) == {"peers", "bulk"}
    assert "circle" in (tmp_path / "bulk.svg").read_text("utf-8")
    page = country.main(["--results", str(tmp_path / "results.json"), "--output", str(tmp_path / "scale.md")])
    assert page == 0
    assert "60,000,000" in (tmp_path / "scale.md").read_text("utf-8")


def test_the_country_is_reckoned_by_the_formula_of_the_page() -> None:
    """Sixty million at 1,000 a second a core are 16.7 core hours; half the rate, twice the hours."""
    measured = {
        "all_per_second": 2000.0,
        "cores": 2.0,
        "megabytes_largest": 300.0,
        "bytes_in": 250.0,
        "bytes_out": 2000.0,
    }
    assumed = country.Assumed(efficiency=1.0)
    whole = country.places(assumed)[-1]
    found = country.need(whole, measured, assumed)
    assert found.core_hours == pytest.approx(16.67, abs=0.01)
    assert found.nodes == 1
    assert found.hours == pytest.approx(found.core_hours / 16)
    assert found.storage_gigabytes == pytest.approx(60e6 * 2250 * 2 / 1e9)
    assert found.euros == pytest.approx(found.core_hours * 0.05)
    half = country.need(whole, measured, country.Assumed(efficiency=0.5))
    assert half.core_hours == pytest.approx(2 * found.core_hours)


def test_without_a_measurement_nothing_is_reckoned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The message names the command."""
    (tmp_path / "results.json").write_text("{}", "utf-8")
    with pytest.raises(SystemExit):
        country.main(["--results", str(tmp_path / "results.json"), "--output", str(tmp_path / "scale.md")])
    assert "benchmarks.bulk" in capsys.readouterr().err


def test_a_line_needs_two_sizes(tmp_path: Path) -> None:
    """One point lies on every line."""
    with pytest.raises(ValueError, match="--sizes"):
        line_through([(1, 1), (1, 2)])
    write_points(tmp_path / "a.svg", [(1, 1), (2, 2)], "x")
    assert (tmp_path / "a.svg").stat().st_size < 4_000

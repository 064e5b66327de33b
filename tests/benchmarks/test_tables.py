"""The table writer: measured numbers become one page, and only the part between the markers changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.tables import Result, Score, goals, peers_table, write_between

SETS = [("test", 600), ("real", 88)]


def result(title: str, f1: tuple[float, float], batch: float) -> Result:
    scores = tuple(Score(value, value - 0.05, value + 0.05) for value in f1)
    return Result(title, title, "topic", scores, 1000.0, batch, 123.4, 4.94, 37.02)


OURS = result("Ý Dân", (0.85, 0.70), 5000.0)
PLAIN = result("plain", (0.66, 0.72), 900.0)


def test_a_row_holds_every_figure_of_a_peer() -> None:
    """Quality with its interval, both speeds, memory, size, training time."""
    row = peers_table(SETS, [OURS, PLAIN]).splitlines()[2]
    assert row.startswith("| Ý Dân | topic | **0.850** [0.800, 0.900] | 0.700 [0.650, 0.750] |")
    assert row.endswith("| 1,000 | 5,000 | 123 | 4.9 | 37.0 |")


def test_every_row_has_the_columns_of_the_head() -> None:
    """A file more is a column more in every line."""
    for sets, cut in ((SETS, 2), (SETS[:1], 1)):
        rows = [Result(**{**{f: getattr(r, f) for f in r.__slots__}, "scores": r.scores[:cut]}) for r in (OURS, PLAIN)]
        assert len({line.count("|") for line in peers_table(sets, rows).splitlines()}) == 1


def test_the_best_of_each_file_is_bold_whoever_it_is() -> None:
    """The table does not favour us."""
    table = peers_table(SETS, [OURS, PLAIN])
    assert "**0.850**" in table
    assert "**0.720**" in table
    assert table.count("**") == 4


def test_the_goals_are_read_off_the_numbers() -> None:
    """Met where we are best and five times as fast, not met elsewhere."""
    best, beaten, speed = goals(SETS, OURS, PLAIN, [PLAIN])
    assert "on test: **met** (0.850" in best
    assert "on real: **not met** (0.700; best peer, *plain*: 0.720)" in beaten
    assert "**met** (5.6 ×)" in speed


def test_a_tie_is_no_best() -> None:
    """Best of all means better than all others."""
    assert "**not met**" in goals(SETS, PLAIN, PLAIN, [PLAIN])[0]


def test_slower_than_five_times_is_not_met() -> None:
    """4.9 times is not five."""
    assert "**not met** (4.9 ×)" in goals(SETS, result("Ý Dân", (1.0, 1.0), 4410.0), PLAIN, [PLAIN])[-1]


def test_what_people_wrote_around_the_markers_stays(tmp_path: Path) -> None:
    """Writing twice gives the same page."""
    page = tmp_path / "README.md"
    page.write_text("# A\n\n<!-- x:begin -->\nold\n<!-- x:end -->\n\nB\n", encoding="utf-8")
    write_between(page, "x", "new")
    once = page.read_text(encoding="utf-8")
    assert once == "# A\n\n<!-- x:begin -->\n\nnew\n\n<!-- x:end -->\n\nB\n"
    write_between(page, "x", "new")
    assert page.read_text(encoding="utf-8") == once


def test_a_page_without_markers_is_left_alone(tmp_path: Path) -> None:
    """The error names the line to add."""
    page = tmp_path / "README.md"
    page.write_text("# A\n", encoding="utf-8")
    with pytest.raises(ValueError, match="<!-- x:begin -->"):
        write_between(page, "x", "new")
    assert page.read_text(encoding="utf-8") == "# A\n"


def test_a_page_that_is_not_there_is_made(tmp_path: Path) -> None:
    """So that a rehearsal can write elsewhere."""
    write_between(tmp_path / "new.md", "x", "body")
    assert "body" in (tmp_path / "new.md").read_text(encoding="utf-8")


def test_the_numbers_are_plain_json() -> None:
    """Rounded, and nothing that JSON does not know."""
    assert json.loads(json.dumps(OURS.to_json()))["scores"][0] == {"f1": 0.85, "low": 0.8, "high": 0.9}


def test_the_readme_has_the_markers_of_both_commands(root: Path) -> None:
    """The commands write into it."""
    text = (root / "benchmarks" / "README.md").read_text(encoding="utf-8")
    for name in ("peers", "startup"):
        assert text.count(f"<!-- {name}:begin -->") == text.count(f"<!-- {name}:end -->") == 1

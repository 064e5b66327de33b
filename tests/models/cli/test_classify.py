"""``ydan classify``: one line in, one line out, same order, same id; a bad line answered in its place."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.models.cli.conftest import Run

GOOD = "Đường xóm lầy lội, xin xã đổ bê tông"


def lines(*rows: object) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Two files with one opinion each."""
    for name in ("sáng", "chiều"):
        (tmp_path / f"{name}.txt").write_text(GOOD + "\n", "utf-8")
    return tmp_path / "sáng.txt", tmp_path / "chiều.txt"


def test_every_line_gets_a_line_in_order_with_its_id(classify: Run) -> None:
    """Numbers as ids become text; a missing id is the place."""
    said = lines({"id": "z", "text": GOOD}, {"id": 5, "text": GOOD}, {"text": GOOD}, {"id": "z", "text": GOOD})
    found = classify("-", "--format", "jsonl", said=said)
    assert found.status == 0
    assert [row["id"] for row in found.rows] == ["z", "5", "3", "z"]
    assert all(row["text"] == GOOD for row in found.rows)


def test_a_bad_line_is_answered_in_its_place_and_the_status_is_1(classify: Run) -> None:
    """CONTRACT.md: the rest is still answered."""
    said = lines({"id": "1", "text": GOOD}) + "{hỏng\n" + lines({"id": "3", "text": ""}, {"id": "4", "text": GOOD})
    found = classify("-", "--format", "jsonl", said=said)
    assert found.status == 1
    assert [row.get("error", {}).get("code") for row in found.rows] == [None, "invalid_json", "empty_text", None]
    assert all(row["error"]["message"] for row in found.rows[1:3])


def test_a_lines_own_host_and_date_win_over_the_options(run: Run, tiny_bundle: Path) -> None:
    """CONTRACT.md; the period shows which date counted."""
    said = lines({"text": GOOD}, {"text": GOOD, "host_level": "district", "date": "2024-05-01"})
    options = ("--date", "2025-08-01", "--host-level", "province", "--model", tiny_bundle)
    found = run("classify", "-", "--format", "jsonl", *options, said=said)
    assert [row["jurisdiction"]["period"] for row in found.rows] == ["2025-07-01", "1975-01-01"]


def test_a_district_host_of_a_later_day_spoils_only_its_line(classify: Run) -> None:
    """The error has its own code."""
    found = classify("-", "--format", "jsonl", said=lines({"text": GOOD, "host_level": "district"}, {"text": GOOD}))
    assert found.status == 1
    assert [row.get("error", {}).get("code") for row in found.rows] == ["district_abolished", None]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--host-level", "district", "--date", "2025-07-01"], "2025-07-01"),
        (["--host-level", "ward"], "commune, district, province"),
        (["--date", "1/3/2026"], "NĂM-THÁNG-NGÀY"),
        (["--date", "1974-12-31"], "1975"),
        (["--province", "Atlantis"], "34 tỉnh"),
        (["--competence", "không-có.csv"], "không-có.csv"),
        (["--model", "không-có"], "ydan-train fit"),
    ],
)
def test_a_wrong_option_says_what_it_may_be(run: Run, arguments: list[str], says: str) -> None:
    """Exit status 2 before anything is answered."""
    found = run("classify", "-", *arguments, said=GOOD)
    assert (found.status, found.out) == (2, "")
    assert says in found.err
    assert found.err.startswith("ydan: ")


def test_an_altered_model_answers_nothing(run: Run, tiny_bundle: Path, tmp_path: Path) -> None:
    """Wrong weights would answer wrongly without a word."""
    for file in tiny_bundle.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "vocabulary.txt").write_text("thêm\n", "utf-8")
    found = run("classify", "-", "--model", tmp_path, said=GOOD)
    assert (found.status, found.out) == (2, "")
    assert "vocabulary.txt" in found.err


def test_a_province_is_served_by_its_own_file(run: Run, root: Path) -> None:
    """docs/competence.md, by name instead of code."""
    override = root / "docs/examples/override-hai-phong.csv"
    options = ("--province", "Hải Phòng", "--competence", override, "--date", "2026-05-01")
    found = run("classify", "-", "--format", "jsonl", *options, said="Đường huyện qua thôn nát bét, ổ gà ổ voi")
    assert "quy định riêng của Hải Phòng" in found.rows[0]["jurisdiction"]["basis"]
    assert "+" in found.rows[0]["competence"]["version"]


def test_ids_of_several_files_name_the_file(classify: Run, files: tuple[Path, Path]) -> None:
    """Line 1 of one is not line 1 of the other."""
    found = classify(*files, "--format", "jsonl")
    assert (found.status, [row["id"] for row in found.rows]) == (0, ["sáng:1", "chiều:1"])


def test_one_broken_file_of_several_is_named_and_the_rest_answered(
    classify: Run, files: tuple[Path, Path], tmp_path: Path
) -> None:
    """Exit status 1."""
    found = classify(files[0], tmp_path / "mất.csv", files[1], "--format", "jsonl")
    assert (found.status, [row["id"] for row in found.rows]) == (1, ["sáng:1", "chiều:1"])
    assert "mất.csv" in found.err


def test_a_mistyped_input_leaves_the_last_output_alone(classify: Run, tmp_path: Path) -> None:
    """Nothing is opened for writing before everything is read."""
    kept = tmp_path / "ket-qua.csv"
    kept.write_text("kết quả hôm qua", "utf-8")
    assert classify(tmp_path / "mất.csv", "--output", kept).status == 2
    assert classify(tmp_path / "mất.csv", tmp_path / "mất nữa.csv", "--output", kept).status == 1
    assert kept.read_text("utf-8") == "kết quả hôm qua"


def test_the_answers_never_overwrite_the_opinions(classify: Run, files: tuple[Path, Path]) -> None:
    """The same file by another path is the same file."""
    found = classify(files[0], "--output", files[0].parent / "." / files[0].name)
    assert found.status == 2
    assert "trùng" in found.err
    assert files[0].read_text("utf-8") == GOOD + "\n"


def test_an_empty_input_is_answered_with_nothing(classify: Run) -> None:
    """No opinions, no failure."""
    found = classify("-", "--format", "jsonl", said="")
    assert (found.status, found.out, found.err) == (0, "", "")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("opinions", "options", "shown"), [(600, [], True), (600, ["--quiet"], False), (20, [], False)]
)
def test_a_long_run_shows_its_progress_at_a_terminal(
    classify: Run, monkeypatch: pytest.MonkeyPatch, opinions: int, options: list[str], shown: bool
) -> None:
    """On standard error, never among the answers, and only when the wait is long."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    found = classify("-", "--format", "jsonl", *options, said=f"{GOOD}\n" * opinions)
    assert len(found.rows) == opinions
    assert (f"{opinions}/{opinions}" in terminal.getvalue()) is shown


def test_no_progress_is_written_to_a_file(classify: Run) -> None:
    """A log full of bars helps nobody."""
    assert classify("-", "--format", "jsonl", said=f"{GOOD}\n" * 600).err == ""

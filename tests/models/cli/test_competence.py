"""``ydan competence``: ask the table, and check a province's file before it is used."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.models.cli.conftest import Run


@pytest.mark.parametrize(("day", "level"), [("2025-10-01", "province"), ("2026-03-01", "commune")])
def test_show_tells_who_settles_a_matter_on_a_day(run: Run, day: str, level: str) -> None:
    """With the rule that says so."""
    found = run("competence", "show", "commune_health_station", "--date", day)
    assert found.status == 0
    assert f"Cấp: {level}." in found.out
    assert "Quy tắc: " in found.out


def test_show_heeds_a_provinces_own_file(run: Run, root: Path) -> None:
    """Only for that province."""
    override = root / "docs/examples/override-hai-phong.csv"
    arguments = ("competence", "show", "district_road", "--date", "2026-05-01", "--competence", override, "--province")
    assert "quy định riêng của Hải Phòng" in run(*arguments, "31").out
    assert "quy định riêng" not in run(*arguments, "Hà Nội").out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["show", "village_rode"], "village_road"),
        (["show", "village_road", "--date", "hôm nay"], "NĂM-THÁNG-NGÀY"),
        (["show", "village_road", "--province", "Atlantis"], "34 tỉnh"),
        (["check", "không-có.csv"], "Không có tệp"),
        (["check", "."], "Hãy kiểm tra đường dẫn"),
    ],
)
def test_a_wrong_question_says_what_was_meant(run: Run, arguments: list[str], says: str) -> None:
    """Exit status 2, with the near ids where there are some."""
    found = run("competence", *arguments)
    assert (found.status, found.out) == (2, "")
    assert says in found.err


def test_check_passes_the_file_of_the_docs(run: Run, root: Path) -> None:
    """The example that others copy has no error."""
    assert run("competence", "check", root / "docs/examples/override-hai-phong.csv").status == 0


def test_check_names_the_line_of_each_fault(run: Run, tmp_path: Path) -> None:
    """Exit status 1: the file cannot be used."""
    file = tmp_path / "tinh.csv"
    file.write_text(
        "province,matter,level,body,source\n31,village_road,commune,ubnd,QĐ thử\n31,village_rode,province,ubnd,QĐ\n"
        "99,village_road,province,ubnd,QĐ\n",
        "utf-8",
    )
    found = run("competence", "check", file)
    assert found.status == 1
    assert "tinh.csv:3" in found.out
    assert "tinh.csv:4" in found.out
    assert "2 lỗi" in found.out


def test_check_says_when_nothing_is_wrong(run: Run, tmp_path: Path) -> None:
    """In words, not by silence."""
    file = tmp_path / "tinh.csv"
    file.write_text("province,matter,level,body,source\n31,village_road,province,xay_dung_gt,QĐ\n", "utf-8")
    assert "không có lỗi" in run("competence", "check", file).out

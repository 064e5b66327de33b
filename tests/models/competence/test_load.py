"""A province's file changes its own answers only, and a faulty one never loads."""

from __future__ import annotations

import re
import time
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from ydan.competence import check_file, load_competence
from ydan.competence.load import VERSION, _base_rows, _base_table
from ydan.errors import CompetenceError
from ydan.taxonomy import load_taxonomy

HEADER = "province,matter,from,until,level,body,source,note\n"
EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "override-hai-phong.csv"


def write(folder: Path, name: str, *rows: str) -> Path:
    path = folder / name
    path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_the_example_of_the_docs_has_no_finding() -> None:
    """docs/competence.md shows it to officials."""
    assert check_file(EXAMPLE) == []


@pytest.mark.parametrize(
    ("day", "level", "overridden"),
    [
        (date(2026, 1, 30), "commune", False),
        (date(2026, 1, 31), "province", True),
        (date(2026, 2, 28), "province", True),
        (date(2026, 3, 1), "commune", True),
    ],
)
def test_the_example_moves_land_titles_on_the_days_it_says(day: date, level: str, overridden: bool) -> None:
    """“Đến ngày” is the last day included; outside the rows the common table answers."""
    ruling = load_competence([EXAMPLE]).lookup("land_first_title", day, "31")
    assert (ruling.level, ruling.overridden) == (level, overridden)


def test_an_override_is_local_and_says_so_in_its_basis() -> None:
    """The reader sees whose rule it is, and from which line it came."""
    ruling = load_competence([EXAMPLE]).lookup("district_road", date(2026, 3, 1), "Hải Dương")
    assert (ruling.level, ruling.body_label, ruling.certainty) == ("province", "Sở Xây dựng", "local")
    assert ruling.basis.endswith("quy định riêng của Hải Phòng)")
    assert ruling.rule_id == "override-hai-phong:2"


def test_a_stretch_ends_where_a_province_s_own_rule_moves() -> None:
    """A cache keyed by period alone would answer 1 March 2026 with February's rule."""
    table = load_competence([EXAMPLE])
    february, march = date(2026, 2, 28), date(2026, 3, 1)
    assert table.period_of(february) == table.period_of(march)
    assert table.stretch_of(february, "31") == date(2026, 1, 31)
    assert table.stretch_of(march, "Hải Dương") == march
    assert table.stretch_of(march) == table.stretch_of(february) == date(2026, 1, 31)


@pytest.mark.parametrize("province", [None, "01", "Bắc Ninh"])
def test_an_override_leaves_the_other_provinces_alone(province: str | None) -> None:
    """And meetings whose province nobody gave."""
    table, common = load_competence([EXAMPLE]), load_competence()
    for matter in load_taxonomy().matters:
        day = date(2026, 3, 1)
        assert table.lookup(matter, day, province) == common.lookup(matter, day, province)


def test_the_version_tells_which_overrides_were_loaded(tmp_path: Path) -> None:
    """Same files, same version, in whatever order; one more character, another version."""
    a = write(tmp_path, "a.csv", "31,district_road,2025-07-01,,province,xay_dung_gt,QĐ 1,")
    b = write(tmp_path, "b.csv", "01,district_road,2025-07-01,,province,xay_dung_gt,QĐ 2,")
    both = load_competence([a, b]).version
    assert load_competence().version == VERSION == "1.0.0"
    assert re.fullmatch(r"1\.0\.0\+[0-9a-f]{8}", both)
    assert both == load_competence([b, a]).version
    write(tmp_path, "a.csv", "31,district_road,2025-07-01,,province,xay_dung_gt,QĐ 9,")
    assert load_competence([a, b]).version != both


def test_a_faulty_file_is_refused_with_all_its_faults(tmp_path: Path) -> None:
    """Every error at once, each with file and line, so that one round of mending is enough."""
    bad = write(
        tmp_path,
        "bad.csv",
        "31,district_raod,,,province,xay_dung_gt,QĐ 1,",
        "31,district_road,2025-07-01,,district,xay_dung_gt,QĐ 1,",
        "Hải Phòg,district_road,,,province,xay_dung_gt,QĐ 1,",
        "31,forest,32/01/2026,,province,dat_dai_nnmt,QĐ 1,",
    )
    with pytest.raises(CompetenceError) as caught:
        load_competence([bad])
    message = str(caught.value)
    assert "có 4 lỗi" in message
    assert all(f"bad.csv:{line}: " in message for line in (2, 3, 4, 5))
    assert "district_road" in message.split("bad.csv:2: ")[1].split("\n")[0]


def test_files_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    """Two offices of one province must agree before the table loads."""
    a = write(tmp_path, "a.csv", "31,district_road,2025-07-01,,province,xay_dung_gt,QĐ 1,")
    b = write(tmp_path, "b.csv", "31,district_road,2025-09-01,,external,chu_dau_tu_dn,QĐ 2,")
    with pytest.raises(CompetenceError, match=r"b\.csv:2: .*hai câu trả lời.*a\.csv:2"):
        load_competence([a, b])


def test_many_faults_are_cut_with_their_number(tmp_path: Path) -> None:
    """A thousand wrong rows do not fill the screen."""
    rows = [f"31,district_road,2025-07-{d:02},,district,xay_dung_gt,QĐ 1," for d in range(1, 31)]
    with pytest.raises(CompetenceError, match=r"… và \d+ lỗi nữa"):
        load_competence([write(tmp_path, "many.csv", *rows)])


def test_warnings_do_not_stop_loading_and_are_kept(tmp_path: Path) -> None:
    """A useless row is worth a word, not a refusal."""
    path = write(tmp_path, "same.csv", "31,house_building_permit,2025-07-01,,commune,xay_dung_gt,NĐ 140,")
    table = load_competence([path])
    assert [(f.kind, f.where) for f in table.warnings] == [("shadowed", "same.csv:2")]


def test_a_missing_file_is_an_error_with_its_path(tmp_path: Path) -> None:
    """Not a traceback."""
    with pytest.raises(CompetenceError, match=r"none\.csv.*đường dẫn"):
        load_competence([tmp_path / "none.csv"])
    with pytest.raises(CompetenceError, match="đường dẫn"):
        check_file(tmp_path / "none.csv")


def test_check_file_names_reading_faults_and_rule_faults_together(tmp_path: Path) -> None:
    """For the command `ydan competence check FILE`."""
    path = write(
        tmp_path,
        "hp.csv",
        "Nowhere,forest,,,province,dat_dai_nnmt,QĐ 1,",
        "31,forst,,,province,dat_dai_nnmt,QĐ 1,",
    )
    assert {(f.kind, f.where) for f in check_file(path)} == {
        ("unknown_id", "hp.csv:2"),
        ("unknown_id", "hp.csv:3"),
    }


def test_check_file_reads_a_base_table_too(tmp_path: Path) -> None:
    """A maintainer checks an edited copy of rules.csv with the same command."""
    source = files("ydan.competence").joinpath("rules.csv")
    path = tmp_path / "copy.csv"
    lines = source.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0], *lines[2:]]) + "\n", encoding="utf-8")
    assert [(f.kind, f.where) for f in check_file(path)] == [("gap", "copy.csv:2")]


def test_loading_takes_less_than_25_ms() -> None:
    """Reading, checking and building, the best of five."""
    load_taxonomy()
    spent = []
    for _ in range(5):
        _base_rows.cache_clear()
        _base_table.cache_clear()
        start = time.perf_counter()
        load_competence()
        spent.append(time.perf_counter() - start)
    assert min(spent) < 0.025

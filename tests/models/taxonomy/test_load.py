"""The taxonomy files are complete, and every slip in them is named with file and line."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from unicodedata import normalize

import pytest

from ydan.errors import TaxonomyError
from ydan.taxonomy import load_taxonomy
from ydan.taxonomy.load import read_taxonomy

FILES = ("taxonomy.toml", "matters.csv", "bodies.csv")
Edit = Callable[[str], str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).write_bytes(files("ydan.taxonomy").joinpath(name).read_bytes())
    return tmp_path


def edit(folder: Path, name: str, change: Edit) -> None:
    path = folder / name
    before = path.read_text(encoding="utf-8")
    after = change(before)
    assert after != before, "the edit must change the file, or the test proves nothing"
    path.write_text(after, encoding="utf-8")


def line_of(folder: Path, name: str, start: str, last: bool = False) -> int:
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    found = [n for n, text in enumerate(lines, 1) if text.startswith(start)]
    return found[-1 if last else 0]


def test_the_shipped_files_hold_every_label_of_the_contract() -> None:
    """22 topics, 182 matters, 7 types, 6 levels, 11 codes, 30 bodies."""
    t = load_taxonomy()
    tables = (t.topics, t.matters, t.types, t.levels, t.escalation_codes, t.bodies)
    assert [len(table) for table in tables] == [22, 182, 7, 6, 11, 30]


def test_every_topic_but_other_has_matters() -> None:
    """A topic without matters could never be given a competent level."""
    t = load_taxonomy()
    assert [topic for topic in t.topics if not t.matters_of(topic)] == ["other"]


def test_every_topic_has_three_or_four_examples_and_every_matter_four_to_thirty_terms() -> None:
    """Examples and terms are what the cues and the docs are made from."""
    t = load_taxonomy()
    assert {len(topic.examples) for topic in t.topics.values()} <= {3, 4}
    assert all(4 <= len(matter.terms) <= 30 for matter in t.matters.values())


def test_a_description_says_what_is_in_and_what_is_not() -> None:
    """Each matter is one sentence that also draws its border."""
    odd = [m.id for m in load_taxonomy().matters.values() if "không gồm" not in m.description]
    assert odd == []


def test_loading_twice_gives_the_same_object() -> None:
    """The files are read once in a process."""
    assert load_taxonomy() is load_taxonomy()


def test_loading_takes_less_than_25_ms() -> None:
    """The best of five, since a busy machine is not a slow program."""
    spent = []
    for _ in range(5):
        start = time.perf_counter()
        read_taxonomy(files("ydan.taxonomy"))
        spent.append(time.perf_counter() - start)
    assert min(spent) < 0.025


@pytest.mark.parametrize(
    ("name", "change", "start", "last", "words"),
    [
        (
            "matters.csv",
            lambda t: t.replace("land_title_change,", "land_first_title,", 1),
            "land_first_title",
            True,
            "trùng",
        ),
        (
            "matters.csv",
            lambda t: t.replace(",clean_water,", ",clean_watr,", 1),
            "water_supply_fault",
            False,
            "clean_water",
        ),
        ("matters.csv", lambda t: t.replace("Nghĩa trang, nghĩa địa", "", 1), "cemetery", False, "label"),
        (
            "matters.csv",
            lambda t: t.replace("Loa truyền thanh", normalize("NFD", "Loa truyền thanh"), 1),
            "loudspeaker",
            False,
            "NFD",
        ),
        (
            "matters.csv",
            lambda t: t.replace("fuel_price,industry_trade,", "fuel_price,", 1),
            "fuel_price",
            False,
            "cột",
        ),
        ("matters.csv", lambda t: t.replace("id,topic", "id,topics", 1), "id,topics", False, "cột phải là"),
        ("bodies.csv", lambda t: t.replace("thon_tdp,commune", "thon_tdp,comune", 1), "thon_tdp", False, "commune"),
        (
            "bodies.csv",
            lambda t: t.replace("toa_an,external,,,2025-07-01", "toa_an,external,,,2025-13-01", 1),
            "toa_an",
            False,
            "2025-13-01",
        ),
        ("bodies.csv", lambda t: t.replace("Bộ Công Thương", "", 1), "cong_thuong,central", False, "tên"),
        ("taxonomy.toml", lambda t: t.replace('id = "report"', 'id = "petition"', 1), 'id = "petition"', True, "trùng"),
        (
            "taxonomy.toml",
            lambda t: t.replace('label = "Khiếu nại"', 'label = " "', 1),
            'id = "complaint"',
            False,
            "label",
        ),
        (
            "taxonomy.toml",
            lambda t: t.replace("{ environment = ", "{ enviroment = ", 1),
            'id = "clean_water"',
            False,
            "environment",
        ),
        (
            "taxonomy.toml",
            lambda t: t.replace('label = "Câu hỏi"', 'label = "Câu hỏi"\ncolour = "red"', 1),
            'id = "question"',
            False,
            "colour",
        ),
    ],
)
def test_a_slip_in_a_file_is_named_with_its_line(
    folder: Path, name: str, change: Edit, start: str, last: bool, words: str
) -> None:
    """Whoever edits the file is told file, line, and what to do."""
    edit(folder, name, change)
    with pytest.raises(TaxonomyError) as caught:
        read_taxonomy(folder)
    assert str(caught.value).startswith(f"{name}:{line_of(folder, name, start, last)}: ")
    assert words in str(caught.value)


def test_a_matter_line_number_counts_the_header() -> None:
    """Line numbers are those that an editor shows."""
    lines = files("ydan.taxonomy").joinpath("matters.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1].startswith("land_first_title,")


def test_broken_toml_names_the_file_and_the_line(folder: Path) -> None:
    """The parser's own position is kept."""
    edit(folder, "taxonomy.toml", lambda t: t.replace('version = "1.0.0"', "version = 1.0.0", 1))
    with pytest.raises(TaxonomyError, match=r"taxonomy\.toml: TOML hỏng: .*line 3"):
        read_taxonomy(folder)


def test_no_example_opinion_is_repeated() -> None:
    """An example given twice would teach two labels for one text."""
    data = tomllib.loads(files("ydan.taxonomy").joinpath("taxonomy.toml").read_text(encoding="utf-8"))
    examples = [text for topic in data["topics"] for text in topic["examples"]]
    assert len(set(examples)) == len(examples)

"""A mapping is checked whole before anything is read with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ydan.errors import ReadError
from ydan.mapping import NAMES, key_of, load_mapping
from ydan.mapping.model import COLUMNS, FINAL

WHOLE = """
name = "so-tiep-dan"
[reading]
dates = ["%d.%m.%Y"]
[columns]
text = ["Lời dân"]
[values.host_level]
"Phường" = "commune"
"""


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_mapping_is_right_and_says_that_it_is_assumed(name: str) -> None:
    """Nobody has compared it with a true export."""
    mapping = load_mapping(name)
    assert (mapping.name, mapping.assumed) == (name, True)
    assert set(mapping.columns) <= set(COLUMNS)
    assert set(mapping.final) <= set(FINAL)
    assert len(mapping.columns["text"]) >= 4
    assert len(mapping.columns["id"]) >= 4


def test_an_office_writes_its_own(tmp_path: Path) -> None:
    """A file with as little as it needs."""
    file = tmp_path / "so.toml"
    file.write_text(WHOLE, encoding="utf-8")
    mapping = load_mapping(str(file))
    assert (mapping.name, mapping.assumed, mapping.columns["text"]) == ("so-tiep-dan", False, ("loidan",))
    assert mapping.values["host_level"] == {"phuong": "commune"}


@pytest.mark.parametrize(
    ("instead", "of", "says"),
    [
        ('words = ["Lời dân"]', 'text = ["Lời dân"]', "columns.words"),
        ("", 'text = ["Lời dân"]', "columns.text"),
        ('text = "Lời dân"', 'text = ["Lời dân"]', "danh sách"),
        ('"Phường" = "ward"', '"Phường" = "commune"', "'ward'"),
        ("[values.mood]", "[values.host_level]", "values.mood"),
        ('encoding = "utf-99"', 'dates = ["%d.%m.%Y"]', "utf-99"),
        ('delimiter = "."', 'dates = ["%d.%m.%Y"]', "delimiter"),
        ("speed = 3", 'dates = ["%d.%m.%Y"]', "reading.speed"),
        ("[colums]", "[columns]", "colums"),
        ('[defaults]\nhost_level = "ward"\n[columns]', "[columns]", "defaults.host_level"),
        ("[columns", "[columns]", "TOML"),
    ],
)
def test_a_mistake_is_named(instead: str, of: str, says: str, tmp_path: Path) -> None:
    """With its place, before any row is read."""
    file = tmp_path / "so.toml"
    file.write_text(WHOLE.replace(of, instead), encoding="utf-8")
    with pytest.raises(ReadError, match=says) as found:
        load_mapping(str(file))
    assert found.value.code == "mapping"


def test_an_unknown_name_lists_those_that_there_are() -> None:
    """And how to bring one's own."""
    with pytest.raises(ReadError, match=r"pakn, cu-tri.*\.toml"):
        load_mapping("paknn")


@pytest.mark.parametrize("words", ["Nội dung", "nội_dung", "NOI DUNG", "NoiDung", "No\u0302\u0323i dung "])
def test_headings_are_compared_without_their_dress(words: str) -> None:
    """Diacritics, composed or not, capitals, spaces, signs."""
    assert key_of(words) == "noidung"

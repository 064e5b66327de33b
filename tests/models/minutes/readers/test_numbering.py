from __future__ import annotations

import pytest

from ydan.minutes.readers.numbering import Level, Numbering, write_number


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (1, "decimal", "1"),
        (7, "decimalZero", "07"),
        (26, "lowerLetter", "z"),
        (27, "upperLetter", "AA"),
        (14, "lowerRoman", "xiv"),
        (1994, "upperRoman", "MCMXCIV"),
        (0, "upperRoman", "0"),
        (-3, "lowerLetter", "-3"),
        (3, "ordinalText", "3"),
        (3, "none", ""),
    ],
)
def test_numbers_are_written_as_word_does(number: int, form: str, written: str) -> None:
    assert write_number(number, form) == written


def test_two_lists_of_one_kind_go_on_counting_unless_told_to_start_again() -> None:
    numbering = Numbering(levels={"a": {0: Level()}}, lists={"1": "a", "2": "a", "3": "a"}, starts={"3": {0: 1}})
    assert [numbering.label(number, 0) for number in "1123313"] == ["1.", "2.", "3.", "1.", "2.", "3.", "4."]


def test_a_level_that_never_restarts_goes_on() -> None:
    numbering = Numbering(
        levels={"a": {0: Level(text="%1."), 1: Level(text="%2)", restart=0)}},
        lists={"1": "a"},
    )
    assert [numbering.label("1", level) for level in (0, 1, 1, 0, 1)] == ["1.", "1)", "2)", "2.", "3)"]


def test_legal_numbering_shows_romans_as_digits() -> None:
    levels = {0: Level(format="upperRoman", text="%1."), 1: Level(text="%1.%2.", legal=True)}
    numbering = Numbering(levels={"a": levels}, lists={"1": "a"})
    assert [numbering.label("1", level) for level in (0, 0, 1)] == ["I.", "II.", "2.1."]


def test_a_list_that_is_not_there_numbers_nothing() -> None:
    assert Numbering().label("9", 0) == ""
    assert Numbering(lists={"1": "a"}).label("1", 3) == ""

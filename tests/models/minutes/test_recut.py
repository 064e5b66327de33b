"""Words and places of opinions that are cut and joined."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ydan.errors import EditError
from ydan.minutes.extract import Place
from ydan.minutes.records import Raised, Source
from ydan.minutes.recut import cut, has_words, join

LINE_1, LINE_2 = Place(paragraph=1), Place(paragraph=2)
TEXT = "1. Đường lầy. Đèn hỏng.\n2. Chợ bẩn."
ROAD = Raised("1", "Đường lầy.", Source(LINE_1, 3, 13), speaker="Bà A")
LAMP = Raised("2", "Đèn hỏng.", Source(LINE_1, 14, 23), speaker="Ông B")
MARKET = Raised("3", "Chợ bẩn.", Source(LINE_2, 27, 35), speaker="Bà A")


def test_the_fixtures_are_the_words_of_the_text() -> None:
    """Or the tests below would say nothing of places."""
    assert [TEXT[one.source.start : one.source.end] for one in (ROAD, LAMP, MARKET)] == [
        one.text for one in (ROAD, LAMP, MARKET)
    ]


def test_each_part_has_the_place_of_its_own_words() -> None:
    """The blank where it was cut belongs to none."""
    parts = cut(replace(ROAD, text="Đường lầy. Đèn hỏng.", source=Source(LINE_1, 3, 23)), [11], TEXT)
    assert [(one.text, one.source) for one in parts] == [(ROAD.text, ROAD.source), (LAMP.text, LAMP.source)]


@pytest.mark.parametrize("at", [[], [0], [10], [-1], [99], [9]])
def test_a_cut_outside_or_beside_the_words_is_refused(at: list[int]) -> None:
    """The last leaves a part of one full stop."""
    with pytest.raises(EditError):
        cut(ROAD, at, TEXT)


def test_neighbours_keep_what_stands_between_them_and_others_get_a_blank() -> None:
    """The second pair stands in two places of the minutes."""
    assert join([ROAD, LAMP], TEXT).text == "Đường lầy. Đèn hỏng."
    assert join([LAMP, MARKET], TEXT).text == "Đèn hỏng. Chợ bẩn."
    assert join([ROAD, MARKET], TEXT).source == Source(LINE_1, 3, 35)


def test_who_raised_one_of_them_is_named_once() -> None:
    """In the order of the minutes."""
    assert join([ROAD, LAMP, MARKET], TEXT).speaker == "Bà A; Ông B"


@pytest.mark.parametrize(("text", "expected"), [("…, .", False), ("", False), ("4", True), (" đ.", True)])
def test_marks_and_blanks_are_no_words(text: str, expected: bool) -> None:
    """Digits are: a house number may be a part."""
    assert has_words(text) is expected

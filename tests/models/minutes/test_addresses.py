"""Where a speaker lives."""

from __future__ import annotations

from ydan.minutes.addresses import place_in, read_address, skip_blanks
from ydan.minutes.words import Line


def test_the_address_ends_at_the_colon() -> None:
    line = Line.of("Vũ Tý, thôn Hạ: nước đục")
    assert read_address(line, 5, opened=False) == ("thôn Hạ", 16, True)


def test_the_address_among_other_words() -> None:
    assert place_in("đại diện các hộ khu 3 phát biểu") == "khu 3"
    assert place_in("đại diện bà con") is None


def test_blanks_before_the_speech_are_passed_over() -> None:
    assert skip_blanks("a:   b", 2) == 5

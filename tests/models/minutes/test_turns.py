"""What citizens said, person by person."""

from __future__ import annotations

import pytest

from ydan.minutes.extract import Piece, build_extract
from ydan.minutes.roles import ANSWER, OTHER, TURN
from ydan.minutes.speeches import read_speeches
from ydan.minutes.turns import Turn, place_of, spoken_turns


def turns(*texts: str, roles: str) -> list[tuple[Turn, str]]:
    """Roles by letter; a text in capitals is a heading."""
    extract = build_extract((Piece(t, "heading" if t.isupper() else "paragraph") for t in texts), "txt")
    speeches = read_speeches(extract)
    found = spoken_turns(extract, speeches, [{"t": TURN, "a": ANSWER, "o": OTHER}[role] for role in roles])
    return [(turn, extract.text[turn.start : turn.end]) for turn in found]


def test_a_turn_begins_after_number_name_and_colon() -> None:
    """Who spoke and where they live stand apart from what they said."""
    ((turn, words),) = turns("3. Ông Tạ Văn Mão (thôn 2): Đường lầy lội quanh năm.", roles="t")
    assert words == "Đường lầy lội quanh năm."
    assert (turn.speaker, turn.address, turn.opening, turn.number) == ("Tạ Văn Mão", "thôn 2", "colon", 3)


def test_printed_numbers_count_before_places() -> None:
    """Answers name the number in the minutes, not how many turns were kept."""
    found = turns(
        "Ý kiến 1 (ông Tạ Văn Mão): Đường lầy lội.",
        "Ý kiến 2 (bà Lê Thị Sen): Đồng tình.",
        "Ý kiến 3 (bà Vi Thị Lường): Điện yếu lắm.",
        roles="tot",
    )
    assert [turn.number for turn, _words in found] == [1, 3]


def test_a_paragraph_without_a_name_goes_on_from_the_person_above() -> None:
    """Under a heading nobody is meant any more."""
    found = turns(
        "Ông Tạ Văn Mão: Đường lầy lội quanh năm.",
        "Ngoài ra điện cũng yếu, tối không nấu được cơm.",
        "THÔN ĐÔNG LA",
        "Rác đổ đầy đường không ai thu gom.",
        roles="ttot",
    )
    assert [turn.speaker for turn, _words in found] == ["Tạ Văn Mão", "Tạ Văn Mão", None]


@pytest.mark.parametrize(
    ("group", "place"),
    [(None, None), ("Thôn Đông La:", "Thôn Đông La"), ("2. Tổ dân phố 5", "Tổ dân phố 5"), ("Lĩnh vực đất đai", None)],
)
def test_a_heading_that_names_a_place_is_an_address(group: str | None, place: str | None) -> None:
    """A field of work is none."""
    assert place_of(group) == place

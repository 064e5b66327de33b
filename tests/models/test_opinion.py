"""One opinion is checked at the door; every refusal has a stable code and says what to do."""

from __future__ import annotations

from datetime import date

import pytest

from ydan.competence import load_competence
from ydan.errors import OpinionError
from ydan.opinion import Session, check_text, parse_date, parse_opinion, parse_session

SESSION = Session(date(2026, 3, 1))
GOOD = "Đường thôn 3 lầy lội quá"


def code_of(raw: object) -> str:
    with pytest.raises(OpinionError) as caught:
        parse_opinion(raw, SESSION, fallback_id="1", competence=load_competence())
    assert len(str(caught.value)) > 20, "a message, not a code"
    return caught.value.code


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("just text", "not_an_object"),
        ({}, "missing_text"),
        ({"text": 5}, "bad_text"),
        ({"text": ""}, "empty_text"),
        ({"text": " \n\t"}, "empty_text"),
        ({"text": "đ" * 100_000}, "text_too_long"),
        ({"text": "\x00\x01PK\x03\x04"}, "binary_text"),
        ({"text": "\ufffd" * 40}, "binary_text"),
        ({"text": "12 34 – 56?"}, "no_words"),
        ({"text": "Please repair the road in our village as soon as possible"}, "not_vietnamese"),
        ({"text": "请尽快修好我们村里的道路"}, "not_vietnamese"),
        ({"text": GOOD, "host_level": "ward"}, "unknown_host_level"),
        ({"text": GOOD, "date": "1974-12-31"}, "date_before_1975"),
        ({"text": GOOD, "date": "1/3/2026"}, "bad_date"),
        ({"text": GOOD, "host_level": "district", "date": "2025-07-01"}, "district_abolished"),
        ({"text": GOOD, "province": "Atlantis"}, "unknown_province"),
    ],
)
def test_bad_input_has_its_own_code(raw: object, code: str) -> None:
    """CONTRACT.md: a bad line yields an error in its place."""
    assert code_of(raw) == code


def test_the_length_message_tells_both_numbers() -> None:
    """The fact and the limit."""
    with pytest.raises(OpinionError, match=r"7210.*5000"):
        check_text("đường " * 1201 + "hỏng")


@pytest.mark.parametrize(
    "text", ["Sửa đường", "sua duong lang", "ĐN UBND", "Krông Pắk thiếu nước", "Đường 😡 hỏng quá"]
)
def test_what_a_secretary_may_type_is_taken(text: str) -> None:
    """Short, without marks, abbreviated, names of the highlands."""
    check_text(text)


def test_an_opinion_without_an_id_gets_its_place() -> None:
    """So that every answer can be found again."""
    assert parse_opinion({"text": GOOD}, SESSION, fallback_id="7").id == "7"


def test_its_own_date_and_host_win_over_the_sessions() -> None:
    """CONTRACT.md: a line's own host_level and date win."""
    found = parse_opinion({"text": GOOD, "host_level": "district", "date": "2024-05-01"}, SESSION, fallback_id="1")
    assert found.session == Session(date(2024, 5, 1), "district")


def test_a_number_as_id_becomes_text() -> None:
    """Callers send 17 or "17"."""
    assert parse_opinion({"id": 17, "text": GOOD}, SESSION, fallback_id="1").id == "17"


def test_a_province_is_taken_by_code_or_name() -> None:
    """31 and Hải Phòng are one; so is its former half."""
    codes = {parse_session({"province": name}, SESSION, load_competence()).province for name in ("31", "Hải Phòng")}
    assert codes == {"31"}


def test_the_first_day_of_1975_is_known() -> None:
    """The table begins there."""
    assert parse_date("1975-01-01") == date(1975, 1, 1)

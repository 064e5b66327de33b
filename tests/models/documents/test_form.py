"""State form or Party form."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.models.documents.conftest import PARTY_HEAD, STATE_HEAD, build_minutes
from ydan.documents.form import chair_office, choose_form, unit_of
from ydan.errors import DocumentError


def test_who_chairs_decides() -> None:
    """A chairman: the State's; a Party secretary: the Party's."""
    assert choose_form(build_minutes(STATE_HEAD)).id == "state"
    assert choose_form(build_minutes(PARTY_HEAD)).id == "party"


@pytest.mark.parametrize(
    ("office", "host", "form"),
    [
        ("Phó Bí thư Đảng ủy, Chủ tịch UBND xã", "UBND XÃ MINH TÂN", "state"),
        ("Bí thư Đảng ủy, Chủ tịch UBND xã", "UBND XÃ MINH TÂN", "state"),
        ("Bí thư Đảng ủy, Chủ tịch UBND xã", "ĐẢNG ỦY XÃ MINH TÂN", "party"),
        ("Bí thư Đảng ủy, Chủ tịch HĐND xã", "UBND XÃ MINH TÂN", "party"),
        ("Phó Chủ tịch UBND xã", "UBND XÃ MINH TÂN", "state"),
    ],
)
def test_a_deputy_secretary_is_no_secretary(office: str, host: str, form: str) -> None:
    """Of one person with both offices the letterhead decides."""
    minutes = build_minutes((host, STATE_HEAD[1], f"Chủ trì: Ông Phạm Quốc Khải – {office}."))
    assert chair_office(minutes) == office
    assert choose_form(minutes).id == form


def test_a_conference_under_article_43_is_the_states() -> None:
    """Whoever chairs."""
    head = (PARTY_HEAD[0], "Căn cứ Điều 43 Luật số 72/2025/QH15", PARTY_HEAD[2])
    assert choose_form(build_minutes(head)).id == "state"


def test_the_form_can_be_forced() -> None:
    """And only to what exists."""
    assert choose_form(build_minutes(), "party").id == "party"
    with pytest.raises(DocumentError, match="auto, state, party"):
        choose_form(build_minutes(), "bo")


def test_number_blocks_differ() -> None:
    """A slash and a colon for the State, a hyphen for the Party."""
    state, party = choose_form(build_minutes()), choose_form(build_minutes(PARTY_HEAD))
    assert state.number("TB").startswith("Số: ")
    assert state.number("TB").endswith("/TB-UBND")
    assert party.number("TB").startswith("Số  ")
    assert party.number("TB").endswith("-TB/ĐU")


def test_a_deputy_signs_for_the_chairman() -> None:
    """KT. and K/T."""
    state = build_minutes((STATE_HEAD[0], STATE_HEAD[1], "Chủ trì: Ông Phạm Quốc Khải – Phó Chủ tịch UBND xã."))
    assert choose_form(state).signer_lines == ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    party = build_minutes((PARTY_HEAD[0], PARTY_HEAD[1], "Chủ trì: Ông Phạm Quốc Khải – Phó Bí thư Đảng ủy xã."))
    assert choose_form(party, "party").signer_lines == ("K/T BÍ THƯ", "PHÓ BÍ THƯ")


@pytest.mark.parametrize(
    ("host", "level", "unit"),
    [
        ("ỦY BAN NHÂN DÂN PHƯỜNG 5", "commune", ("phường 5", "Phường 5")),
        ("HUYỆN ỦY NAM SÁCH HUYỆN NAM SÁCH", "district", ("huyện Nam Sách", "Nam Sách")),
        ("UBND TỈNH HẢI DƯƠNG", "province", ("tỉnh Hải Dương", "Hải Dương")),
        ("UBND THỊ TRẤN PHÚ THÁI", "commune", ("thị trấn Phú Thái", "Phú Thái")),
    ],
)
def test_the_unit_is_read_from_the_letterhead(host: str, level: str, unit: tuple[str, str]) -> None:
    """With its kind."""
    minutes = build_minutes((host, "BIÊN BẢN", "x"))
    minutes = replace(minutes, meeting=replace(minutes.meeting, host=host, host_level=level))
    assert unit_of(minutes) == unit


def test_an_unknown_unit_is_a_blank() -> None:
    """Nothing is invented."""
    minutes = build_minutes(("VĂN PHÒNG", "BIÊN BẢN", "x"), place="Hội trường lớn")
    minutes = replace(minutes, meeting=replace(minutes.meeting, host=None, title=None, place=None))
    assert "cần điền" in choose_form(minutes, "party").organ or unit_of(minutes)[0].startswith("xã")

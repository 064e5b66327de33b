"""Names and numbers out of texts."""

from __future__ import annotations

import pytest

from ydan.documents.people import Person, enrol, place_of
from ydan.documents.redact import HIDDEN, Redactor, initials, named_people
from ydan.minutes.extract import Place
from ydan.minutes.records import Raised, Source

NHI = Person("CD-01", "Hoàng Văn Nhị", "số nhà 14, ngõ Giếng, thôn Đông", "thôn Đông")
TUYEN = Person("CD-02", "Đặng Hữu Tuyên", "số 9 xóm Chùa, thôn Đông", "xóm Chùa", hidden=True)
NOWHERE = Source(Place(), 0, 0)


@pytest.mark.parametrize(
    "text",
    [
        "Tôi là Hoàng Văn Nhị ở đây",
        "Về ý kiến ông Nhị",
        "ý kiến của ông Văn Nhị",
        "Đã trả lời cho ông Nhị",
        "xã gửi giấy mời đến ông Nhị",
        "da gui giay cho ong Nhi",
        "HOÀNG VĂN NHỊ nói",
        "hoang van nhi noi",
        "Hoàng  Văn\u200b Nhị",
    ],
)
def test_a_speaker_becomes_a_code_however_the_name_is_written(text: str) -> None:
    """In full, its end behind a title, in capitals, without marks, with hidden characters inside."""
    found = Redactor([NHI]).of(text)
    assert "CD-01" in found
    assert "Nhị" not in found


def test_hidden_people_go_even_where_names_are_shown() -> None:
    """And others stay."""
    found = Redactor([NHI, TUYEN], full=True).of("Ông Tuyên và ông Nhị, Đặng Hữu Tuyên, số 9 xóm Chùa")
    assert "Tuyên" not in found
    assert "số 9" not in found
    assert "ông Nhị" in found
    assert HIDDEN in found


def test_the_accused_and_the_mentioned_go_too() -> None:
    """The accused altogether, others as initials."""
    redactor = Redactor([NHI], accused=["Lưu Bá Cường"], mentioned=["Nguyễn Văn Bình"])
    found = redactor.of("Ông Cường trả lời, Lưu Bá Cường ký; hộ ông Bình lấn mương")
    assert "Cường" not in found
    assert "Bình" not in found


def test_officials_keep_their_names() -> None:
    """They act in office; a citizen with the same given name is then not replaced by it."""
    found = Redactor([NHI], officials=["Trần Văn Nhị"]).of("Giao ông Nhị, địa chính, kiểm tra; Hoàng Văn Nhị nêu")
    assert "ông Nhị, địa chính" in found
    assert "CD-01 nêu" in found


def test_house_numbers_go_and_villages_stay() -> None:
    """The lane is where the road is broken."""
    found = Redactor([NHI]).of("Nhà tôi số nhà 14, ngõ Giếng, thôn Đông, ngập")
    assert found == f"Nhà tôi {HIDDEN}, ngõ Giếng, thôn Đông, ngập"


def test_numbers_are_masked_with_hidden_characters_inside() -> None:
    """A zero-width space does not save a phone number."""
    assert "0912" not in Redactor([]).of("Gọi 0912\u200b345678, CCCD 030080001234")


@pytest.mark.parametrize(
    "text",
    [
        "Tôi đi Hà Nội qua cầu Giẽ",
        "có Công an xã",
        "Bí thư Đảng ủy",
        "trưởng thôn Đông",
        "đường Bà Triệu",
        "hồ Tây",
        "chợ Bà Chiểu",
        "đền Bà Đế",
    ],
)
def test_places_and_offices_are_no_names(text: str) -> None:
    """They stay as they are."""
    assert initials(text) == text


def test_names_are_found_behind_titles_and_alone() -> None:
    """For the list of the accused."""
    assert named_people("Tố cáo ông Lưu Bá Cường, chủ tịch Lê Văn Tám và Trần Thị Hoa") == [
        "Lưu Bá Cường",
        "Lê Văn Tám",
        "Trần Thị Hoa",
    ]


def test_one_person_has_one_code_and_is_hidden_in_all_when_hidden_in_one() -> None:
    """The same name at the same address; codes in the order of speaking."""
    said = [
        Raised("1", "a", NOWHERE, "Hoàng Văn Nhị", "thôn Đông"),
        Raised("2", "b", NOWHERE, "Trần Thị Mận", "thôn Đoài"),
        Raised("3", "c", NOWHERE, "Hoàng Văn  Nhị", "Thôn Đông"),
        Raised("4", "d", NOWHERE),
    ]
    people = enrol(said, {"3"})
    assert [people[id_].code for id_ in "1234"] == ["CD-01", "CD-02", "CD-01", "Không ghi tên"]
    assert people["1"].hidden
    assert not people["2"].hidden


@pytest.mark.parametrize(
    ("address", "place"),
    [("số 9 xóm Chùa, thôn Đông", "xóm Chùa"), ("Đông La", "Đông La"), ("12/5 Lê Lợi", None), (None, None), ("", None)],
)
def test_only_the_village_of_an_address_is_shown(address: str | None, place: str | None) -> None:
    """Nothing where there is none."""
    assert place_of(address) == place


def test_codes_have_no_gap_where_somebody_spoke_in_confidence() -> None:
    """Who only did so has no code; a code comes with the first public word."""
    said = [
        Raised("1", "a", NOWHERE, "An"),
        Raised("2", "b", NOWHERE, "Bình"),
        Raised("3", "c", NOWHERE, "Chi"),
        Raised("4", "d", NOWHERE, "Bình"),
        Raised("5", "e", NOWHERE, "Dung"),
    ]
    people = enrol(said, {"2", "3"})
    assert [people[id_].code for id_ in "13245"] == ["CD-01", "", "CD-02", "CD-02", "CD-03"]


def test_names_that_without_marks_look_like_offices_are_names() -> None:
    """Đặng is not Đảng, Phương no phường, Huyền no huyện, Trường no trưởng, Phong no phòng."""
    text = "Ông Đặng Văn Quỳnh và chị Phương lấn mương, anh Trường, chị Huyền, anh Phong biết."
    assert named_people(text) == ["Đặng Văn Quỳnh", "Phương", "Trường", "Huyền", "Phong"]
    assert named_people("Đồng chí Phó Chủ tịch, ông Trưởng thôn, cán bộ Phòng Kinh tế, cán bộ Huyện ủy trả lời.") == []

"""Who chaired, who took the minutes, and who is an official."""

from __future__ import annotations

import pytest

from ydan.minutes.people import find_chairs, find_officials, find_secretary, is_one_of


@pytest.mark.parametrize(
    ("head", "chairs"),
    [
        ("Chủ tọa: Nguyễn Văn Bé, có bà Lê Thị Tư cùng dự.", ["Nguyễn Văn Bé"]),
        ("Chủ trì: Chủ tịch UBND xã - Lê Quý. Thư ký: Hồ Ngọc", ["Lê Quý"]),
        ("Bà Hà Tý tuyên bố lý do, ông Vũ Mão chủ trì.", ["Vũ Mão"]),
        ("Hai đồng chí Lê An, Bí thư và Hà Mùi, Chủ tịch UBND xã cùng chủ trì.", ["Lê An", "Hà Mùi"]),
        ("Chủ trì:\n- Ông Lê An, Chủ tịch\n- Bà Hà Mùi, Phó Chủ tịch\nThư ký: Vũ Tý", ["Lê An", "Hà Mùi"]),
        ("Ông Lê An điều hành phần hỏi đáp.", ["Lê An"]),
        ("Đồng chí Vũ Tý, Bí thư Đảng ủy đối thoại với bà con.", ["Vũ Tý"]),
        ("Bí thư Đảng ủy Vũ Tý và Chủ tịch UBND xã Hà Mùi đối thoại với dân.", ["Vũ Tý", "Hà Mùi"]),
        ("CT: đ/c Hợi BTĐU. TK: Vinh VP.", ["Hợi"]),
        ("Chủ trì: lãnh đạo UBND xã.", []),
        ("Chương trình hội nghị do UBND xã chuẩn bị.", []),
        ("", []),
    ],
)
def test_chairs(head: str, chairs: list[str]) -> None:
    assert find_chairs(head) == chairs


@pytest.mark.parametrize(
    ("head", "secretary"),
    [
        ("chủ trì ông Lê An; thư ký Lý Thị Cẩm; dự 92 người", "Lý Thị Cẩm"),
        ("Bà Vi Thị Nhâm ghi. Tổng số 96 người.", "Vi Thị Nhâm"),
        ("Kẻ chép biên bản này là Lê Đức Uyên, giáo viên.", "Lê Đức Uyên"),
        ("Tổ thư ký: bà Bùi Tuyết, ông Rơ Châm Thuyên.", "Bùi Tuyết; Rơ Châm Thuyên"),
        ("Người ghi biên bản: Hoàng Soan, chuyên viên.", "Hoàng Soan"),
        ("Thư ký: Văn phòng UBND xã.", None),
        ("", None),
    ],
)
def test_secretaries(head: str, secretary: str | None) -> None:
    assert find_secretary(head) == secretary


def test_a_first_name_points_back_at_the_full_name() -> None:
    head = "Có mặt: đ/c Trần Thanh Hà, Chủ tịch; đ/c Vũ Thị Hiền.\nĐ/c Hà chủ trì, đ/c Hiền ghi biên bản."
    assert (find_chairs(head), find_secretary(head)) == (["Trần Thanh Hà"], "Vũ Thị Hiền")


def test_officials_are_those_with_an_office_and_no_village_heads() -> None:
    head = (
        "Chủ trì: ông Lê An. Thư ký: bà Vũ Tý. Dự có ông Hà Mùi, Trưởng Công an xã; ông Cù Dần - trưởng thôn 4;"
        " Chủ tịch UBND xã Ngô Thân."
    )
    assert find_officials(head) == {"le an", "vu ty", "ha mui", "ngo than"}


def test_an_official_may_be_called_by_the_last_syllable() -> None:
    officials = frozenset({"ha quang huy"})
    assert is_one_of("Huy", officials)
    assert is_one_of("Quang Huy", officials)
    assert not is_one_of("Quang", officials)
    assert not is_one_of("", officials)

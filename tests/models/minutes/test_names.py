"""Names of persons as minutes write them."""

from __future__ import annotations

import pytest

from ydan.minutes.names import first_name_at, is_office, name_at


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Trương Văn Đặng, Phó Chủ tịch", "Trương Văn Đặng"),
        ("Đoàn Thị Lành.", "Đoàn Thị Lành"),
        ("Bàn Văn Quý", "Bàn Văn Quý"),
        ("Phó Thị Nhung, công chức", "Phó Thị Nhung"),
        ("K' Brêm, Phó Chủ tịch", "K' Brêm"),
        ("H'Loan Mlô", "H'Loan Mlô"),
        ("H’Ngăm: đường hỏng", "H’Ngăm"),
        ("Ksor H-Bia, thôn 2", "Ksor H-Bia"),
        ("Rơ Ông K' Jưng (thôn 2)", "Rơ Ông K' Jưng"),
        ("Y Bhem Kbuôr đến nhà", "Y Bhem Kbuôr"),
        ("NGUYỄN VĂN AN - BÍ THƯ", "Nguyễn Văn An"),
        ("Y THIM NIÊ", "Y Thim Niê"),
        ("Lê An UBND xã", "Lê An"),
        ("Truong Van Khoe, Bi thu", "Truong Van Khoe"),
        ("Trưởng phòng", None),
        ("Trưởng Công an xã", None),
        ("Pho Chu tich", None),
        ("Đoàn Thanh niên", None),
        ("Hội Nông dân", None),
        ("Ủy ban nhân dân", None),
        ("Nguyễn", None),
        ("ông An", None),
        ("", None),
    ],
)
def test_a_name_is_told_from_an_office(text: str, name: str | None) -> None:
    assert name_at(text) == name


def test_a_village_may_speak_where_that_is_allowed() -> None:
    assert name_at("Thôn Trung: đèn tắt") is None
    assert name_at("Thôn Trung: đèn tắt", places=True) == "Thôn Trung"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hợi BTĐU", "Hợi"),
        ("Thoa VP.", "Thoa"),
        ("Hải tư pháp", "Hải"),
        ("Lãnh đạo", None),
        ("Bí thư", None),
        ("", None),
    ],
)
def test_a_first_name_stands_before_an_abbreviated_office(text: str, name: str | None) -> None:
    assert first_name_at(text) == name


def test_marks_decide_whether_a_word_is_an_office() -> None:
    assert is_office("Ban Thường")
    assert not is_office("Ban Thi Mai")

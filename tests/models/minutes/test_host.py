"""The office that holds the meeting, and its level."""

from __future__ import annotations

from datetime import date

import pytest

from ydan.minutes.extract import Cell, Extract, Piece, build_extract
from ydan.minutes.host import is_upper, read_host, read_level, unit_level

END = 10_000


def lines(*texts: str) -> Extract:
    return build_extract(map(Piece, texts), "txt")


@pytest.mark.parametrize(
    ("texts", "host"),
    [
        (("UBND XÃ HÀ AN", "BIÊN BẢN"), "UBND XÃ HÀ AN"),
        (("ỦY BAN NHÂN DÂN", "XÃ HÀ AN", "Số: 12/BB-UBND", "CỘNG HÒA XÃ HỘI"), "ỦY BAN NHÂN DÂN XÃ HÀ AN"),
        (("ĐẢNG BỘ TỈNH X", "ĐẢNG ỦY XÃ HÀ AN", "*", "ĐẢNG CỘNG SẢN VIỆT NAM"), "ĐẢNG ỦY XÃ HÀ AN"),
        (("ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "XÃ HÀ AN Độc lập - Tự do"), "ỦY BAN NHÂN DÂN XÃ HÀ AN"),
        (("ĐẢNG ỦY XÃ HÀ AN ĐẢNG CỘNG SẢN VIỆT NAM",), "ĐẢNG ỦY XÃ HÀ AN"),
        (("ĐẢNG ỦY XÃ HÀ AN Hà An, ngày 2 tháng 3 năm 2026",), "ĐẢNG ỦY XÃ HÀ AN"),
        (("UBND PHƯỜNG NGỌC", "TÂY", "Số: 4/BB"), "UBND PHƯỜNG NGỌC TÂY"),
        (("ỦY BAN NHÂN DÂN TỈNH", "KIẾN PHONG"), "ỦY BAN NHÂN DÂN TỈNH KIẾN PHONG"),
        (("UBND HUYỆN VŨ LÂM", "THANH TRA HUYỆN"), "UBND HUYỆN VŨ LÂM"),
        (("HUYỆN ỦY VŨ LÂM", "VĂN PHÒNG"), "HUYỆN ỦY VŨ LÂM"),
        (("UBND Xã VĩNH HIềN",), "UBND Xã VĩNH HIềN"),
        (("HỘI NGHỊ ĐỐI THOẠI GIỮA UBND XÃ VỚI CỬ TRI",), None),
        (("BIÊN BẢN", "UBND XÃ HÀ AN"), None),
        (("Số: 12/BB-UBND",), None),
        ((), None),
    ],
)  # fmt: skip
def test_the_host_stands_in_the_left_half_of_the_letterhead(texts: tuple[str, ...], host: str | None) -> None:
    assert read_host(lines(*texts), END) == host


def test_a_letterhead_may_be_a_table_with_lines_in_its_cells() -> None:
    left = Piece("ỦY BAN NHÂN DÂN\nXÃ HÀ AN", "cell", cell=Cell(0, 0, 0))
    right = Piece("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập", "cell", cell=Cell(0, 0, 1))
    assert read_host(build_extract([left, right], "docx"), END) == "ỦY BAN NHÂN DÂN XÃ HÀ AN"


@pytest.mark.parametrize(
    ("words", "day", "level"),
    [
        ("UBND xã Minh Tân, huyện Nam Sách, tỉnh Hải Dương", None, "commune"),
        ("Đặc khu Phú Quý", None, "commune"),
        ("UBND huyện với Nhân dân các xã", None, "district"),
        ("Quận ủy Lê Chân", None, "district"),
        ("UBND thành phố Sông Lô", date(2021, 4, 1), "district"),
        ("UBND thành phố Sông Lô", date(2026, 4, 1), "province"),
        ("UBND thành phố Hà Nội", date(2021, 4, 1), "province"),
        ("Tỉnh ủy", None, "province"),
        ("phát triển xã hội, liên quan các bên", None, None),
        ("", None, None),
    ],
)
def test_the_level_is_that_of_the_unit_that_acts(words: str, day: date | None, level: str | None) -> None:
    assert unit_level(words, day) == level


def test_the_title_comes_before_the_letterhead_and_the_letterhead_before_the_chair() -> None:
    head = "Chủ trì: ông Lê An, Chủ tịch UBND tỉnh"
    assert read_level("Đối thoại của Chủ tịch UBND xã", "UBND HUYỆN A", head, None) == "commune"
    assert read_level("Đối thoại", "UBND HUYỆN A", head, None) == "district"
    assert read_level(None, None, head, None) == "province"
    assert read_level(None, None, "", None) is None


def test_capitals() -> None:
    assert is_upper("BIÊN BẢN số 1")
    assert not is_upper("Biên bản")
    assert not is_upper("UBND")

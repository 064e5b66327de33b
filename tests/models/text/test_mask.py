"""Personal numbers are masked, the numbers that matter are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ydan.text import find_personal, fold, mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("CCCD 030080001234", "CCCD [số định danh]"),
        ("số CCCD: 030 080 001 234", "số CCCD: [số định danh]"),
        ("căn cước công dân số 0300.8000.1234", "căn cước công dân số [số định danh]"),
        ("CMND số 141234567", "CMND số [số định danh]"),
        ("cmnd: 141.234.567", "cmnd: [số định danh]"),
        ("CHUNG MINH NHAN DAN 141 234 567", "CHUNG MINH NHAN DAN [số định danh]"),
        ("ông A 030080001234 trình bày", "ông A [số định danh] trình bày"),
        ("bà B (141234567)", "bà B ([số định danh])"),
        ("hộ chiếu B1234567", "hộ chiếu [số định danh]"),
        ("mã số BHXH 3020123456", "mã số BHXH [số định danh]"),
        ("gọi 0912345678", "gọi [điện thoại]"),
        ("ĐT 0912.345.678, 091 234 5678", "ĐT [điện thoại], [điện thoại]"),
        ("0912345678/0987654321", "[điện thoại]/[điện thoại]"),
        ("+84 912 345 678 hoặc 84912345678", "[điện thoại] hoặc [điện thoại]"),
        ("0220 3852 123, (0220) 3852123, 02203852123", "[điện thoại], [điện thoại], [điện thoại]"),
        ("0320.3852.123", "[điện thoại]"),
        ("stk 19001234567890", "stk [tài khoản]"),
        ("số tài khoản của tôi là 2301 205 123 456 Agribank", "số tài khoản của tôi là [tài khoản] Agribank"),
        ("So tai khoan: 0123456789", "So tai khoan: [tài khoản]"),
        ("chuyển vào 23012051234567 Agribank", "chuyển vào [tài khoản] Agribank"),
        ("xe 15B-123.45", "xe [biển số]"),
        ("xe 34A 12345", "xe [biển số]"),
        ("29-X1 123.45 vượt", "[biển số] vượt"),
        ("51F12345", "[biển số]"),
        ("biển số 34c 12345", "biển số [biển số]"),
        ("xe 34A-1234", "xe [biển số]"),
        ("thư nguyen.van-a@gmail.com.vn nhé", "thư [email] nhé"),
        ("thửa số 123", "[thửa đất]"),
        ("thửa đất 45, tờ bản đồ số 12", "[thửa đất], [tờ bản đồ]"),
        ("Thửa đất số: 45 tờ bản đồ 12", "[thửa đất] [tờ bản đồ]"),
        ("thua dat so 45 to ban do so 12", "[thửa đất] [tờ bản đồ]"),
        ("THỬA ĐẤT SỐ 45", "[thửa đất]"),
        ("thửa 12, 13 và 14 của tôi", "[thửa đất] của tôi"),
    ],
)
def test_personal_data_is_masked(text: str, masked: str) -> None:
    """Identity numbers, telephones, accounts, plates, addresses, plots."""
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "ngày 01/02/2020, 01-02-2020, 01.02.2020 10 giờ", "03-05-2024 08 giờ", "120.000.000 đồng",
        "120000000 đồng", "120 000 000 đồng", "số tiền 123456789", "1.250.000.000đ", "360 m2", "1.234.567 m2",
        "Quyết định số 1738/QĐ-UBND", "20/2013/QĐ-TTg", "Nghị định 151/2025/NĐ-CP", "ĐT390",
        "QL 5", "ĐT 390 B",
        "km3+200", "Km 12+345 đến km 15+600", "năm 2025-2026", "3 thửa đất 360 m2", "thửa ruộng 2 sào",
        "dồn điền đổi thửa 2003", "thừa 3 giáo viên", "Thưa 5 đồng chí", "tổ số 5", "tổ dân phố số 12",
        "15h 2024 người", "lúc 15 h 2024", "30 m 1200", "25 ha 1000 hộ", "12 tỷ 345 triệu",
        "1.000 hộ, 12.345 khẩu",
        "TCVN 5945:2005", "nợ BHXH 120.000.000 đồng",
        "lệ phí CCCD 120.000.000 đồng",
        "từ 2020 đến 2025", "thửa đất 5%", "thửa đất 200 m2", "tài khoản 120.000.000 đồng",
        "Luật số 72/2025/QH15", "công trình 110 kV 2024", "nhà 25 T 1200",
    ],
)  # fmt: skip
def test_numbers_that_matter_are_left(text: str) -> None:
    """Dates, money, areas, decisions, roads, years and quantities stay."""
    assert mask(text).text == text
    assert mask(fold(text)).text == fold(text)


def test_what_is_found_is_where_it_stands() -> None:
    """Spans are of the given text, sorted and apart."""
    text = "CCCD 030080001234, gọi 0912345678, thửa số 12"
    assert [(kind, text[a:b]) for kind, a, b in find_personal(text)] == [
        ("id", "030080001234"),
        ("phone", "0912345678"),
        ("parcel", "thửa số 12"),
    ]


PIECES = [
    "0912345678",
    "030080001234",
    "123456789",
    "15B-123.45",
    "thửa số 12",
    "tk",
    "cccd",
    "stk ",
    "a@b.vn",
    "12",
]


@given(st.lists(st.sampled_from([*PIECES, *" .,-/([", "1", "0", "đồng", "tờ số "]), max_size=12).map("".join))
def test_masking_twice_masks_nothing_more(text: str) -> None:
    """Idempotent, however numbers are glued together."""
    once = mask(text).text
    assert mask(once).text == once
    assert find_personal(once) == []

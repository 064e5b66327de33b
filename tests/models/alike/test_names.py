"""Which thing an opinion names."""

from __future__ import annotations

import pytest

from ydan.alike.names import find_names
from ydan.cues import read


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("Đề nghị sửa ĐT390 qua xã.", ("road", "390")),
        ("de nghi sua duong tinh 390", ("road", "390")),
        ("QL.27 sạt taluy đoạn đèo", ("road", "27")),
        ("Cống đường 30/4 bị nghẹt", ("road", "30 4")),
        ("Xin vá đoạn cầu Ca Tăng.", ("bridge", "ca tang")),
        ("Tường rào trường mẫu giáo Sơn Ca đổ", ("school", "son ca")),
        ("Kênh B8 cạn nước", ("water", "b 8")),
        ("Rác ở thôn số 3 không ai lấy", ("village", "3")),
    ],
)
def test_a_named_thing_is_told_with_its_kind(text: str, slot: tuple[str, str]) -> None:
    assert slot in find_names(read(text)).slots


def test_a_surname_is_no_lake() -> None:
    assert all(kind != "water" for kind, _ in find_names(read("Cuối tháng 9, ông Hồ Xuân Thái ra quay phim.")).slots)


def test_a_text_of_capitals_names_numbers_only() -> None:
    names = find_names(read("XIN LÀM ĐƯỜNG THÔN 5 CHO BÀ CON"))
    assert names.slots == (("village", "5"),)


@pytest.mark.parametrize(
    ("text", "own"), [("Đường thôn tôi lầy.", True), ("Đường thôn 3 lầy.", False), ("Giá điện cao.", False)]
)
def test_our_village_is_told_from_a_named_one(text: str, own: bool) -> None:
    assert find_names(read(text)).own_village is own

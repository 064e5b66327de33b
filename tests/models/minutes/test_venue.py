"""Where the meeting was held."""

from __future__ import annotations

import pytest

from ydan.minutes.venue import read_venue


@pytest.mark.parametrize(
    ("head", "place"),
    [
        ("Địa điểm: Hội trường xã, tỉnh Hải Dương.", "Hội trường xã"),
        ("Nơi đối thoại: Nhà văn hóa tổ 7", "Nhà văn hóa tổ 7"),
        ("Hồi 8 giờ, tại phòng họp số 1, trụ sở UBND xã Hà An, tỉnh X.", "phòng họp số 1, trụ sở UBND xã Hà An"),
        ("tại sân trụ sở ấp Vĩnh Lộc, xã Vĩnh Hòa, ông An", "sân trụ sở ấp Vĩnh Lộc"),
        ("Tối 11/5/2024, hội trường Công ty Đại Hòa, 18 giờ 30.", "hội trường Công ty Đại Hòa"),
        ("8h sáng, nhà văn hóa thôn Trung. Có mặt", None),
        ("lúc 7h30, nhà văn hóa thôn Trung. Có mặt", "nhà văn hóa thôn Trung"),
        ("Nơi tiếp công dân của UBND xã Hà An", "Nơi tiếp công dân của UBND xã Hà An"),
        ("lúc 8 giờ tại Địa điểm tiếp công dân xã Hà An.", "Địa điểm tiếp công dân xã Hà An"),
        ("UBND xã Tân Lợi, ngày 11/06/2026, 13h30", "UBND xã Tân Lợi"),
        ("Địa điểm: Hội trường Thị ủy Chủ trì: ông An", "Hội trường Thị ủy"),
        ("Hoi truong xa. Dia diem: nha van hoa thon 2. Chu tri", "nha van hoa thon 2"),
        ("BẢNG GHI NHẬN Ý KIẾN TẠI HỘI NGHỊ", None),
        ("Bà Tý dùng tài sản thế chấp vay vốn", None),
        ("Ý kiến của Nhân dân buôn Kla, thôn 8, thôn 10 đối thoại", None),
        ("", None),
    ],
)
def test_a_place_begins_after_its_cue_and_ends_before_what_is_no_place(head: str, place: str | None) -> None:
    assert read_venue(head) == place


def test_a_label_is_surer_than_a_word_before_it() -> None:
    assert read_venue("Các hộ ở khu tái định cư. Địa điểm: đình làng Hạ.") == "đình làng Hạ"

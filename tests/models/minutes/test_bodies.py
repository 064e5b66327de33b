"""Offices by their whole names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ydan.minutes.bodies import find_bodies
from ydan.minutes.words import Line


def bodies(text: str) -> list[str]:
    return [text[body.start : body.end] for body in find_bodies(Line.of(text))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Phòng Kinh tế, Hạ tầng và Đô thị lập dự toán", "Phòng Kinh tế, Hạ tầng và Đô thị"),
        ("Phòng Văn hóa - Xã hội kiểm tra", "Phòng Văn hóa - Xã hội"),
        ("Phòng Nông nghiệp và Phát triển nông thôn làm chủ đầu tư", "Phòng Nông nghiệp và Phát triển nông thôn"),
        ("Ủy ban Kiểm tra Đảng ủy kiểm tra hợp đồng", "Ủy ban Kiểm tra Đảng ủy"),
        ("Ban Chỉ huy phòng thủ dân sự xã đưa hai hộ đi", "Ban Chỉ huy phòng thủ dân sự xã"),
        ("Trung tâm Phục vụ hành chính công phường sẽ gọi", "Trung tâm Phục vụ hành chính công phường"),
        ("tổ hòa giải xóm Đông mời họ hàng", "tổ hòa giải xóm Đông"),
        ("Công an phường Đông Sơn chốt trực", "Công an phường Đông Sơn"),
        ("tổ dân phố 12 dọn sân", "tổ dân phố 12"),
        ("công chức tài chính kiểm tra sổ", "công chức tài chính"),
        ("đồng chí Huy lo sân chơi", "đồng chí Huy"),
        ("BQL khu công nghiệp làm việc", "BQL khu công nghiệp"),
        ("cong an xa xuong lap bien ban", "cong an xa"),
    ],
)
def test_a_name_is_taken_whole_and_no_further(text: str, name: str) -> None:
    """Verbs inside names stay, verbs after them do not belong."""
    assert bodies(text)[0] == name


@pytest.mark.parametrize(
    "text", ["Trường hợp này đã rõ", "Đối với xe chở cát", "bà con đừng lo", "bản đồ năm 1993", "chi trả sớm"]
)
def test_what_only_begins_like_an_office_is_none(text: str) -> None:
    """Whole syllables with their marks decide."""
    assert bodies(text) == []


def test_communes_and_people_are_told_apart() -> None:
    """They have a task only under further conditions."""
    xa, ong, phong = find_bodies(Line.of("xã mời ông Tạ Văn Mão, Phòng Kinh tế"))
    assert (xa.loose, ong.person, phong.loose, phong.person) == (True, True, False, False)


@given(st.text(max_size=120))
def test_any_text_can_be_asked(text: str) -> None:
    """Names lie inside the text, in order, apart."""
    end = 0
    for body in find_bodies(Line.of(text)):
        assert end <= body.start < body.end <= len(text)
        end = body.end

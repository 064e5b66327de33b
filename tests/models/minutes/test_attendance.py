"""How many people came, and how many were asked to."""

from __future__ import annotations

import pytest

from ydan.minutes.attendance import Attendance, read_attendance


@pytest.mark.parametrize(
    ("head", "present", "invited"),
    [
        ("Triệu tập 120, có mặt 113, vắng 7.", 113, 120),
        ("Mời 120, dự 104, vắng 16.", 104, 120),
        ("Giấy mời phát ra 350, có mặt 340 chị.", 340, 350),
        ("Số đại biểu có mặt: 88/95 đại biểu", 88, 95),
        ("Tổng số đại biểu tham dự: 1.315 người", 1315, None),
        ("Tham gia có 66 người.", 66, None),
        ("Và 76 đại biểu đại diện cho các hộ dân.", 76, None),
        ("Dự: 71 ng (t1: 30)", 71, None),
        ("Số người: 45", 45, None),
        ("Có 73 cử tri hai ấp.", 73, None),
        ("Nhân dân: 178 người, đa số là đồng bào Thái.", 178, None),
        ("Có 8 lượt công dân, tính cả người đi cùng là 21 người.", 21, None),
        ("Có 9 lượt công dân = 11 người, 4 đơn.", None, None),
        ("Khách mời 12 đồng chí; cử tri các thôn: 118 người.", None, None),
        ("Tổ đại biểu có mặt 3/4 vị.", None, None),
        ("Nhân dân trồng mới 210 ha rừng.", None, None),
        ("Số người được mời 80, đến dự 58 (mưa).", 58, 80),
        ("Đại biểu về dự lúc 8 giờ.", None, None),
        ("", None, None),
    ],
)
def test_numbers_of_people(head: str, present: int | None, invited: int | None) -> None:
    assert read_attendance(head) == Attendance(present, invited)

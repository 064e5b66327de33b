"""The day of the meeting."""

from __future__ import annotations

from datetime import date

import pytest

from ydan.minutes.day import read_day


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("Hôm nay, ngày 02 tháng 10 năm 2025", date(2025, 10, 2)),
        ("Kế hoạch số 21-KH/ĐU ngày 10/4/2023, hồi 7 giờ ngày 18/5/2023", date(2023, 5, 18)),
        ("Quyết định số\n88/QĐ-UBND ngày 14/6/2021\nLúc 14 giờ ngày 19/8/2021", date(2021, 8, 19)),
        ("Xét đơn đề ngày 05/4/2024.\nLúc 14 giờ, ngày 20 tháng 5 năm 2024", date(2024, 5, 20)),
        ("Thời gian: 8 giờ ngày 5.3.2026. Việc xong trước ngày 30/4/2026", date(2026, 3, 5)),
        ("Hà An, ngày 3 tháng 2 năm 2026\nHôm nay, ngày 2 tháng 2 năm 2026", date(2026, 2, 2)),
        ("Đối thoại năm 2026\nHồi 8 giờ ngày 15/7 tại thôn 4", date(2026, 7, 15)),
        ("Đối thoại năm 2026, kế hoạch năm 2025\nHồi 8 giờ ngày 15/7", None),
        ("Không có ngày nào; ngày 31/2/2026 không có", None),
        ("", None),
    ],
)
def test_the_day_that_the_words_before_it_claim(head: str, day: date | None) -> None:
    assert read_day(head) == day


def test_the_last_lines_are_asked_where_the_head_is_silent() -> None:
    assert read_day("BIÊN BẢN", "… Hội nghị kết thúc lúc 11 giờ ngày 4/5/2026.") == date(2026, 5, 4)

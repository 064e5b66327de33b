"""By when, in the words of minutes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ydan.minutes.deadlines import day_of, find_deadlines
from ydan.text import fold

MEETING = date(2026, 3, 2)  # a Monday


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("sửa xong trước ngày 30/4/2026.", "xong trước ngày 30/4/2026", date(2026, 4, 30)),
        ("hoàn thành trong quý II/2026", "hoàn thành trong quý II/2026", date(2026, 6, 30)),
        ("làm trong tháng 4", "trong tháng 4", date(2026, 4, 30)),
        ("chậm nhất ngày 10 tháng 5 năm 2026", "chậm nhất ngày 10 tháng 5 năm 2026", date(2026, 5, 10)),
        ("trong 10 ngày", "trong 10 ngày", date(2026, 3, 12)),
        ("trong mười ngày", "trong mười ngày", date(2026, 3, 12)),
        ("trong vòng hai tuần", "trong vòng hai tuần", date(2026, 3, 16)),
        ("trong 15 ngày làm việc", "trong 15 ngày làm việc", None),
        ("ngay trong tuần này", "ngay trong tuần này", None),
        ("trước mùa mưa", "trước mùa mưa", None),
        ("chiều nay", "chiều nay", MEETING),
        ("sáng mai", "sáng mai", date(2026, 3, 3)),
        ("thứ sáu phải xong", "thứ sáu", date(2026, 3, 6)),
        ("thứ hai tuần sau", "thứ hai tuần sau", date(2026, 3, 9)),
        ("phun trong hai ngày 25 và 26/3/2026", "25 và 26/3/2026", date(2026, 3, 26)),
    ],
)
def test_deadlines_are_read_with_the_day_where_one_can_be_told(text: str, words: str, day: date | None) -> None:
    """Working days, weeks and seasons stay words."""
    found = list(find_deadlines(text, MEETING))
    assert words in found[-1].words
    assert found[-1].day == day


@pytest.mark.parametrize(
    "text",
    [
        "đã lập biên bản ngày 12/02/2026",
        "đã trả lời ngày 15/1",
        "Quyết định năm 2011",
        "ông Vũ Văn Hai",
        "văn phòng đăng ký",
        "thứ ba hằng tuần",
        "dài 15/20 m đường",
        "",
    ],
)
def test_what_lies_behind_or_is_no_time_is_no_deadline(text: str) -> None:
    """The day of a paper, a year of the past, names, habits."""
    assert [one for one in find_deadlines(text, MEETING) if one.day is not None] == []


def test_without_the_day_of_the_meeting_whole_dates_are_still_told() -> None:
    """A short date has no year to stand in."""
    assert day_of("truoc ngay 30/4/2026", None) == date(2026, 4, 30)
    assert day_of("truoc 30/4", None) is None
    assert day_of("trong 10 ngay", None) is None


@given(st.text(max_size=80), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_any_text_can_be_asked(text: str, meeting: date) -> None:
    """Offsets are exact and no day lies before the meeting."""
    if len(fold(text)) != len(text):
        return
    for one in find_deadlines(text, meeting):
        assert text[one.start : one.end] == one.words
        assert one.day is None or one.day >= meeting

"""Who is to do what by when."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.models.text.hostile import HOSTILE
from ydan.minutes.tasks import column_task, read_tasks

MEETING = date(2026, 3, 2)


def said(text: str) -> list[tuple[str, str | None]]:
    return [(t.body, t.deadline.isoformat() if t.deadline else t.deadline_text) for t in read_tasks(text, 0, MEETING)]


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        ("Giao Công an xã lắp hai biển báo, xong trước ngày 30/4/2026.", [("Công an xã", "2026-04-30")]),
        ("Giao Phòng Kinh tế kiểm tra.", [("Phòng Kinh tế", None)]),
        (
            "Giao Công an xã và Phòng Kinh tế dọn bãi xe trước 15/3/2026.",
            [("Công an xã", "2026-03-15"), ("Phòng Kinh tế", "2026-03-15")],
        ),
        (
            "Giao Ban Chỉ huy quân sự xã đưa hai hộ đi ngay trong tuần, Phòng Kinh tế tìm đất trước ngày 20/4/2026.",
            [("Ban Chỉ huy quân sự xã", "ngay trong tuần"), ("Phòng Kinh tế", "2026-04-20")],
        ),
        (
            "Phòng Kinh tế đưa kiệt 62 vào danh sách tháng 7, xong trước ngày 31/7/2026.",
            [("Phòng Kinh tế", "2026-07-31")],
        ),
        ("Trước ngày 10/4/2026 Phòng Quản lý đô thị lắp gờ giảm tốc.", [("Phòng Quản lý đô thị", "2026-04-10")]),
        ("Trạm Y tế xã phun hóa chất trong 10 ngày.", [("Trạm Y tế xã", "2026-03-12")]),
        ("Việc này do Phòng Kinh tế chủ trì, chậm nhất ngày 20/3/2026.", [("Phòng Kinh tế", "2026-03-20")]),
        ("Mời thôn Tả Phìn cử người cùng làm việc ngày 20/4/2026.", [("thôn Tả Phìn", "2026-04-20")]),
        ("Giao UBND xã mời Hạt Kiểm lâm kiểm tra trước ngày 30/3/2026.", [("UBND xã", "2026-03-30")]),
        ("giao phong kinh te kiem tra, bao cao truoc ngay 20/3/2026", [("phong kinh te", "2026-03-20")]),
    ],
)
def test_tasks_are_read(text: str, tasks: list[tuple[str, str | None]]) -> None:
    """Charged offices, offices that act by a deadline, several in one sentence, without diacritics."""
    assert said(text) == tasks


@pytest.mark.parametrize(
    "text",
    [
        "Công an xã đã lập biên bản ngày 12/02/2026.",
        "Xã đang chờ vốn của tỉnh.",
        "Đề nghị bà con gửi đơn trước ngày 20/3/2026.",
        "Xã đã mời Điện lực khảo sát vào ngày 18/3/2026.",
        "Đường thuộc thẩm quyền của Sở Xây dựng.",
        "Mời ông Tạ Văn Mão ở lại sau hội nghị.",
        "Xã ghi nhận.",
        "Phòng Kinh tế sẽ nghiên cứu.",
        "",
    ],
)
def test_what_is_done_or_asked_of_citizens_is_no_task(text: str) -> None:
    """Nor is a promise without a deadline."""
    assert said(text) == []


def test_spans_are_offsets_into_the_extract() -> None:
    """The answer stands somewhere in the minutes."""
    before = "Trả lời: "
    text = "Đã rõ. Giao Công an xã xử lý trước ngày 20/3/2026."
    (task,) = read_tasks(text, len(before), MEETING)
    start, end = task.span
    assert (before + text)[start:end] == "Giao Công an xã xử lý trước ngày 20/3/2026."
    assert task.what == "xử lý trước ngày 20/3/2026"


def test_columns_of_a_table_make_a_task() -> None:
    """The deadline column is read like words."""
    task = column_task("Công an xã", "Sẽ xử lý.", "15/3", (3, 12), MEETING)
    assert (task.body, task.deadline_text, task.deadline) == ("Công an xã", "15/3", date(2026, 3, 15))
    assert column_task("Công an xã", "Sẽ xử lý.", None, (3, 12), MEETING).deadline is None


@pytest.mark.parametrize("text", [text for _name, text in HOSTILE], ids=[name for name, _text in HOSTILE])
def test_hostile_text_is_read(text: str) -> None:
    """Spans lie inside the text, and 100,000 characters take no minute."""
    for task in read_tasks(text, 0, MEETING):
        assert 0 <= task.span[0] < task.span[1] <= len(text)


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    """No error, spans inside, bodies are words of the text."""
    for task in read_tasks(text, 0, MEETING):
        assert task.body in text
        assert 0 <= task.span[0] < task.span[1] <= len(text)

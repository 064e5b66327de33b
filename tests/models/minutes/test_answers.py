"""Replies as answers, with links and tasks."""

from __future__ import annotations

from datetime import date

from tests.models.minutes.small import MINUTES, lines, read, table

LONG = "Đường vào thôn lầy lội quanh năm, mưa xuống là ngập, đề nghị xã làm sớm."


def test_answers_by_number_and_by_name_find_their_opinions() -> None:
    """Links go both ways."""
    minutes = read(lines(*MINUTES))
    assert [(answer.id, answer.opinions) for answer in minutes.answers] == [("a1", ("1",)), ("a2", ("2",))]
    assert [opinion.answers for opinion in minutes.opinions] == [("a1",), ("a2",)]


def test_tasks_have_the_meeting_to_count_from() -> None:
    """“Xong trước ngày 30/4/2026”, and whose it is."""
    (task,) = read(lines(*MINUTES)).answers[0].tasks
    assert (task.body, task.deadline) == ("Phòng Kinh tế", date(2026, 4, 30))


def test_an_answer_in_a_table_speaks_of_its_row_alone() -> None:
    """Even when another row has the same words."""
    minutes = read(
        table(
            [
                ["TT", "Họ tên", "Ý kiến", "Trả lời"],
                ["1", "Tạ Văn Mão", LONG, "Ghi nhận, sẽ trả lời sau."],
                ["2", "Lê Thị Sen", LONG, "Đường này xã làm trong quý này."],
            ]
        )
    )
    assert [answer.opinions for answer in minutes.answers] == [("1",), ("2",)]


def test_columns_of_offices_and_days_are_tasks() -> None:
    """The words say nothing of either."""
    minutes = read(
        table(
            [
                ["TT", "Ý kiến", "Trả lời", "Đơn vị chủ trì", "Thời hạn"],
                ["1", LONG, "Sẽ rải đá.", "Phòng Kinh tế", "15/4/2026"],
            ],
            before=("BIÊN BẢN", "Thời gian: 8 giờ ngày 02 tháng 3 năm 2026."),
        )
    )
    (task,) = minutes.answers[0].tasks
    assert (task.body, task.what, task.deadline) == ("Phòng Kinh tế", "Sẽ rải đá.", date(2026, 4, 15))


def test_in_a_dialogue_an_answer_speaks_of_what_stands_before_it() -> None:
    """Question and answer in turn, without a shared word."""
    minutes = read(
        lines(
            "BIÊN BẢN",
            "II. Ý KIẾN CỦA NHÂN DÂN",
            "Ông Tạ Văn Mão: Đường lầy lội quanh năm.",
            "III. TRẢ LỜI",
            "Xã đang chờ vốn của tỉnh.",
            "IV. Ý KIẾN CỦA NHÂN DÂN",
            "Bà Lê Thị Sen: Điện yếu, tối không nấu được cơm.",
            "V. TRẢ LỜI",
            "Sẽ thay máy trong tháng tới.",
        )
    )
    assert [answer.opinions for answer in minutes.answers] == [("1",), ("2",)]


def test_answers_without_opinions_are_kept() -> None:
    """A conclusion alone."""
    minutes = read(lines("KẾT LUẬN", "Giao Công an xã xử lý xong trước ngày 30/4/2026."))
    assert minutes.opinions == ()
    assert [answer.opinions for answer in minutes.answers] == [()]

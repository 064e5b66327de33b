"""How far an opinion has come."""

from __future__ import annotations

import pytest

from tests.conftest import Ask
from ydan.assessment import Failure
from ydan.documents.status import derive, labels, suspicious, urgencies
from ydan.rules import URGENCIES

ROAD = "Rãnh thoát nước ngõ 5 tắc, đề nghị xã nạo vét."
UNKNOWN = Failure("1", "not_assessed", "")


def status(ask: Ask, text: str, *replies: str, charged: bool = False, dated: bool = False) -> str:
    return derive(ask(text), replies, charged=charged, dated=dated, host_level="commune").code


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        ("Xã đã nạo vét rãnh hôm 02/3.", "da_giai_quyet"),
        ("Việc này đã khắc phục xong.", "da_giai_quyet"),
        ("Chưa khắc phục xong, xã đang làm.", "dang_giai_quyet"),
        ("Xã sẽ khắc phục xong trong tháng 4.", "dang_giai_quyet"),
        ("Đã hoàn thành khảo sát, chờ kinh phí.", "dang_giai_quyet"),
        ("Đã hoàn thành một phần, đoạn còn lại làm tiếp trong quý II.", "dang_giai_quyet"),
        ("Theo quy định, rãnh trong ngõ do hộ dân tự khơi thông.", "da_giai_thich"),
        ("Việc này vượt thẩm quyền của xã, xã kiến nghị Sở Xây dựng.", "kien_nghi_cap_tren"),
        ("Xã đề nghị công ty thoát nước xuống làm.", "chuyen_co_quan_khac"),
        ("da khac phuc xong roi", "da_giai_quyet"),
    ],
)
def test_words_of_the_answer_decide_a_matter_of_the_host(ask: Ask, reply: str, code: str) -> None:
    """Negation, the future and half-done work are not done."""
    assert status(ask, ROAD, reply) == code


def test_no_answer_means_not_answered(ask: Ask) -> None:
    """Not: settled."""
    assert status(ask, ROAD) == "chua_tra_loi"


def test_a_charge_keeps_it_open_even_where_something_is_done(ask: Ask) -> None:
    """Done in part, and somebody is to go on by a day."""
    reply = "Đã sửa xong đoạn đầu. Giao Phòng Kinh tế làm tiếp trước ngày 30/4/2026."
    assert status(ask, ROAD, reply, charged=True, dated=True) == "dang_giai_quyet"


def test_a_matter_above_the_host_goes_up_and_an_outside_one_sideways(ask: Ask) -> None:
    """Answered or not."""
    assert status(ask, "Đường tỉnh ĐT390 nhiều ổ gà, đề nghị sửa.") == "kien_nghi_cap_tren"
    pole = "Trạm biến áp thôn Hạ quá tải, đề nghị điện lực nâng công suất."
    assert status(ask, pole, "Xã ghi nhận.") == "chuyen_co_quan_khac"


def test_a_danger_that_the_host_works_on_stays_with_the_host(ask: Ask) -> None:
    """It is reported upward beside that, by a letter."""
    text = "Cây đa trước trường tiểu học mục gốc sắp đổ đè vào lớp học, nguy hiểm tính mạng các cháu."
    assessment = ask(text)
    assert assessment.escalation.required
    found = derive(assessment, ["Giao Phòng Kinh tế chặt hạ ngay."], charged=True, dated=False, host_level="commune")
    assert found.code == ("dang_giai_quyet" if assessment.jurisdiction.level.id == "commune" else found.code)


def test_complaints_and_denunciations_are_guided(ask: Ask) -> None:
    """Whatever was answered."""
    assert status(ask, "Tôi khiếu nại việc xã từ chối xác nhận hồ sơ đất của gia đình tôi.") == "huong_dan_kn_tc"


def test_an_unassessed_opinion_has_a_status_too() -> None:
    """From its answers."""
    found = derive(UNKNOWN, ["Đã sửa xong."], charged=False, dated=False, host_level="commune")
    assert found.code == "da_giai_quyet"
    assert "đã sửa" in found.because


def test_every_status_and_urgency_has_a_label() -> None:
    """Seven codes; the urgencies of the rules."""
    assert len(labels()) == 7
    assert set(URGENCIES) == set(urgencies()) - {None}


def test_accusing_words_are_noticed() -> None:
    """For what no model has read."""
    assert suspicious("Tôi tố cáo ông A.") == "tố cáo"
    assert suspicious("Đèn hỏng.") is None

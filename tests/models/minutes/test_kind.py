"""What kind of meeting it was, and when a secretary is warned."""

from __future__ import annotations

import pytest

from tests.models.minutes.test_meeting import extract_of
from ydan.minutes.kind import Kind, read_kind
from ydan.minutes.meeting import read_meeting
from ydan.minutes.records import MEETING_TYPES

TXDT = "BIÊN BẢN\nHội nghị tiếp xúc, đối thoại giữa Chủ tịch UBND xã với Nhân dân"
VOTERS = (
    "\nĐại biểu HĐND xã Lê An báo cáo dự kiến nội dung kỳ họp thứ Tư.\nCử tri Vũ Mão: đường lầy."
    "\nCử tri Hà Tý: đèn tắt.\nCử tri Lý Sửu: nước đục."
)
RECEPTION = (
    "\nTại phòng tiếp công dân có 5 lượt công dân, đều trình căn cước."
    "\nBà Tý nộp đơn đề nghị, xã thụ lý. Ông Sửu có đơn khiếu nại."
)
COMPLAINT = (
    "\nNgười khiếu nại: ông Mão. Người bị khiếu nại: Chủ tịch UBND xã.\nTổ xác minh đọc báo cáo xác minh."
    "\nNội dung khiếu nại: Quyết định số 12/QĐ-UBND ngày 3/2/2026."
)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("BIÊN BẢN Hội nghị tiếp xúc, đối thoại với Nhân dân", "txdt"),
        ("BB TXĐT thôn 4", "txdt"),
        ("BIEN BAN hoi nghi doi thoai voi nong dan", "txdt"),
        ("BIÊN BẢN Hội nghị lắng nghe ý kiến Nhân dân", "txdt"),
        ("BIÊN BẢN Hội nghị tiếp xúc cử tri trước kỳ họp thứ Ba", "txct"),
        ("BB TXCT", "txct"),
        ("SỔ TIẾP CÔNG DÂN", "tcd"),
        ("Sổ tiếp dân tháng 3", "tcd"),
        ("BIÊN BẢN ĐỐI THOẠI Giải quyết khiếu nại lần đầu", "complaint_dialogue"),
        ("BIÊN BẢN đối thoại với người khiếu nại", "complaint_dialogue"),
        ("Biên bản giao ban", "unclear"),
    ],
)
def test_the_title_names_the_kind(title: str, kind: str) -> None:
    assert read_kind(title, "") == Kind(kind, ())
    assert kind in (*MEETING_TYPES, "unclear")


@pytest.mark.parametrize(
    ("text", "kind"),
    [(VOTERS, "txct"), (RECEPTION, "tcd"), (COMPLAINT, "complaint_dialogue"), ("Không có gì.", "unclear")],
)
def test_without_a_telling_title_the_words_decide(text: str, kind: str) -> None:
    assert read_kind("BIÊN BẢN", text) == Kind(kind, ())


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (VOTERS, "voter_meeting", "Cử tri"),
        (RECEPTION, "citizen_reception", "phòng tiếp công dân"),
        (COMPLAINT, "complaint_dialogue", "Người khiếu nại"),
    ],
)
def test_a_dialogue_by_name_that_is_another_meeting_by_its_words_warns_and_points(
    text: str, code: str, words: str
) -> None:
    extract = extract_of(TXDT + text)
    meeting = read_meeting(extract, len(extract.text))
    assert meeting.meeting_type == "mixed"
    (warning,) = meeting.warnings
    assert warning.code == code
    assert warning.span is not None
    assert extract.text[slice(*warning.span)] == words
    assert "Hãy kiểm tra lại loại hội nghị" in warning.message


def test_a_meeting_with_voters_that_is_called_a_dialogue_too_warns() -> None:
    title = "Hội nghị tiếp xúc cử tri và đối thoại trực tiếp với Nhân dân"
    text = "Hội nghị đối thoại trực tiếp của người đứng đầu cấp ủy.\nCử tri phát biểu."
    kind = read_kind(title, text)
    assert (kind.meeting_type, [warning.code for warning in kind.warnings]) == ("mixed", ["voter_meeting"])


@pytest.mark.parametrize(
    "text",
    [
        "\nCảm ơn cử tri và Nhân dân đã về dự.",
        "\nThành phần: Ủy ban MTTQ xã, các đoàn thể, đại biểu HĐND xã dự.",
        "\nĐại biểu HĐND tỉnh, đại biểu HĐND xã cùng dự; cử tri quan tâm.",
        "\nCụ Trí nói. Cụ Trí hỏi thêm. Cụ Trí cảm ơn. Tổ đại biểu số 1 dự.",
        "\nÔng Mão hỏi việc nộp đơn ở bộ phận tiếp công dân; xe phải đăng kiểm định kỳ.",
        "\nBà Tý hỏi đơn vị thi công, đơn giá, đơn thuốc, đơn vị quản lý; trụ sở tiếp công dân xuống cấp; định kỳ.",
        "\nÔng Sửu hỏi bao giờ giải quyết khiếu nại lần đầu theo Luật Khiếu nại.",
    ],
)
def test_a_passing_mention_does_not_warn(text: str) -> None:
    extract = extract_of(TXDT + text)
    meeting = read_meeting(extract, len(extract.text))
    assert (meeting.meeting_type, meeting.warnings) == ("txdt", ())

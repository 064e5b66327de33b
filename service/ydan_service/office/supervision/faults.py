"""The faults that supervision names: a short name for tables, what should be done about it, how heavy it weighs.

The sentence of a single case, with its numbers, is made where the case is judged (:mod:`.meeting_check`, :mod:`.year`).
"""

from __future__ import annotations

from typing import NamedTuple


def N_(message: str) -> str:  # noqa: N802 (gettext's own name for: translate this later)
    """Mark a sentence that a page translates."""
    return message


SEVERITIES = {"breach": N_("Vi phạm quy định"), "remark": N_("Hạn chế"), "note": N_("Lưu ý")}
"""``breach``: a term or number of a law or regulation was not kept; ``remark``: work that was left undone; ``note``:
something that others owe the commune."""


class Fault(NamedTuple):
    """``label`` names it in a table, ``advice`` is the recommendation that a report draws from it."""

    id: str
    label: str
    severity: str
    advice: str


_ALL = (
    Fault("too_few", N_("Không đủ số cuộc"), "breach",
          N_("Tổ chức đủ số cuộc tiếp xúc, đối thoại trong năm theo quy định; đưa vào kế hoạch ngay từ đầu năm.")),
    Fault("plan_missed", N_("Không thực hiện kế hoạch"), "remark",
          N_("Tổ chức bù các cuộc đã có trong kế hoạch; khi hoãn hoặc hủy phải nêu lý do và báo cho Nhân dân biết.")),
    Fault("held_late", N_("Chậm so với kế hoạch"), "remark",
          N_("Thực hiện đúng thời gian đã ghi trong kế hoạch; khi dời ngày phải ghi lý do.")),
    Fault("voter_meeting", N_("Nhầm với tiếp xúc cử tri"), "breach",
          N_("Phân biệt rõ tiếp xúc, đối thoại của người đứng đầu với tiếp xúc cử tri của đại biểu; "
             "không lồng ghép, không dùng cuộc này thay cuộc kia.")),
    Fault("other_meeting", N_("Nhầm với tiếp công dân, giải quyết khiếu nại"), "breach",
          N_("Tách việc tiếp công dân, đối thoại giải quyết khiếu nại khỏi cuộc tiếp xúc, đối thoại với Nhân dân.")),
    Fault("notice_late", N_("Thông báo muộn"), "breach",
          N_("Thông báo thời gian, địa điểm, nội dung đối thoại cho Nhân dân đủ số ngày theo quy định.")),
    Fault("attendance_low", N_("Người dự thấp"), "remark",
          N_("Đổi mới cách mời, chọn thời gian và địa điểm thuận lợi để nhiều người dân đến dự.")),
    Fault("conclusion_missing", N_("Chưa công bố kết luận"), "breach",
          N_("Ban hành và công bố ngay thông báo kết luận của các cuộc còn thiếu.")),
    Fault("conclusion_late", N_("Công bố kết luận chậm"), "breach",
          N_("Công bố kết luận đúng hạn: trên đài truyền thanh, tại trụ sở, gửi trưởng thôn, tổ trưởng tổ dân phố.")),
    Fault("lists_missing", N_("Thiếu ba danh mục"), "remark",
          N_("Nêu đủ ba danh mục trong thông báo kết luận: việc đã giải quyết, việc đang giải quyết, "
             "việc kiến nghị cấp trên hoặc cơ quan khác.")),
    Fault("charges_missing", N_("Chưa giao việc, chưa định hạn"), "remark",
          N_("Ghi rõ cơ quan được giao và thời hạn của mỗi việc đang giải quyết.")),
    Fault("unanswered", N_("Chưa trả lời người dân"), "breach",
          N_("Trả lời, thông báo kết quả xử lý cho người nêu ý kiến đúng hạn.")),
    Fault("answers_overdue", N_("Quá hạn giải quyết"), "remark",
          N_("Rà soát các ý kiến đã quá hạn giải quyết; báo cáo nguyên nhân và định lại thời hạn cụ thể.")),
    Fault("not_reviewed", N_("Chưa soát hết ý kiến"), "remark",
          N_("Soát, phân loại hết ý kiến trong biên bản trước khi ra thông báo kết luận.")),
    Fault("replies_overdue", N_("Nơi nhận chậm trả lời"), "note",
          N_("Đôn đốc cấp trên, cơ quan đã nhận văn bản sớm trả lời để thông báo lại cho Nhân dân.")),
)  # fmt: skip
FAULTS = {fault.id: fault for fault in _ALL}
"""Id → fault, in the order of reports."""

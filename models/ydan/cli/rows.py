"""An assessment as a person reads it: lines under an opinion, or one row of a table."""

from __future__ import annotations

import re
import textwrap
from typing import Any

from ydan.assessment import Assessment, Failure

COLUMNS = (
    "STT",
    "Nội dung",
    "Lĩnh vực",
    "Độ tin cậy",
    "Việc",
    "Loại",
    "Cấp thẩm quyền",
    "Cơ quan",
    "Căn cứ",
    "Báo lên trên",
    "Lý do",
    "Mức khẩn",
    "Chuyển ngang",
    "Cần xem lại",
    "Lỗi",
)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
URGENCY = {
    "immediate": "Ngay, trong 24 giờ",
    "soon": "Trong 3 ngày làm việc",
    "with_conclusion": "Cùng thông báo kết luận",
    "periodic": "Theo báo cáo định kỳ",
    None: "",
}


def summary(answer: Assessment) -> list[tuple[str, str]]:
    """What a person wants to see of an assessment, as ``(name, value)`` lines."""
    judged, up = answer.jurisdiction, answer.escalation
    lines = [("Lĩnh vực", f"{answer.topic.label} ({answer.topic.confidence:.0%})")]
    if answer.matter is not None:
        lines.append(("Việc", f"{answer.matter.label} ({answer.matter.confidence:.0%})"))
    lines.append(("Loại", f"{answer.type.label} ({answer.type.confidence:.0%})"))
    lines.append(("Thẩm quyền", f"{judged.level.label} – {judged.body.label} ({judged.level.confidence:.0%})"))
    lines.append(("Căn cứ", judged.basis))
    if up.required:
        to = f" → {up.to_body.label}" if up.to_body is not None else ""
        lines.append(("BÁO LÊN TRÊN", f"{URGENCY[up.urgency]}{to}"))
        for reason in up.reasons:
            begin, end = reason.span
            words = textwrap.shorten(answer.text[begin:end], 80, placeholder=" …")
            lines.append(("", f"• {reason.label}: “{words}” – {reason.basis}"))
    if up.transfer:
        lines.append(("CHUYỂN NGANG", judged.body.label))
    if up.confidential:
        lines.append(("GIỮ KÍN", "Không đưa tên, địa chỉ người nêu vào danh sách, thông báo"))
    if answer.review:
        lines.append(("Cần xem lại", "; ".join(reason.label for reason in answer.review)))
    return lines


def row_cells(answer: Assessment | Failure, prefix: str) -> list[str]:
    """One row of ``COLUMNS``."""
    if isinstance(answer, Failure):
        return [prefix + answer.id, *[""] * (len(COLUMNS) - 2), answer.message]
    judged, up = answer.jurisdiction, answer.escalation
    return [
        prefix + answer.id,
        answer.text,
        answer.topic.label,
        f"{answer.topic.confidence:.2f}",
        answer.matter.label if answer.matter else "",
        answer.type.label,
        judged.level.label,
        judged.body.label,
        judged.basis,
        "x" if up.required else "",
        "; ".join(reason.label for reason in up.reasons),
        URGENCY[up.urgency],
        "x" if up.transfer else "",
        "; ".join(reason.label for reason in answer.review),
        "",
    ]


def safe_cell(value: str) -> str:
    """A cell that a spreadsheet takes as text: a leading ``=``, ``+``, ``-`` or ``@`` would run as a formula."""
    return f"'{value}" if value[:1] in {"=", "+", "-", "@", "\t", "\r"} else value


def printable(value: Any) -> str:
    """Without what a spreadsheet file cannot hold and a terminal would obey: controls, halves of characters."""
    return _UNPRINTABLE.sub("", str(value))

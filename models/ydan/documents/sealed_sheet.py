"""The sealed list: what is confidential, for the person in charge alone, without who said it."""

from __future__ import annotations

from typing import Any

from ydan.documents.context import common
from ydan.documents.counts import count_up
from ydan.documents.dossier import Dossier
from ydan.documents.form import Form
from ydan.documents.item import Item
from ydan.documents.office import load
from ydan.documents.sheets import Sheet
from ydan.documents.status import urgencies
from ydan.documents.wording import blank, official

_COLUMNS = (
    ("STT", 6),
    ("Nội dung (đã bỏ tên, địa chỉ người nêu)", 46),
    ("Lĩnh vực", 18),
    ("Loại", 10),
    ("Lý do mật", 20),
    ("Nơi có thẩm quyền", 20),
    ("Mức khẩn", 14),
    ("Vị trí trong biên bản gốc", 14),
)


def sealed_book(dossier: Dossier, form: Form) -> Any:
    """The workbook. Who needs the speaker looks the place up in the minutes that the office keeps."""
    head = common(dossier, form, count_up(dossier), "DS")
    book = load("openpyxl").Workbook()
    sheet = Sheet(book.active, [width for _head, width in _COLUMNS])
    book.active.title = "Danh sách mật"
    sheet.line("MẬT", bold=True, middle=False, size=14)
    sheet.line("DANH SÁCH NỘI DUNG XỬ LÝ THEO CHẾ ĐỘ MẬT", bold=True, size=15)
    sheet.line(f"tại {head['meeting_name']} {head['meeting_day']}", bold=True)
    sheet.line("(Chỉ người được giao xử lý được xem; không sao chụp, không chuyển tiếp.)", italic=True, size=11)
    at = sheet.write([name for name, _width in _COLUMNS], bold=True, centered="all", fill="F8CBAD")
    sheet.heads(at, at, f"A{at + 1}")
    for number, item in enumerate(dossier.confidential, 1):
        sheet.write([number, *_row(item)], centered=(0,))
    sheet.finish(sheet.row)
    return book


def _row(item: Item) -> list[str]:
    place = item.raised.source.place
    where = [
        f"trang {place.page}" if place.page else "",
        f"đoạn {place.paragraph}" if place.paragraph else "",
        place.cell or "",
    ]
    found = "; ".join(filter(None, where)) or f"ký tự {item.raised.source.start}"
    judged = item.judged
    if judged is None:
        words = "Chưa phân loại được, có dấu hiệu tố cáo"
        return [item.text, blank("lĩnh vực"), blank("loại"), words, blank("nơi có thẩm quyền"), "", found]
    up = judged.escalation
    to = up.to_body or judged.jurisdiction.body
    reasons = "; ".join(reason.label for reason in up.reasons) or judged.type.label
    return [
        item.text,
        official(judged.topic.label),
        official(judged.type.label),
        official(reasons),
        official(to.label),
        urgencies()[up.urgency],
        found,
    ]

"""*Biểu tổng hợp ý kiến, kiến nghị* as a spreadsheet, with a sheet of figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ydan.documents.context import common
from ydan.documents.counts import Counts, count_up
from ydan.documents.dossier import Dossier
from ydan.documents.form import Form
from ydan.documents.office import load
from ydan.documents.rows import groups
from ydan.documents.sheets import Sheet

COLUMNS = (
    ("STT", 5, "number"),
    ("Người nêu (mã/đã che)", 10, "speaker"),
    ("Thôn/TDP", 11, "place"),
    ("Nội dung (tóm tắt)", 36, "text"),
    ("Loại", 10, "type"),
    ("Lĩnh vực", 15, "topic"),
    ("Thẩm quyền: cấp", 9, "level"),
    ("Thẩm quyền: cơ quan", 15, "body"),
    ("Trả lời tại hội nghị", 30, "reply"),
    ("Cơ quan được giao", 13, "charged_or_blank"),
    ("Thời hạn", 11, "deadline_or_blank"),
    ("Tình trạng", 11, "status"),
    ("Kiến nghị cấp trên (x)", 8, "up"),
    ("Lý do kiến nghị cấp trên", 13, "up_reason"),
    ("Số ý kiến trùng", 7, "alike"),
    ("Ghi chú", 16, "note"),
)
"""Head, width in characters, field of :func:`ydan.documents.rows.row`."""
_GREY, _BLUE = "F2F2F2", "DDEBF7"


def summary_book(dossier: Dossier, form: Form) -> Any:
    """The workbook; its second sheet has the figures."""
    counts = count_up(dossier)
    head = common(dossier, form, counts, "BTH")
    book = load("openpyxl").Workbook()
    sheet = Sheet(book.active, [width for _head, width, _field in COLUMNS])
    book.active.title = "Biểu tổng hợp"
    sheet.line(form.organ.upper() if "[" not in form.organ else form.organ, bold=True, middle=False, size=12)
    sheet.line("BIỂU TỔNG HỢP Ý KIẾN, KIẾN NGHỊ", bold=True, size=15)
    sheet.line(f"tại {head['meeting_name']} {head['meeting_day']}", bold=True)
    left = [item for item in dossier.public if not (item.confirmed and item.decided)]
    if left:
        what = "Tình" if len(left) == len(dossier.public) else f"{len(left)} ý kiến chưa được xác nhận: tình"
        sheet.line(
            f"({what} trạng, thẩm quyền và lĩnh vực là dự thảo do phần mềm gợi ý; người được giao xác nhận trước "
            "khi sử dụng.)",
            italic=True,
            size=11,
        )
    names = [name for name, _width, _field in COLUMNS]
    names[1] = "Người nêu (mã/đã che)" if dossier.names == "code" else "Người nêu"
    at = sheet.write(names, bold=True, centered="all", fill=_BLUE)
    sheet.heads(at, at, f"C{at + 1}")
    for group in groups(dossier):
        title = f"{group['title']} ({group['total']} ý kiến)"
        sheet.write([title, *[""] * (len(COLUMNS) - 1)], bold=True, fill=_GREY, wrap=False)
        for one in group["rows"]:
            sheet.write([one[field] for _head, _width, field in COLUMNS], centered=(0, 12, 14))
    last = sheet.row
    sheet.write([f"TỔNG CỘNG: {counts.public} ý kiến", *[""] * (len(COLUMNS) - 1)], bold=True, fill=_GREY, wrap=False)
    if counts.hidden:
        sheet.line(head["hidden_note"], italic=True, middle=False, size=11)
    sheet.finish(last)
    _figures(book.create_sheet("Số liệu"), counts)
    return book


def _figures(tab: Any, counts: Counts) -> None:
    sheet = Sheet(tab, (70, 14))
    sheet.line("SỐ LIỆU TỔNG HỢP", bold=True, size=14)
    blocks: list[tuple[str, Mapping[str, int]]] = [
        ("Theo lĩnh vực", counts.topics),
        ("Theo loại ý kiến", counts.types),
        ("Theo cấp có thẩm quyền", counts.levels),
        ("Theo tình trạng", counts.statuses),
    ]
    for title, table in blocks:
        sheet.write([title, "Số ý kiến"], bold=True, centered="all", fill=_BLUE)
        for name, number in table.items():
            sheet.write([name, number], centered=(1,))
        sheet.write(["Cộng", sum(table.values())], bold=True, centered=(1,), fill=_GREY)
        sheet.write(["", ""], border=False)
    sheet.write(["Số ý kiến nêu trong biểu", counts.public], centered=(1,))
    sheet.write(["Số nội dung xử lý theo chế độ mật (không nêu chi tiết)", counts.hidden], centered=(1,))
    sheet.write(["TỔNG SỐ LƯỢT Ý KIẾN", counts.total], bold=True, centered=(1,), fill=_GREY)
    sheet.finish(sheet.row)
    tab.page_setup.orientation = "portrait"

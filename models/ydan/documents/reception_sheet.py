"""The book of citizen reception, Mẫu số 03/TCD (NĐ 154/2026/NĐ-CP): thirteen columns."""

from __future__ import annotations

from typing import Any

from ydan.documents.context import common
from ydan.documents.counts import count_up
from ydan.documents.dossier import SETTLED, Dossier
from ydan.documents.form import Form
from ydan.documents.item import Item
from ydan.documents.letters import addressees
from ydan.documents.office import load
from ydan.documents.rows import row
from ydan.documents.sheets import Sheet
from ydan.documents.wording import blank, day
from ydan.taxonomy import load_taxonomy

COLUMNS = (
    ("Số thứ tự", 6),
    ("Ngày tiếp", 12),
    ("Họ tên, địa chỉ của công dân", 20),
    ("Số định danh cá nhân/CMND/Hộ chiếu", 16),
    ("Nội dung vụ việc", 42),
    ("Phân loại đơn", 14),
    ("Số người có cùng nội dung", 10),
    ("Cơ quan đã giải quyết", 18),
    ("Thuộc thẩm quyền, thụ lý để giải quyết", 13),
    ("Hướng dẫn, trả lại đơn", 13),
    ("Chuyển đơn đến cơ quan có thẩm quyền", 20),
    ("Theo dõi kết quả giải quyết", 18),
    ("Ghi chú", 20),
)
_HANDLING = (8, 10)
_KINDS = {"complaint": "Khiếu nại", "denunciation": "Tố cáo"}
_BLUE = "DDEBF7"


def reception_book(dossier: Dossier, form: Form) -> Any:
    """The workbook; column 4 stays empty, personal numbers are never taken over from minutes."""
    head = common(dossier, form, count_up(dossier), "STCD")
    book = load("openpyxl").Workbook()
    sheet = Sheet(book.active, [width for _head, width in COLUMNS])
    tab = book.active
    tab.title = "Sổ tiếp công dân"
    sheet.line("Mẫu số 03/TCD", italic=True, middle=False, size=11)
    sheet.line("SỔ TIẾP CÔNG DÂN", bold=True, size=15)
    sheet.line(f"{form.organ} – {head['meeting_name']} {head['meeting_day']}", size=12)
    names = [name for name, _width in COLUMNS]
    upper = [*names[: _HANDLING[0]], "Hướng xử lý", "", "", *names[_HANDLING[1] + 1 :]]
    first = sheet.write(upper, bold=True, centered="all", fill=_BLUE)
    sheet.write(
        [name if _HANDLING[0] <= at <= _HANDLING[1] else "" for at, name in enumerate(names)],
        bold=True,
        centered="all",
        fill=_BLUE,
    )
    for at in range(1, len(COLUMNS) + 1):
        if not _HANDLING[0] < at <= _HANDLING[1] + 1:
            tab.merge_cells(start_row=first, end_row=first + 1, start_column=at, end_column=at)
    tab.merge_cells(start_row=first, end_row=first, start_column=_HANDLING[0] + 1, end_column=_HANDLING[1] + 1)
    last_head = sheet.write([f"({at})" for at in range(1, len(COLUMNS) + 1)], italic=True, centered="all")
    tab.row_dimensions[first].height = 18
    tab.row_dimensions[first + 1].height = 76
    sheet.heads(first, last_head, f"A{last_head + 1}")
    for item in dossier.public:
        sheet.write(_row(item, dossier, form), centered=(0, 1, 3, 6, 8, 9))
    last = sheet.row
    if head["hidden_note"]:
        sheet.line(head["hidden_note"], italic=True, middle=False, size=11)
    sheet.finish(last)
    return book


def _row(item: Item, dossier: Dossier, form: Form) -> list[object]:
    judged, guided = item.judged, item.status.code == "huong_dan_kn_tc"
    known = judged.jurisdiction.level.id if judged else "unclear"
    away = [to for _way, to in addressees(item, dossier.host_level)]
    own = known not in ("unclear", "external") and not load_taxonomy().is_above(known, dossier.host_level)
    shown = row(item, dossier)
    result = f"{item.status.label}. {shown['reply_brief']}" if shown["reply_brief"] else item.status.label
    return [
        item.number,
        day(dossier.meeting.date) or blank("ngày tiếp"),
        ", ".join(part for part in (item.speaker, item.place) if part),
        "",
        item.text,
        _KINDS.get(judged.type.id, "Kiến nghị, phản ánh") if judged else blank("phân loại"),
        item.alike + 1,
        form.organ if item.status.code in SETTLED else "",
        "x" if own and not guided else "",
        "x" if guided else "",
        "" if guided else "; ".join(away),
        result,
        shown["note"],
    ]

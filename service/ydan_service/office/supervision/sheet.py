"""The year as a spreadsheet: the table, every session with every rule, and the faults one a row."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from ydan.documents.office import load
from ydan.documents.sheets import Sheet
from ydan_service.office.supervision.checks import NAMES, STATES
from ydan_service.office.supervision.columns import COLUMNS
from ydan_service.office.supervision.communes import Year
from ydan_service.office.supervision.faults import FAULTS, SEVERITIES
from ydan_service.office.supervision.summary import name_of

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_GREY, _BLUE = "F2F2F2", "DDEBF7"


def make_book(found: Year, today: date) -> bytes:
    """The workbook's bytes."""
    book = load("openpyxl").Workbook()
    book.active.title = "Theo đơn vị"
    _table(book.active, found, today)
    _sessions(book.create_sheet("Từng cuộc"), found)
    _faults(book.create_sheet("Hạn chế, vi phạm"), found)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _table(tab: Any, found: Year, today: date) -> None:
    sheet = Sheet(tab, [column.width for column in COLUMNS])
    sheet.line("TỔNG HỢP GIÁM SÁT VIỆC THỰC HIỆN TIẾP XÚC, ĐỐI THOẠI", bold=True, size=14)
    sheet.line(f"Năm {found.year}, số liệu đến ngày {today:%d/%m/%Y}", italic=True, size=12)
    at = sheet.write([column.head for column in COLUMNS], bold=True, centered="all", fill=_BLUE)
    sheet.heads(at, at, f"B{at + 1}")
    middle = tuple(at for at, column in enumerate(COLUMNS) if column.width < 12)
    for commune in found.communes:
        sheet.write([column.value(commune) for column in COLUMNS], centered=middle)
    last = sheet.row
    if found.communes:
        sums = [sum(int(column.value(each)) for each in found.communes) if column.total else "" for column in COLUMNS]
        sheet.write(["Cộng", *sums[1:]], bold=True, centered=middle, fill=_GREY)
    sheet.line("a/b: số cuộc đạt trên số cuộc đã đến hạn xét và có số liệu.", italic=True, middle=False, size=11)
    sheet.finish(last)


def _sessions(tab: Any, found: Year) -> None:
    sheet = Sheet(tab, [16, 12, 26, *[24] * len(NAMES)])
    sheet.line(f"TỪNG CUỘC TIẾP XÚC, ĐỐI THOẠI NĂM {found.year}", bold=True, size=14)
    at = sheet.write(["Đơn vị", "Ngày họp", "Tên hội nghị", *NAMES.values()], bold=True, centered="all", fill=_BLUE)
    sheet.heads(at, at, f"C{at + 1}")
    for commune in found.communes:
        for each in commune.meetings:
            told = [f"{STATES[check.state]}. {check.told()}" for check in each.checks]
            head = [name_of(commune.commune), f"{each.facts.held_on:%d/%m/%Y}", each.facts.title or "–"]
            sheet.write([*head, *told], size=10)
    sheet.finish(sheet.row)


def _faults(tab: Any, found: Year) -> None:
    sheet = Sheet(tab, [20, 13, 26, 16, 60, 34])
    sheet.line(f"HẠN CHẾ, VI PHẠM NĂM {found.year}", bold=True, size=14)
    heads = ["Đơn vị", "Ngày họp", "Tên", "Mức", "Nội dung", "Căn cứ"]
    at = sheet.write(heads, bold=True, centered="all", fill=_BLUE)
    sheet.heads(at, at, f"A{at + 1}")
    for commune in found.communes:
        cases = [("", check) for check in commune.checks if check.fault is not None]
        for each in commune.meetings:
            cases += [(f"{each.facts.held_on:%d/%m/%Y}", check) for check in each.faults]
        for day, check in cases:
            fault = FAULTS[check.fault_id]
            severity = SEVERITIES[fault.severity]
            sheet.write([name_of(commune.commune), day, fault.label, severity, check.told(), check.basis])
    sheet.finish(sheet.row)

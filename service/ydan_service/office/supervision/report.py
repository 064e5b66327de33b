"""The supervision report as a document: figures, the table, the faults of each commune, what to recommend."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

from ydan.documents.layout import BOTH, CENTER, LEFT, Layout
from ydan_service.office.supervision.columns import COLUMNS
from ydan_service.office.supervision.communes import CommuneYear, Year
from ydan_service.office.supervision.summary import (
    advice,
    grounds,
    name_of,
    overview,
    shortcomings,
    unknowns,
    upper_first,
)

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WIDTHS = (30, 17, 16, 16, 14, 12, 18, 18, 18, 18, 21, 64)
"""Millimetres of the table's columns, across an A4 page; the last column of the spreadsheet is left to that."""


def make_report(found: Year, today: date, office: str = "") -> bytes:
    """The document's bytes; ``office`` is the name on its head, a row of dots where none is set."""
    page = Layout("state")
    _head(page, office, today)
    page.say("BÁO CÁO", align=CENTER, size=14, bold=True, before=14)
    whom = f"của {name_of(found.communes[0].commune)}, " if len(found.communes) == 1 else ""
    page.say("Kết quả giám sát việc thực hiện tiếp xúc, đối thoại", align=CENTER, bold=True)
    page.say(f"{whom}năm {found.year}", align=CENTER, bold=True)
    page.rule(page.document, 45, page.width)
    page.body(grounds(found.year, today))
    page.body("I. KẾT QUẢ THỰC HIỆN", bold=True, keep=True)
    for paragraph in overview(found, today):
        page.body(paragraph)
    page.body("Kết quả của từng đơn vị nêu tại Biểu tổng hợp kèm theo.")
    page.body("II. HẠN CHẾ, VI PHẠM", bold=True, keep=True)
    _shortcomings(page, found)
    lacking = unknowns(found)
    if lacking:
        page.body("III. SỐ LIỆU CHƯA ĐỦ", bold=True, keep=True)
        page.body("Các nội dung sau chưa có số liệu nên chưa đánh giá, không coi là vi phạm:", keep=True)
        for sentence in lacking:
            page.body(f"- {sentence}")
    page.body(f"{'IV' if lacking else 'III'}. KIẾN NGHỊ", bold=True, keep=True)
    for number, sentence in enumerate(advice(found), 1):
        page.body(f"{number}. {sentence}")
    if not found.fault_counts:
        page.body("Đề nghị các đơn vị tiếp tục thực hiện đúng quy định; cập nhật đủ số liệu của từng cuộc.")
    _foot(page)
    _table(page, found, today)
    held = io.BytesIO()
    page.document.save(held)
    return held.getvalue()


def _head(page: Layout, office: str, today: date) -> None:
    table = page.columns([64, 101])
    one, two = table.cell(0, 0), table.cell(0, 1)
    page.say((office or "……………………").upper(), to=one, align=CENTER, size=13, bold=True)
    page.rule(one, 24, 60)
    page.say("Số:        /BC-……", to=one, align=CENTER, size=13, before=3)
    page.say("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", to=two, align=CENTER, size=12.5, bold=True)
    page.say("Độc lập - Tự do - Hạnh phúc", to=two, align=CENTER, size=13.5, bold=True)
    page.rule(two, 61, 97)
    page.say(f"…………, ngày …… tháng …… năm {today.year}", to=two, align=CENTER, size=13.5, italic=True, before=3)


def _shortcomings(page: Layout, found: Year) -> None:
    named = shortcomings(found)
    if not named:
        page.body("Qua số liệu hiện có, chưa phát hiện hạn chế, vi phạm.")
        return
    page.body("1. Theo nội dung", bold=True, keep=True)
    for sentence in named:
        page.body(f"- {sentence}")
    page.body("2. Theo đơn vị", bold=True, keep=True)
    for commune in found.communes:
        if not commune.faults:
            continue
        page.body(f"{upper_first(name_of(commune.commune))}:", italic=True, keep=True)
        for sentence in _cases(commune):
            page.body(f"- {sentence}")


def _cases(commune: CommuneYear) -> Iterator[str]:
    """What is wrong with the year, then each session with its faults in one paragraph."""
    for check in commune.checks:
        if check.fault is not None:
            yield check.told()
    for each in commune.meetings:
        if each.faults:
            yield f"Cuộc ngày {each.facts.held_on:%d/%m/%Y}: " + " ".join(check.told() for check in each.faults)


def _foot(page: Layout) -> None:
    page.say("", size=8, keep=True)
    table = page.columns([80, 85])
    page.keep_whole(table)
    one, two = table.cell(0, 0), table.cell(0, 1)
    page.say("Nơi nhận:", to=one, size=12, bold=True, italic=True)
    for line in ("- Thường trực cấp ủy, HĐND, UBND;", "- Các đơn vị được giám sát;", "- Lưu: VT."):
        page.say(line, to=one, align=LEFT, size=11)
    page.say("THỦ TRƯỞNG CƠ QUAN", to=two, align=CENTER, size=13, bold=True)
    page.say("(Ký tên, đóng dấu)", to=two, align=CENTER, size=12, italic=True)


def _table(page: Layout, found: Year, today: date) -> None:
    section = page.document.add_section()
    page.page(section, landscape=True)
    page.say("BIỂU TỔNG HỢP", align=CENTER, size=14, bold=True)
    page.say(f"Kết quả thực hiện tiếp xúc, đối thoại năm {found.year}", align=CENTER, size=13, bold=True)
    page.say(f"(số liệu đến ngày {today:%d/%m/%Y})", align=CENTER, size=12, italic=True, after=6)
    columns: Any = COLUMNS[: len(_WIDTHS)]
    table = page.grid([column.head for column in columns], _WIDTHS, 10)
    middle = tuple(range(1, len(columns) - 1))
    for commune in found.communes:
        page.grid_row(table, [str(column.value(commune)) for column in columns], 10, centered=middle)
    sums = [str(sum(int(column.value(each)) for each in found.communes)) if column.total else "" for column in columns]
    page.grid_row(table, ["Cộng", *sums[1:]], 10, centered=middle)
    page.say(
        "a/b: số cuộc đạt trên số cuộc đã đến hạn xét và có số liệu. Ý kiến mật không tính vào số quá hạn.",
        align=BOTH, size=11, italic=True, before=4,
    )  # fmt: skip

"""Phiếu nhắc việc: one page an office, as a document."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

from ydan.documents.layout import CENTER, Layout
from ydan.documents.wording import count, day
from ydan_service.office.following.paper import add_rows
from ydan_service.office.following.reminders import Line, Slip


def write_slips(slips: Sequence[Slip], office: str, today: date) -> bytes:
    """A document with each slip on a page of its own; ``office`` is the name of the office that reminds.

    :raises MissingExtra: the office packages are not installed.
    """
    page = Layout("state")
    if not slips:
        page.say("Không có việc quá hạn hoặc sắp đến hạn.", align=CENTER, size=14)
    for at, slip in enumerate(slips):
        if at:
            page.document.add_page_break()
        _slip(page, slip, office, today)
    held = io.BytesIO()
    page.document.save(held)
    return held.getvalue()


def _slip(page: Layout, slip: Slip, office: str, today: date) -> None:
    sender = office or f"Ủy ban nhân dân {place(slip)}"
    table = page.columns([72.0, 93.0])
    left, right = table.cell(0, 0), table.cell(0, 1)
    page.say(sender.upper(), to=left, align=CENTER, size=13, bold=True)
    page.rule(left, 24, 68)
    page.say("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", to=right, align=CENTER, size=12, bold=True)
    page.say("Độc lập - Tự do - Hạnh phúc", to=right, align=CENTER, size=13, bold=True)
    page.rule(right, 58, 89)
    page.say(f"Ngày {day(today)}", to=right, align=CENTER, size=13, italic=True)
    page.say("PHIẾU NHẮC VIỆC", align=CENTER, size=15, bold=True, before=14)
    page.say("Trả lời ý kiến, kiến nghị của Nhân dân tại hội nghị đối thoại", align=CENTER, size=14, bold=True, after=8)
    page.say(f"Kính gửi: {slip.body}", align=CENTER, size=14, after=6)
    page.body(opening(slip))
    grid = page.grid(("STT", "Nội dung", "Hội nghị ngày", "Hạn trả lời", "Tiến độ"), (11, 79, 25, 25, 25), 12)
    cells = (
        (str(number), said(line), day(line.held_on) or "", day(line.due) or "", pace(line))
        for number, line in enumerate(slip.lines, 1)
    )
    add_rows(page, grid, cells, 12, centered=(0, 2, 3, 4))
    page.body("Đề nghị đơn vị trả lời bằng văn bản, nêu rõ kết quả; việc chưa xong thì nêu lý do và thời hạn mới.")
    page.say("", size=6)
    foot = page.columns([80.0, 85.0])
    page.say("NGƯỜI NHẮC VIỆC", to=foot.cell(0, 1), align=CENTER, size=14, bold=True)
    page.say("(Ký, ghi rõ họ tên)", to=foot.cell(0, 1), align=CENTER, size=12, italic=True)


def place(slip: Slip) -> str:
    """``xã Tân Lập``."""
    commune = slip.commune
    return commune.name if commune.name.lower().startswith(commune.kind) else f"{commune.kind} {commune.name}"


def opening(slip: Slip) -> str:
    """The sentence above the list."""
    late, soon = slip.overdue, len(slip.lines) - slip.overdue
    parts = [f"{count(late)} ý kiến đã quá hạn trả lời"] if late else []
    parts += [f"{count(soon)} ý kiến sắp đến hạn"] if soon else []
    return f"Đến nay đơn vị còn {' và '.join(parts)} như sau:"


def said(line: Line) -> str:
    """What is owed: the opinion, then the task if the minutes gave one."""
    more = f" Việc giao: {line.what}" if line.what else ""
    letter = f" (công văn số {line.number})" if line.number else ""
    return f"{line.text}{letter}{more}"


def pace(line: Line) -> str:
    """How late, or how long yet."""
    if line.late > 0:
        return f"Quá {line.late} ngày"
    return "Hạn hôm nay" if line.late == 0 else f"Còn {-line.late} ngày"

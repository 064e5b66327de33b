"""What is sent about opinions: upward, to another body, to the citizen who complains."""

from __future__ import annotations

from ydan.documents.heads import head, signature, title
from ydan.documents.layout import CENTER, Layout


def letter(page: Layout) -> None:
    """``cong-van-kien-nghi.docx``."""
    head(page, about="V/v kiến nghị giải quyết ý kiến của Nhân dân tại {{ meeting_name }}", urgent=True)
    page.say("Kính gửi: {{ addressee }}", align=CENTER, before=14)
    page.control("if through")
    page.say("({{ through }})", align=CENTER, italic=True)
    page.control("endif")
    page.say("", size=8)
    page.body(
        "{{ meeting_when }}, {{ organ }} tổ chức {{ meeting_name }}. Qua tổng hợp, có {{ rows_total }} ý kiến, "
        "kiến nghị của Nhân dân vượt thẩm quyền hoặc phải báo cáo cấp trên. {{ organ }} kính đề nghị "
        "{{ addressee }} xem xét, "
        "giải quyết các nội dung sau:"
    )
    _letter_table(page)
    page.control("if urgent")
    page.body("Mức độ khẩn: {{ urgency }}.")
    page.control("endif")
    page.body(
        "{{ organ }} kính đề nghị {{ addressee }} quan tâm giải quyết và thông báo kết quả để trả lời Nhân dân./."
    )
    signature(page)


def slip(page: Layout) -> None:
    """``phieu-chuyen.docx``."""
    head(page, urgent=True)
    title(page, "PHIẾU CHUYỂN", "Kiến nghị, phản ánh của Nhân dân", "tại {{ meeting_name }} {{ meeting_day }}")
    page.say("Kính gửi: {{ addressee }}", align=CENTER, before=4, after=8)
    page.body(
        "{{ meeting_when }}, {{ organ }} tổ chức {{ meeting_name }}. Trong các ý kiến tiếp nhận có {{ rows_total }} "
        "nội dung thuộc trách nhiệm của quý cơ quan, đơn vị. Căn cứ Điều 26 Luật Tiếp công dân, {{ organ }} chuyển đến "
        "{{ addressee }} để xem xét, giải quyết theo thẩm quyền:"
    )
    _letter_table(page)
    page.control("if urgent")
    page.body("Mức độ khẩn: {{ urgency }}.")
    page.control("endif")
    page.body("Đề nghị {{ addressee }} thông báo kết quả giải quyết đến {{ organ }} để trả lời Nhân dân./.", keep=True)
    signature(page)


def _letter_table(page: Layout) -> None:
    table = page.grid(("STT", "Nội dung", "Địa bàn", "Lý do, căn cứ"), (13, 70, 24, 58), 12)
    page.grid_line(table, "{%tr for r in rows %}", 12)
    page.grid_row(
        table,
        (
            "{{ loop.index }}",
            "{{ r.text }}",
            "{{ r.place }}",
            "{{ r.grounds }}",
        ),
        12,
        centered=(0,),
    )
    page.grid_line(table, "{%tr endfor %}", 12)
    page.say("", size=6)


def sheet(page: Layout) -> None:
    """``phieu-huong-dan.docx``."""
    head(page)
    title(page, "PHIẾU HƯỚNG DẪN", "Về việc thực hiện quyền {{ kind }}")
    page.say("Kính gửi: Ông (bà) {{ citizen }}", align=CENTER, before=4, after=8)
    page.body("{{ meeting_when }}, tại {{ meeting_name }}, {{ organ }} tiếp nhận nội dung do ông (bà) trình bày:")
    page.body("“{{ matter }}”", italic=True)
    page.body(
        "Nội dung trên có tính chất {{ kind }}. Căn cứ Điều 26 Luật Tiếp công dân và pháp luật về "
        "{{ kind }}, {{ organ }} "
        "hướng dẫn ông (bà) thực hiện như sau:"
    )
    page.body("**1. Nơi có thẩm quyền giải quyết:** {{ where }}.")
    page.control("for step in steps")
    page.body("{{ loop.index + 1 }}. {{ step }}")
    page.control("endfor")
    page.body("{{ organ }} thông báo để ông (bà) biết và thực hiện./.", keep=True)
    signature(page)

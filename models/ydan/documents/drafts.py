"""What each template says; an office may replace any of them by its own."""

from __future__ import annotations

from ydan.documents.heads import head, signature, title
from ydan.documents.layout import BOTH, CENTER, Layout

_SUMMARY_HEADS = (
    "STT", "Người nêu", "Thôn/TDP", "Nội dung", "Loại", "Lĩnh vực", "Thẩm quyền: cấp", "Thẩm quyền: cơ quan",
    "Trả lời tại hội nghị", "Cơ quan được giao", "Thời hạn", "Tình trạng", "Kiến nghị cấp trên; lý do",
    "Ý kiến trùng", "Ghi chú",
)  # fmt: skip
_SUMMARY_FIELDS = (
    "{{ r.number }}", "{{ r.speaker }}", "{{ r.place }}", "{{ r.brief }}", "{{ r.type }}", "{{ r.topic }}",
    "{{ r.level }}", "{{ r.body }}", "{{ r.reply_brief }}", "{{ r.charged_or_blank }}", "{{ r.deadline_or_blank }}",
    "{{ r.status }}", "{{ r.up }} {{ r.up_reason }}", "{{ r.alike }}", "{{ r.note }}",
)  # fmt: skip
_SUMMARY_WIDTHS = (9, 14, 17, 44, 15, 21, 13, 21, 34, 18, 16, 16, 18, 10, 15)


def summary(page: Layout) -> None:
    """``bieu-tong-hop.docx``."""
    head(page)
    title(page, "BIỂU TỔNG HỢP", "Ý kiến, kiến nghị của Nhân dân tại {{ meeting_name }} {{ meeting_day }}")
    scale = page.width / sum(_SUMMARY_WIDTHS)
    table = page.grid(_SUMMARY_HEADS, [width * scale for width in _SUMMARY_WIDTHS], 8.5)
    page.grid_line(table, "{%tr for group in groups %}", 8.5)
    page.grid_line(table, "{{ group.title }} ({{ group.total }} ý kiến)", 9)
    page.grid_line(table, "{%tr for r in group.rows %}", 8.5)
    page.grid_row(table, _SUMMARY_FIELDS, 8.5, centered=(0, 13))
    page.grid_line(table, "{%tr endfor %}", 8.5)
    page.grid_line(table, "{%tr endfor %}", 8.5)
    page.grid_line(table, "TỔNG CỘNG: {{ public_total }} ý kiến", 9)
    page.say("", size=6)
    page.control("for sentence in overview")
    page.say("{{ sentence }}", size=12, align=BOTH, indent=10, after=2, keep=True)
    page.control("endfor")
    page.control("if hidden_note")
    page.say("{{ hidden_note }}", size=12, align=BOTH, indent=10, after=2, keep=True)
    page.control("endif")
    _signed_by(page, "NGƯỜI LẬP BIỂU")


def notice(page: Layout) -> None:
    """``thong-bao-ket-luan.docx``."""
    head(page)
    title(page, "THÔNG BÁO", "Kết luận của {{ chair_title }}", "tại {{ meeting_name }} {{ meeting_day }}")
    page.body(
        "{{ meeting_when }}, tại {{ meeting_place }}, {{ organ }} tổ chức {{ meeting_name }}. Đồng chí {{ chair }}, "
        "{{ chair_title }} chủ trì. Sau khi nghe ý kiến của Nhân dân và trả lời của các cơ quan, đơn vị, "
        "{{ chair_title }} "
        "kết luận như sau:"
    )
    page.body("I. KHÁI QUÁT CHUNG", bold=True, keep=True)
    page.control("for sentence in overview")
    page.body("{{ sentence }}")
    page.control("endfor")
    page.control("if hidden_note")
    page.body("{{ hidden_note }}")
    page.control("endif")
    page.body("II. KẾT LUẬN", bold=True, keep=True)
    page.body("**1. Việc đã giải quyết, đã trả lời tại Hội nghị: {{ settled_total }} ý kiến**", keep=True)
    _each(page, "settled", "1", "**Kết quả:** {{ one.status }}. {{ one.reply_brief }}")
    page.body("**2. Việc chưa giải quyết, giao cơ quan, đơn vị thực hiện: {{ open_total }} ý kiến**", keep=True)
    _each(page, "open", "2", "**Giao:** {{ one.charged_or_blank }}. **Thời hạn:** {{ one.deadline_or_blank }}.")
    page.body("**3. Việc kiến nghị cấp trên, chuyển cơ quan khác giải quyết: {{ forwarded_total }} ý kiến**", keep=True)
    _each(page, "forwarded", "3", "**Gửi:** {{ one.to }}. **Lý do:** {{ one.reason }}.")
    page.control("if guided_note")
    page.body("**4. Khiếu nại:** {{ guided_note }}")
    page.control("endif")
    page.body("III. TỔ CHỨC THỰC HIỆN", bold=True, keep=True)
    page.control("for task in tasks")
    page.body(
        "{{ loop.index }}. Giao {{ task.body }} {{ task.what }}"
        "{% if task.deadline %} (thời hạn: {{ task.deadline }}){% endif %}."
    )
    page.control("endfor")
    page.body(
        "{{ tasks_total + 1 }}. Các cơ quan, đơn vị được giao tại Mục II khẩn trương giải quyết, báo cáo kết "
        "quả bằng văn bản về "
        "{{ organ }} (qua {{ office }}) đúng thời hạn."
    )
    page.body(
        "{{ tasks_total + 2 }}. {{ office }} tổng hợp, theo dõi, đôn đốc; gửi văn bản kiến nghị, phiếu "
        "chuyển đối với các nội dung tại "
        "điểm 3 Mục II; niêm yết, thông báo kết quả đến Nhân dân chậm nhất ngày {{ publish_by }}."
    )
    page.body("{{ tasks_total + 3 }}. Kết quả thực hiện Thông báo này được báo cáo tại hội nghị kỳ sau./.", keep=True)
    signature(page)
    section = page.document.add_section()
    page.page(section, landscape=True)
    section.different_first_page_header_footer = False
    page.width = 262
    page.say("PHỤ LỤC", align=CENTER, size=14, bold=True)
    page.say("Tổng hợp ý kiến, kiến nghị tại {{ meeting_name }} {{ meeting_day }}", align=CENTER, size=13, bold=True)
    page.say("(Kèm theo Thông báo của {{ organ }})", align=CENTER, size=12, italic=True, after=6)
    widths = (12, 20, 26, 84, 34, 36, 26, 24)
    table = page.grid(
        ("STT", "Người nêu", "Thôn/TDP", "Nội dung", "Thẩm quyền", "Cơ quan được giao", "Thời hạn", "Tình trạng"),
        [width * 262 / sum(widths) for width in widths],
        11,
    )
    page.grid_line(table, "{%tr for group in groups %}", 11)
    page.grid_line(table, "{{ group.title }} ({{ group.total }} ý kiến)", 11)
    page.grid_line(table, "{%tr for r in group.rows %}", 11)
    fields = ("number", "speaker", "place", "brief", "body", "charged_or_blank", "deadline_or_blank", "status")
    page.grid_row(table, [f"{{{{ r.{field} }}}}" for field in fields], 11, centered=(0,))
    page.grid_line(table, "{%tr endfor %}", 11)
    page.grid_line(table, "{%tr endfor %}", 11)
    page.grid_line(table, "TỔNG CỘNG: {{ public_total }} ý kiến", 11)


def _each(page: Layout, name: str, number: str, result: str) -> None:
    """A list of the notice: the matter, then what becomes of it."""
    page.control(f"for one in {name}")
    page.body(number + ".{{ loop.index }}. {{ one.brief }} (STT {{ one.number }} Phụ lục)", keep=True)
    page.body(result)
    page.control("endfor")
    page.control(f"if not {name}")
    page.body("Không có.", italic=True)
    page.control("endif")


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


def minutes(page: Layout) -> None:
    """``bien-ban.docx``."""
    head(page)
    title(page, "BIÊN BẢN", "{{ meeting_name }} {{ meeting_day }}")
    page.body("Thời gian bắt đầu: …… giờ …… phút, {{ meeting_day }}.")
    page.body("Địa điểm: {{ meeting_place }}.")
    page.body("Số người dự: {{ attendance }}{% if invited %}/{{ invited }} người được mời{% endif %}.")
    page.body("Chủ trì: {{ chair }} – {{ chair_title }}.")
    page.body("Thư ký: {{ secretary }}.")
    page.body("I. KHAI MẠC, BÁO CÁO", bold=True, keep=True)
    page.body("[…… cần điền: khai mạc, báo cáo tại hội nghị]")
    page.body("II. Ý KIẾN, KIẾN NGHỊ CỦA NHÂN DÂN", bold=True, keep=True)
    table = page.grid(("STT", "Người nêu", "Địa chỉ", "Nội dung"), (14, 30, 30, 91), 12.5)
    page.grid_line(table, "{%tr for r in rows %}", 12)
    page.grid_row(table, ("{{ r.order }}", "{{ r.speaker }}", "{{ r.place }}", "{{ r.text }}"), 12.5, centered=(0,))
    page.grid_line(table, "{%tr endfor %}", 12)
    page.control("if hidden_note")
    page.body("{{ hidden_note }}")
    page.control("endif")
    page.body("III. TRẢ LỜI, TIẾP THU", bold=True, keep=True)
    page.control("for reply in replies")
    page.body("- {% if reply.speaker %}**{{ reply.speaker }}:** {% endif %}{{ reply.text }}")
    page.control("endfor")
    page.control("if not replies")
    page.body("[…… cần điền: nội dung trả lời, tiếp thu]")
    page.control("endif")
    page.control("if withheld_note")
    page.body("{{ withheld_note }}", italic=True)
    page.control("endif")
    page.body("IV. KẾT LUẬN CỦA CHỦ TRÌ", bold=True, keep=True)
    page.control("for reply in conclusions")
    page.body("- {{ reply.text }}")
    page.control("endfor")
    page.control("if not conclusions")
    page.body("[…… cần điền: kết luận của chủ trì]")
    page.control("endif")
    page.body(
        "Hội nghị kết thúc vào hồi …… giờ …… phút cùng ngày. Biên bản được đọc lại cho mọi người dự cùng "
        "nghe, nhất trí thông qua./."
    )
    page.say("", size=8, keep=True)
    signs = page.columns([page.width / 2, page.width / 2])
    page.keep_whole(signs)
    for at, (office, name) in enumerate((("THƯ KÝ", "{{ secretary }}"), ("CHỦ TRÌ", "{{ chair }}"))):
        page.say(office, to=signs.cell(0, at), align=CENTER, bold=True)
        for _ in range(4):
            page.say("", to=signs.cell(0, at), size=13)
        page.say(name, to=signs.cell(0, at), align=CENTER, bold=True)


def board(page: Layout) -> None:
    """``ban-niem-yet.docx``: short sentences that can be read out."""
    head(page)
    title(
        page,
        "NIÊM YẾT",
        "Kết quả tiếp nhận, giải quyết ý kiến của Nhân dân",
        "tại {{ meeting_name }} {{ meeting_day }}",
    )
    page.body(
        "{{ organ }} thông báo để Nhân dân trong {{ unit }} biết kết quả tiếp nhận, giải quyết {{ public_total }} ý "
        "kiến tại {{ meeting_name }} {{ meeting_day }}:"
    )
    page.body("I. VIỆC ĐÃ GIẢI QUYẾT, ĐÃ TRẢ LỜI", bold=True, keep=True)
    _told(page, "settled", "{{ one.status }}. {{ one.reply_brief }}")
    page.body("II. VIỆC ĐANG GIẢI QUYẾT", bold=True, keep=True)
    _told(
        page,
        "open",
        "{% if one.charged %}{{ one.charged }} thực hiện{% else %}Đang giao cơ quan thực hiện{% endif %}"
        "{% if one.deadline %}, thời hạn: {{ one.deadline }}{% endif %}.",
    )
    page.body("III. VIỆC GỬI CẤP TRÊN, CƠ QUAN KHÁC", bold=True, keep=True)
    _told(page, "forwarded", "Gửi {{ one.to }}.")
    page.control("if guided_total != '00'")
    page.body("{{ guided_total }} nội dung khiếu nại được hướng dẫn riêng cho công dân, không niêm yết.")
    page.control("endif")
    page.body(
        "Người dân cần biết thêm, hoặc thấy việc chưa được giải quyết đúng hạn, đề nghị phản ánh đến {{ office }}./.",
        keep=True,
    )
    signature(page, receivers=False)


def _told(page: Layout, name: str, result: str) -> None:
    """A list for everybody: the matter with its village, then what becomes of it."""
    page.control(f"for one in {name}")
    page.body(
        "{{ loop.index }}. {% if one.place %}({{ one.place }}) {% endif %}{{ one.brief }}",
        keep=True,
    )
    page.body("**Kết quả:** " + result)
    page.control("endfor")
    page.control(f"if not {name}")
    page.body("Không có.", italic=True)
    page.control("endif")


def _signed_by(page: Layout, maker: str) -> None:
    """Who drew it up on the left, the signature on the right."""
    page.say("", size=8, keep=True)
    table = page.columns([page.width / 2, page.width / 2])
    page.keep_whole(table)
    one, two = table.cell(0, 0), table.cell(0, 1)
    page.say(maker, to=one, align=CENTER, bold=True)
    for _ in range(4):
        page.say("", to=one, size=13)
    page.say("{{ secretary }}", to=one, align=CENTER, bold=True)
    page.say("{%p for line in signer_lines %}", to=two)
    page.say("{{ line }}", to=two, align=CENTER, bold=True)
    page.say("{%p endfor %}", to=two)
    for _ in range(4):
        page.say("", to=two, size=13)
    page.say("{{ signer }}", to=two, align=CENTER, bold=True)

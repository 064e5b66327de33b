"""What becomes of the opinions: the notice of the conclusion, and the board for everybody."""

from __future__ import annotations

from ydan.documents.heads import head, signature, title
from ydan.documents.layout import CENTER, Layout


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

"""What was said at the meeting: its minutes, and the table of all opinions."""

from __future__ import annotations

from ydan.documents.heads import head, title
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

"""Every variable that a template may print, with what it is; ``docs/documents.md`` shows the same list."""

from __future__ import annotations

COMMON = {
    "organ_above": "đảng bộ cấp trên (chỉ thể thức Đảng)",
    "organ_line_1": "dòng đầu tên cơ quan (chỉ thể thức Nhà nước)",
    "organ_line_2": "dòng hai tên cơ quan, in hoa",
    "organ": "tên cơ quan trong câu",
    "unit": "xã, phường … kèm tên",
    "office": "văn phòng theo dõi",
    "number": "số và ký hiệu, chừa chỗ điền số",
    "place_and_date": "địa danh, ngày tháng năm, chừa chỗ điền",
    "meeting_name": "tên hội nghị",
    "meeting_day": "“ngày 05/3/2026”",
    "meeting_when": "“Ngày 05/3/2026”, đầu câu",
    "meeting_place": "địa điểm",
    "chair": "người chủ trì",
    "chair_title": "chức vụ người chủ trì",
    "secretary": "thư ký",
    "attendance": "số người dự",
    "invited": "số người được mời, hoặc rỗng",
    "signer_lines": "danh sách dòng quyền hạn, chức vụ người ký",
    "signer": "người ký",
    "receivers": "danh sách nơi nhận",
    "total": "tổng số ý kiến",
    "public_total": "số ý kiến được nêu",
    "hidden_total": "số nội dung mật",
    "hidden_note": "câu về nội dung mật, hoặc rỗng",
}
ROW = {
    "number": "số thứ tự trong biểu tổng hợp",
    "order": "số thứ tự theo lượt nêu (chỉ biên bản)",
    "speaker": 'người nêu: mã, hoặc họ tên khi `names="full"`',
    "place": "thôn, tổ dân phố",
    "text": "nội dung, đã che số cá nhân",
    "brief": "nội dung rút gọn",
    "type": "loại ý kiến",
    "topic": "lĩnh vực",
    "level": "cấp có thẩm quyền",
    "body": "cơ quan có thẩm quyền",
    "basis": "căn cứ thẩm quyền, kèm mức kiểm chứng",
    "grounds": "lý do, căn cứ để ghi vào văn bản gửi đi",
    "reply": "trả lời tại hội nghị",
    "reply_brief": "trả lời rút gọn",
    "charged": "cơ quan được giao",
    "charged_or_blank": "cơ quan được giao, hoặc chỗ cần điền",
    "deadline": "thời hạn",
    "deadline_or_blank": "thời hạn, hoặc chỗ cần điền",
    "status": "tình trạng",
    "because": "vì sao có tình trạng ấy",
    "reason": "lý do chuyển đi, để ghi vào thông báo",
    "up": "“x” nếu kiến nghị cấp trên",
    "up_reason": "lý do kiến nghị cấp trên",
    "to": "nơi được gửi",
    "urgency": "mức khẩn",
    "alike": "số ý kiến trùng",
    "note": "ghi chú: điều cần xem lại",
}
GROUP = {"title": "tên lĩnh vực", "total": "số ý kiến", "rows": "danh sách ý kiến"}
TASK = {"body": "cơ quan được giao", "what": "việc", "deadline": "thời hạn, hoặc rỗng"}
REPLY = {"speaker": "người trả lời", "text": "nội dung trả lời"}
_LETTER = {
    "addressee": "nơi nhận",
    "through": "cơ quan chuyển tiếp, hoặc rỗng",
    "rows": "danh sách ý kiến",
    "rows_total": "số ý kiến",
    "urgency": "mức khẩn",
    "urgent": "đúng khi phải đóng dấu khẩn",
}
TEMPLATES = {
    "bieu-tong-hop.docx": {"groups": "danh sách lĩnh vực", "overview": "danh sách câu khái quát"},
    "thong-bao-ket-luan.docx": {
        "overview": "danh sách câu khái quát",
        "settled": "danh sách ý kiến đã giải quyết, đã trả lời",
        "open": "danh sách ý kiến chưa giải quyết",
        "forwarded": "danh sách ý kiến gửi cấp trên, cơ quan khác",
        "settled_total": "số ý kiến đã giải quyết, đã trả lời",
        "open_total": "số ý kiến chưa giải quyết",
        "forwarded_total": "số ý kiến gửi đi",
        "guided_total": "số khiếu nại được hướng dẫn",
        "guided_note": "câu về khiếu nại, hoặc rỗng",
        "tasks": "danh sách việc giao chung",
        "tasks_total": "số việc giao chung",
        "publish_by": "ngày chậm nhất phải niêm yết kết quả",
        "groups": "danh sách lĩnh vực của phụ lục",
    },
    "cong-van-kien-nghi.docx": _LETTER,
    "phieu-chuyen.docx": _LETTER,
    "phieu-huong-dan.docx": {
        "citizen": "công dân: mã, họ tên hoặc chỗ cần điền",
        "matter": "nội dung công dân trình bày",
        "kind": "“khiếu nại” hoặc “tố cáo”",
        "where": "nơi có thẩm quyền",
        "steps": "danh sách câu hướng dẫn",
    },
    "bien-ban.docx": {
        "rows": "danh sách ý kiến theo lượt nêu",
        "replies": "danh sách trả lời",
        "conclusions": "danh sách kết luận",
        "withheld_note": "câu về trả lời được ghi riêng, hoặc rỗng",
    },
    "ban-niem-yet.docx": {
        "settled": "danh sách ý kiến đã giải quyết, đã trả lời",
        "open": "danh sách ý kiến đang giải quyết",
        "forwarded": "danh sách ý kiến gửi đi",
        "guided_total": "số khiếu nại được hướng dẫn",
    },
}
"""Template → its own variables, beside ``COMMON``."""


def tables() -> str:
    """The lists as Markdown, for the page."""
    parts = [("Mọi mẫu", COMMON)]
    parts += [(f"`{name}`", own) for name, own in TEMPLATES.items()]
    parts += [("Một ý kiến trong `rows`, `settled`, `open`, `forwarded`", ROW), ("Một lĩnh vực trong `groups`", GROUP)]
    parts += [("Một việc trong `tasks`", TASK), ("Một mục trong `replies`, `conclusions`", REPLY)]
    lines = []
    for title, table in parts:
        lines += [f"### {title}", "", "| Biến | Là gì |", "|---|---|"]
        lines += [f"| `{name}` | {words} |" for name, words in table.items()]
        lines.append("")
    return "\n".join(lines)

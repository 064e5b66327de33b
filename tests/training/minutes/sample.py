"""One small source that holds every kind of line, for each layout to render."""

from __future__ import annotations

from pathlib import Path

from ydan_training.minutes.source import Source, parse_source

HEADER = {
    "layout": "docx",
    "options": "",
    "meeting_type": "txdt",
    "host_level": "commune",
    "date": "2025-10-16",
    "place": "Hội trường xã",
    "chair": "Phạm Văn Khải",
    "secretary": "",
    "attendance": "132",
    "invited": "150",
    "warning": "none",
    "author": "t",
}
BODY = r"""
UBND XÃ HƯNG LONG || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 12/BB-UBND || Độc lập - Tự do - Hạnh phúc
^ BIÊN BẢN
^ Hội nghị tiếp xúc, đối thoại
Tại Hội trường xã, ông Phạm Văn Khải chủ trì, có mặt 132/150 đại biểu dự từ đầu đến cuối hội nghị của xã.

# I. Ý kiến
## Thôn 4
1. Ông Hoàng Văn Nhị (thôn 4): ⟦1|Kênh nhánh sau chùa bị bồi lấp, đề nghị xã cho nạo vét trước vụ xuân tới.⟧
2. Bà Lê Thị Mão (thôn 4) hỏi: ⟦2|Ngõ 3 chưa có đèn thì bao giờ lắp?⟧ Tôi xin hết.
|= TT | Người nêu | Người nêu | Nội dung |
|= TT | Họ tên | Địa chỉ | Nội dung |
| 1 | Trần Đức Thắng | thôn 5 | ⟦3|Cột điện đầu xóm nghiêng hẳn về phía đường.\nĐề nghị điện lực dựng lại.⟧ |
| 2 | Vũ Thị Gái | thôn 5 | Nhất trí với báo cáo. |
# II. Trả lời
- ⟨a1>1|Giao HTX nông nghiệp nạo vét kênh xong trước ngày 30/11/2025.⟩
+ ⟨a2>3|Xã sẽ có văn bản gửi điện lực trong tuần này.⟩
a) Hội nghị kết thúc hồi 11 giờ.
"""
GOLD = """
1 | Hoàng Văn Nhị | thôn 4 | agriculture_irrigation | commune | no | answered
2 | Lê Thị Mão | thôn 4 | technical_infrastructure | commune | no | open
3 | Trần Đức Thắng | thôn 5 | power_telecom | external | no | answered
a1 | HTX nông nghiệp | 2025-11-30
a2 | Xã | trong tuần này
"""


def write_source(folder: Path, body: str = BODY, gold: str = GOLD, name: str = "xa-mau", **header: str) -> Path:
    """The sample with other header values, body or gold."""
    path = folder / f"{name}.txt"
    head = "\n".join(f"{key}: {value}" for key, value in (HEADER | header).items())
    path.write_text(f"{head}\n=====\n{body}\n=====\n{gold}\n", encoding="utf-8")
    return path


def sample(folder: Path, **header: str) -> Source:
    """The sample, parsed."""
    return parse_source(write_source(folder, **header))

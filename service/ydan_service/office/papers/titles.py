"""What documents are called, on the page and as files: in Vietnamese, the same whenever they are made."""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePosixPath

from ydan.documents.plans import SEALED, Plan
from ydan.documents.wording import BLANK, clean, slug

MEDIA = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TITLES = {
    "thong-bao-ket-luan": "Thông báo kết luận",
    "bieu-tong-hop": "Biểu tổng hợp ý kiến",
    "cong-van-kien-nghi": "Công văn kiến nghị",
    "phieu-chuyen": "Phiếu chuyển",
    "phieu-huong-dan": "Phiếu hướng dẫn khiếu nại",
    "ban-niem-yet": "Bản niêm yết kết quả",
    "bien-ban": "Biên bản",
    "so-tiep-cong-dan": "Sổ tiếp công dân (Mẫu 03/TCD)",
    SEALED: "Danh sách giữ kín",
}
"""Kind → title, in the order of the page."""
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
_LONGEST = 120


def name_of(plan: Plan) -> str:
    """The document's name with its ending: ``Công văn kiến nghị gửi Sở Xây dựng.docx``."""
    ending, title = PurePosixPath(plan.name).suffix, TITLES[plan.kind]
    if plan.letter is not None:
        to = clean(BLANK.sub("", plan.letter.addressee)).strip(" ,;")
        title = f"{title} gửi {to}" if to else f"{title} chưa rõ nơi nhận"
    elif plan.kind == "phieu-huong-dan" or (plan.kind == SEALED and ending == ".docx"):
        number = re.findall(r"\d+", PurePosixPath(plan.name).stem)[-1]
        title = f"{title} số {int(number)}" if plan.kind != SEALED else f"Phiếu hướng dẫn giữ kín số {int(number)}"
    return _UNSAFE.sub("-", title)[:_LONGEST].strip() + ending


def file_name(name: str, unit: str, held_on: date | None, *, named: bool) -> str:
    """The name under which a browser keeps a document.

    >>> file_name("Biên bản.docx", "xã Tân Lập", date(2026, 3, 12), named=False)
    'Biên bản - xã Tân Lập - 12.03.2026.docx'
    """
    path = PurePosixPath(name)
    parts = [path.stem, *(["có họ tên"] if named else []), unit, *([f"{held_on:%d.%m.%Y}"] if held_on else [])]
    return _UNSAFE.sub("-", " - ".join(parts))[: _LONGEST + 60].strip() + path.suffix


def plain_name(name: str) -> str:
    """The same in ASCII, for browsers that know no other."""
    path = PurePosixPath(name)
    return slug(path.stem, _LONGEST) + path.suffix


def media_of(name: str) -> str:
    """The media type of a document."""
    return MEDIA[PurePosixPath(name).suffix]

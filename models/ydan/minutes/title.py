"""The title of minutes: "BIÊN BẢN" with the lines under it that say of what."""

from __future__ import annotations

import re

from ydan.minutes.extract import Extract
from ydan.minutes.host import is_upper
from ydan.text import fold

_TITLE = re.compile(
    r"(?:bien ban|bieu tong hop|bang tong hop|tong hop|danh sach|bao cao|thong bao|so tiep|phieu|bieu|bb)(?!\w)"
)
_ABOUT = re.compile(
    r"hoi nghi|tiep xuc|doi thoai|tiep cong dan|tiep dan|cu tri|y kien|kien nghi|buoi|cuoc hop|khieu nai|tx[d]t|txct"
)
_BODY = re.compile(r"\(?(?:thoi gian|hom nay|vao hoi|hoi \d|can cu|chu tri|dia diem|i+\.|a\.|1\.)")
_LINES, _LONGEST = 4, 260


def find_title(extract: Extract, head_end: int) -> str | None:
    """The title as one line, or ``None``.

    >>> from ydan.minutes.extract import Piece, build_extract
    >>> lines = ["UBND XÃ HÀ AN", "BIÊN BẢN", "Hội nghị đối thoại với Nhân dân", "Thời gian: 8 giờ"]
    >>> find_title(build_extract(map(Piece, lines), "txt"), 999)
    'BIÊN BẢN Hội nghị đối thoại với Nhân dân'
    """
    lines: list[str] = []
    for block in extract.blocks:
        if block.start >= max(head_end, 1) or len(lines) >= _LINES:
            break
        text = " ".join(extract.of(block).split())
        folded = fold(text)
        if not lines:
            if (_TITLE.match(folded) and len(text) <= _LONGEST) or (is_upper(text) and _ABOUT.search(folded)):
                lines.append(text)
            continue
        if not (_ABOUT.search(folded) or text.startswith("(") or is_upper(text)):
            break
        if _BODY.match(folded) or len(text) > _LONGEST:
            break
        lines.append(text)
    return " ".join(lines) or None

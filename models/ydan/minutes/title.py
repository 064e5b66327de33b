"""The title of minutes: "BIÊN BẢN" with the lines under it that say of what."""

from __future__ import annotations

import re

from ydan.minutes.extract import Extract
from ydan.minutes.host import is_upper
from ydan.minutes.words import folded
from ydan.text import fold

_KIND = re.compile(rf"{folded('title', 'kinds')}(?!\w)")
_ABOUT = re.compile(folded("title", "subjects"))
_BODY = re.compile(
    rf"[-+*\s(]*(?:{folded('title', 'body')}(?!\w)|{folded('title', 'hours')},?\s+\d|i+\.|a\.|1\.|\d{{1,2}}\s*[/.h:g])"
)
_LABEL = re.compile(r"(?!v/v|ve viec|chu de)(?:\w+\s){0,3}\w+\s*:")
_DAY = re.compile(r",\s*(?:ngay|luc|hoi)\s[^\n]{0,20}\d")
_LINES, _LONGEST = 4, 260


def find_title(extract: Extract, head_end: int) -> str | None:
    """The title as one line, or ``None``; a line that says when, where or by whom is no part of it.

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
        low = fold(text)
        if not lines:
            if len(text) <= _LONGEST and (_KIND.match(low) or _names_meeting(text, low)):
                lines.append(text)
            continue
        if not (_ABOUT.search(low) or text.startswith("(") or is_upper(text)):
            break
        if len(text) > _LONGEST or _goes_on(text, low):
            break
        lines.append(text)
    return " ".join(lines) or None


def _names_meeting(text: str, low: str) -> bool:
    """Whether capitals say what the meeting was; "II. Ý KIẾN CỦA NHÂN DÂN" is a part of minutes without a title."""
    return is_upper(text) and _ABOUT.search(low) is not None and _BODY.match(low) is None


def _goes_on(text: str, low: str) -> bool:
    """Whether the minutes begin here: what stands in brackets or in capitals still belongs to the title."""
    if text.startswith("("):
        return False
    if _BODY.match(low) or _LABEL.match(low):
        return True
    return not is_upper(text) and (text.endswith((".", ";", "?")) or _DAY.search(low) is not None)

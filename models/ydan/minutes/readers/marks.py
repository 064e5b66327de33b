"""What the first words of a line say: a bullet, a number, a speaker, a heading in capitals."""

from __future__ import annotations

import re

_BULLET = re.compile('(?:[-–—−•·●○◦▪■□◆◊♦❖➢➤►✓✔★*+§\uf020-\uf0ff]+|o(?=\t))(?=\\s|[^\\W\\d]|[("“])')
_ROMAN = r"(?=[IVXL])(?:X{0,3}|XL|L)(?:IX|IV|V?I{0,3})"
_NUMBER = re.compile(
    rf"""(?:
      \(?\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}[.)/](?=\s|[^\W\d])(?!\d)
    | \d{{1,2}}(?:\.\d{{1,2}}){{1,3}}(?=\s+[^\W\d])
    | {_ROMAN}\s?[.)/:–-](?=\s|[^\W\d])
    | \(?[a-zđA-ZĐ][.)](?=\s)
    | (?:Điều|Mục|Chương|Phần|Khoản)\s+(?:\d{{1,3}}|[IVXL]+|thứ\s\w+)\b\s?[.:–-]?
    | (?:Câu|Câu\ hỏi|Ý\ kiến|Kiến\ nghị|Nội\ dung|Vấn\ đề)\s+(?:số|thứ)?\s?(?:\d{{1,3}}|[IVXL]+)\s?[.:)–-]
    )""",
    re.VERBOSE,
)
_PERSON = (
    "Ông|Bà|Anh|Chị|Cô|Chú|Bác|Cụ|Đồng chí|Đ/c|Đại biểu|Cử tri|Chủ tọa|Chủ toạ|Chủ trì|Thư ký|Người dân|Công dân"
    "|Đại diện|Trả lời|Kết luận|Hỏi|Đáp|ÔNG|BÀ|ĐỒNG CHÍ|CỬ TRI|CHỦ TỌA|CHỦ TRÌ"
)
_SPEAKER = re.compile(rf"(?:{_PERSON})\b(?=[^.;!?]{{0,120}}[:：])|(?:{_PERSON})(?:\s+[^\Wa-zà-ỹ\d]\w*){{1,5}}\s*[,(–-]")
_PAGE_NUMBER = re.compile(
    r"(?:trang|page|tr\.)?\s*[-–—~]?\s*\d{1,4}\s*[-–—~]?(?:\s*(?:/|of|trên)\s*\d{1,4})?", re.IGNORECASE
)
_FINAL = re.compile(r"[.!?;:…]['\"”’)\]]*$")


def is_item(text: str) -> bool:
    """Whether ``text`` starts as an item of a list: a bullet, "1.", "2.1", "a)", "II.", "Ý kiến 3:".

    >>> [is_item(t) for t in ("- Đường", "1. Về điện", "a) Xã", "II. Ý KIẾN", "3,5 tỷ đồng", "390 qua xã", "15/3 họp")]
    [True, True, True, True, False, False, False]
    """
    return _BULLET.match(text) is not None or _NUMBER.match(text) is not None


def is_bullet(text: str) -> bool:
    """Whether ``text`` starts with a sign, not a number."""
    return _BULLET.match(text) is not None


def is_speaker(text: str) -> bool:
    """Whether ``text`` starts by naming who speaks.

    >>> [is_speaker(t) for t in ("Ông Trần Văn Bình, thôn 2: đường lầy", "Cử tri hỏi:", "Ông bà ta nói")]
    [True, True, False]
    """
    return _SPEAKER.match(text) is not None


def is_title(text: str) -> bool:
    """Whether all the letters of ``text`` are capitals, and there are some."""
    return text.isupper() and sum(map(str.isalpha, text)) >= 3


def is_page_number(text: str) -> bool:
    """Whether ``text`` is a page number and nothing else.

    >>> [is_page_number(t) for t in ("2", "- 2 -", "Trang 2/5", "2 hộ")]
    [True, True, True, False]
    """
    return _PAGE_NUMBER.fullmatch(text.strip()) is not None


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends with the sign that closes a sentence or opens a list."""
    return _FINAL.search(text) is not None


def kind_of(text: str) -> str:
    """The kind of a block that the file itself does not tell.

    >>> kind_of("- Đường lầy"), kind_of("Đường lầy")
    ('list_item', 'paragraph')
    """
    return "list_item" if is_item(text) else "paragraph"

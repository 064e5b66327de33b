"""Files that come with a reply: scans and documents, nothing that a browser or an office would run."""

from __future__ import annotations

import re

from ydan_service.errors import Invalid

_KINDS = {
    "pdf": ("application/pdf", b"%PDF-"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
    "jpg": ("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n"),
}
ACCEPT = ",".join(f".{ending}" for ending in _KINDS)
_LONGEST_NAME = 120
_UNSAFE = re.compile(r'[\x00-\x1f\x7f"\\/:*?<>|]+')


def check_file(name: str, data: bytes, most: int) -> str:
    """The media type of a file that may be kept.

    :raises Invalid: another kind, another content than its name says, empty, or larger than ``most`` bytes.
    """
    ending = name.rpartition(".")[2].lower()
    if ending not in _KINDS:
        raise Invalid("Tệp trả lời phải là .pdf, .docx, .jpg hoặc .png. Hãy quét hoặc xuất lại.", "file")
    if not data or len(data) > most:
        raise Invalid(f"Tệp trống hoặc lớn hơn {most // 1_000_000} MB. Hãy chọn tệp khác.", "file")
    media_type, mark = _KINDS[ending]
    if not data.startswith(mark):
        raise Invalid("Nội dung tệp không đúng với đuôi tên tệp. Hãy mở thử tệp rồi lưu lại.", "file")
    return media_type


def safe_name(name: str) -> str:
    """A file name without folders and signs that file systems refuse.

    >>> safe_name('C:\\\\tmp\\\\trả lời "12".pdf')
    'trả lời 12 .pdf'
    """
    last = re.split(r"[/\\]", name)[-1]
    clean = " ".join(_UNSAFE.sub(" ", last).split())
    stem, _, ending = clean.rpartition(".")
    return f"{stem[:_LONGEST_NAME]}.{ending[:8]}" if stem else clean[:_LONGEST_NAME]

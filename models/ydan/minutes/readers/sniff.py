"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import re

from ydan.errors import ReadError
from ydan.minutes.readers.limits import Limits
from ydan.minutes.readers.zipguard import Archive, encrypted

_HTML = re.compile(rb"\s*(?:<!doctype\s+html|<html|<head|<body|<table|<meta)", re.IGNORECASE)
_MAGIC = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"MIME-Version:", "mht"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
)
_OLE = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)
_ZIP = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
_MIMETYPES = ((b"opendocument.text", "odt"), (b"opendocument.spreadsheet", "ods"), (b"epub", "epub"))

LABELS = {
    "pdf": "PDF",
    "docx": "Word (.docx)",
    "xlsx": "Excel (.xlsx)",
    "pptx": "PowerPoint (.pptx)",
    "odt": "OpenDocument (.odt)",
    "ods": "bảng tính OpenDocument (.ods)",
    "epub": "EPUB",
    "doc": "Word 97-2003 (.doc)",
    "xls": "Excel 97-2003 (.xls)",
    "ppt": "PowerPoint 97-2003 (.ppt)",
    "ole": "tệp Office cũ (OLE)",
    "rtf": "RTF (.rtf)",
    "html": "trang web (HTML)",
    "xml": "XML",
    "mht": "trang web (MHTML)",
    "image": "ảnh",
    "archive": "tệp nén",
    "zip": "tệp nén (.zip)",
    "program": "chương trình",
    "text": "văn bản thuần (.txt)",
}


def sniff(data: bytes, name: str, limits: Limits) -> str:
    """A key of :data:`LABELS`.

    :raises ReadError: ``encrypted`` for an office file behind a password, ``corrupt_file`` for half an archive.
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data, name, limits)
    kind = next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)
    if kind == "ole":
        found = next((kind for stream, kind in _OLE if stream.encode("utf-16-le") in data), "ole")
        if found == "encrypted":
            raise encrypted(name)
        return found
    if kind is not None:
        return kind
    start = data[:2048].removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(start):
        return "html"
    return "xml" if start.lstrip().startswith(b"<?xml") else "text"


def _zip_kind(data: bytes, name: str, limits: Limits) -> str:
    archive = Archive(data, name, limits)
    if "mimetype" in archive.names:
        mimetype = (archive.read("mimetype") or b"")[:200]
        return next((kind for mark, kind in _MIMETYPES if mark in mimetype), "zip")
    return next((kind for folder, kind in _ZIP if any(part.startswith(folder) for part in archive.names)), "zip")


def wrong_extension(name: str, suffix: str, kind: str, readable: dict[str, tuple[str, ...]]) -> ReadError:
    """The error that says what ``name`` really is and how to go on."""
    fact = f"Tệp {name} mang đuôi {suffix} nhưng bên trong là {LABELS[kind]}."
    right = next((suffix for suffix, kinds in readable.items() if kinds[0] == kind), None)
    if right is not None:
        return ReadError(f"{fact} Hãy đổi tên tệp cho đúng đuôi {right} rồi thử lại.", "wrong_extension")
    if kind == "image":
        step = "Hãy chuyển ảnh thành PDF rồi đọc với tùy chọn --ocr."
    elif kind in ("archive", "zip"):
        step = "Hãy giải nén rồi đưa từng tệp bên trong."
    elif kind in ("xls", "ods"):
        step = "Hãy mở bằng Excel rồi lưu thành .xlsx."
    else:
        step = f"Hãy mở bằng phần mềm của nó rồi lưu thành {'.xlsx' if suffix == '.xlsx' else '.docx'}."
    return ReadError(f"{fact} {step}", "wrong_extension")

"""Documents opened by other hands than those that made them, as one line of words."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import openpyxl
import pypdfium2
from lxml import etree

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def words_in(layout: str, data: bytes) -> str:
    """Every word of a document in file order."""
    return re.sub(r"\s+", " ", _TEXTS[layout](data)).strip()


def word_root(data: bytes) -> etree._Element:
    """The root of ``word/document.xml``."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def pdf_pages(data: bytes) -> list[str]:
    """The text of every page."""
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def _docx(data: bytes) -> str:
    paragraphs = word_root(data).iter(f"{_WORD}p")
    return "\n".join("".join(text.text or "" for text in p.iter(f"{_WORD}t")) for p in paragraphs)


def _xlsx(data: bytes) -> str:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)


def _csv(data: bytes) -> str:
    return "\n".join(cell for row in csv.reader(io.StringIO(data.decode())) for cell in row)


_TEXTS = {
    "docx": _docx,
    "xlsx": _xlsx,
    "csv": _csv,
    "pdf": lambda data: "\n".join(pdf_pages(data)),
    "txt": bytes.decode,
    "md": lambda data: data.decode().replace("<br>", " "),
}

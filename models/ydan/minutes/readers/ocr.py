"""Scanned PDF pages through Tesseract with its Vietnamese data; its words have places, like those of a PDF."""

from __future__ import annotations

import ctypes
import subprocess
from functools import cache
from typing import Any

import numpy as np

from ydan.errors import ReadError
from ydan.minutes.readers.limits import Limits
from ydan.minutes.readers.ocrrules import find_rules
from ydan.minutes.readers.pdfpage import PDFIUM, Page, Word
from ydan.minutes.readers.programs import find_program, run_program

_DPI = 300
_MOST_PIXELS = 40_000_000
_SURE = 20.0
_HINT = (
    "Hãy cài Tesseract với tiếng Việt: trên Ubuntu, Debian: sudo apt install tesseract-ocr tesseract-ocr-vie; "
    "trên Windows: bộ cài UB Mannheim, chọn thêm ngôn ngữ Vietnamese."
)


def recognize(document: Any, page: Page, name: str, limits: Limits) -> Page:
    """``page`` with the words that Tesseract sees on it.

    :raises ReadError: ``needs_tesseract`` when it or its Vietnamese data is absent, ``too_slow``.
    """
    program = find_program("tesseract")
    if program is None:
        raise ReadError(f"Đọc bản quét cần chương trình Tesseract mà máy này chưa cài. {_HINT}", "needs_tesseract")
    if "vie" not in _languages(program):
        raise ReadError(f"Tesseract trên máy này chưa có dữ liệu tiếng Việt (vie). {_HINT}", "needs_tesseract")
    with PDFIUM:
        image, scale = _render(document, page)
    command = [program, "stdin", "stdout", "-l", "vie", "--dpi", str(round(72 * scale)), "tsv"]
    try:
        done = run_program(command, limits.seconds, image, {"OMP_THREAD_LIMIT": "1"})
    except (subprocess.TimeoutExpired, OSError) as error:
        raise ReadError(
            f"Tệp {name}, trang {page.number}: nhận dạng chữ quá {limits.seconds:g} giây hoặc không chạy được. "
            "Hãy quét lại rõ hơn (300 dpi, trắng đen).",
            "too_slow",
        ) from error
    found = Page(page.number, page.width, page.height, has_image=True)
    found.rows = parse_words(done.stdout.decode("utf-8", "replace"), page.height, scale)
    header, _, pixels = image.partition(b"255\n")
    grey = np.frombuffer(pixels, np.uint8).reshape(-1, int(header.split()[1]))
    found.across, found.down = find_rules(grey, scale)
    found.letters = sum(len(word.text) for row in found.rows for word in row)
    return found


def parse_words(table: str, height: float, scale: float) -> list[list[Word]]:
    """Tesseract's table of words (pixels from the top) to rows of words (points from the bottom).

    The letters of a line get the page's usual height for their size where they are near it: words differ with their
    marks and tails.
    """
    rows: dict[tuple[str, ...], list[tuple[str, float, float, float, float]]] = {}
    for line in table.split("\n")[1:]:
        fields = line.rstrip("\r").split("\t")
        if len(fields) < 12 or fields[0] != "5" or not fields[11].strip(" |¦[]") or _number(fields[10]) < _SURE:
            continue
        left, top, wide, high = (_number(field) / scale for field in fields[6:10])
        rows.setdefault(tuple(fields[1:5]), []).append((fields[11].strip(), left, top, wide, high))
    found: list[list[Word]] = []
    usual = sorted(high for words in rows.values() for *_, high in words)
    body = usual[len(usual) // 2] if usual else 10.0
    for words in rows.values():
        bottoms = sorted(top + high for _, _, top, _, high in words)
        highs = sorted(high for *_, high in words)
        base, size = height - bottoms[len(bottoms) // 2], max(highs[len(highs) // 2], 4.0)
        size = body if 0.7 * body < size < 1.4 * body else size
        found.append([Word(text, left, base, left + wide, size) for text, left, _, wide, _ in words])
    return found


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


@cache
def _languages(program: str) -> frozenset[str]:
    try:
        listed = run_program([program, "--list-langs"], 20)
    except (subprocess.TimeoutExpired, OSError):
        return frozenset()
    return frozenset((listed.stdout + listed.stderr).decode("utf-8", "replace").split())


def _render(document: Any, page: Page) -> tuple[bytes, float]:
    """The page as a grey PGM image, and pixels per point."""
    import pypdfium2.raw as pdfium

    scale = min(_DPI / 72, (_MOST_PIXELS / max(page.width * page.height, 1.0)) ** 0.5)
    wide, high = max(1, round(page.width * scale)), max(1, round(page.height * scale))
    raw = pdfium.FPDF_LoadPage(document.raw, page.number - 1)
    bitmap = pdfium.FPDFBitmap_CreateEx(wide, high, pdfium.FPDFBitmap_Gray, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, raw, 0, 0, wide, high, 0, pdfium.FPDF_ANNOT)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        data = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * high)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
        pdfium.FPDF_ClosePage(raw)
    rows = data if stride == wide else b"".join(data[at : at + wide] for at in range(0, stride * high, stride))
    return b"P5 %d %d 255\n" % (wide, high) + rows, scale

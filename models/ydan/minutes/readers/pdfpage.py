"""What stands on a PDF page: words with places, ruling lines, images. The one module that speaks to PDFium.

Places are in points from the bottom left of the page as it is shown (a turned page is turned back).
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, NamedTuple

from ydan.errors import MissingExtra, ReadError
from ydan.minutes.readers.limits import Limits
from ydan.minutes.readers.pdfguard import check_streams
from ydan.minutes.readers.zipguard import corrupt, encrypted
from ydan.parallel import in_parts

PDFIUM = Lock()
"""PDFium is not safe for threads: every call into it stands under this lock."""
_PASSWORD = 4
_TOKEN = re.compile(r"\r?\n|\x02|[^\s\x02]+")
_ODD = re.compile("[\x01\x03-\x08\x0b\x0c\x0e-\x1f\ufffd\ue000-\uf8ff]")  # U+0002 is PDFium's hyphen
_ENDS = ("\r\n", "\n", "\x02")
_PATH, _IMAGE, _FORM = 2, 3, 5
_MOST_OBJECTS = 20_000
_THIN = 3.0
_LEAST = 25
"""Pages that are worth a process of their own."""


class Word(NamedTuple):
    """A word with its left edge, baseline, right edge and font size."""

    text: str
    x: float
    y: float
    right: float
    size: float


class Rule(NamedTuple):
    """A straight line along an axis: at ``at`` on the other axis, from ``start`` to ``end``."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Page:
    """``rows`` are the words as the file draws them, a list for each stretch on one line.

    A garbled page has letters on paper, but its fonts do not say which: no row is kept.
    """

    number: int
    width: float
    height: float
    rows: list[list[Word]] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    has_image: bool = False
    is_garbled: bool = False
    letters: int = 0


@contextmanager
def open_pdf(data: bytes, name: str, limits: Limits) -> Iterator[Any]:
    """The document, closed again at the end.

    :raises ReadError: ``encrypted``, ``corrupt_file``, ``too_many_pages``.
    """
    try:
        import pypdfium2
    except ImportError as error:
        raise MissingExtra('Đọc tệp PDF cần gói pypdfium2. Hãy chạy: pip install "ydan[office]"') from error
    check_streams(data, name)
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise (encrypted(name) if getattr(error, "err_code", None) == _PASSWORD else corrupt(name)) from error
        count = len(document)
    try:
        if count < 1:
            raise corrupt(name)
        if count > limits.pages:
            raise ReadError(
                f"Tệp {name} có {count} trang, đọc tối đa {limits.pages} trang. Hãy tách tệp thành nhiều phần.",
                "too_many_pages",
            )
        yield document
    finally:
        with PDFIUM:
            document.close()


def read_pages(document: Any, name: str, limits: Limits, processes: int = 1) -> list[Page]:
    """Every page; one that PDFium cannot load is empty. So many ``processes`` may share them.

    :raises ReadError: ``too_long``, before the memory is used.
    """
    with PDFIUM:
        count = len(document)
    pages = in_parts(lambda numbers: _read_some(document, numbers, name, limits), range(count), processes, _LEAST)
    _check_letters(sum(page.letters for page in pages), name, limits)
    return pages


def _read_some(document: Any, numbers: Sequence[int], name: str, limits: Limits) -> list[Page]:
    import pypdfium2.raw as pdfium

    pages: list[Page] = []
    letters = 0
    for number in numbers:
        with PDFIUM:  # page by page, so that a long file does not keep the others waiting
            raw = pdfium.FPDF_LoadPage(document.raw, number)
            if not raw:
                pages.append(Page(number + 1, 595.0, 842.0))
                continue
            try:
                page = _Reader(pdfium, raw, number + 1).read()
            finally:
                pdfium.FPDF_ClosePage(raw)
        pages.append(page)
        letters += page.letters
        _check_letters(letters, name, limits)
    return pages


def _check_letters(letters: int, name: str, limits: Limits) -> None:
    if letters > limits.characters:
        raise ReadError(
            f"Tệp {name} có hơn {limits.characters / 1e6:g} triệu ký tự, đọc tối đa chừng ấy. Hãy tách tệp.",
            "too_long",
        )


class _Reader:
    def __init__(self, pdfium: Any, raw: Any, number: int) -> None:
        self.pdfium, self.raw = pdfium, raw
        self.page = Page(number, pdfium.FPDF_GetPageWidthF(raw), pdfium.FPDF_GetPageHeightF(raw))
        self.turn = pdfium.FPDFPage_GetRotation(raw)
        self.objects = 0

    def read(self) -> Page:
        text = self.pdfium.FPDFText_LoadPage(self.raw)
        if text:
            try:
                self._words(text)
            finally:
                self.pdfium.FPDFText_ClosePage(text)
        count = self.pdfium.FPDFPage_CountObjects(self.raw)
        for at in range(min(count, _MOST_OBJECTS)):
            self._object(self.pdfium.FPDFPage_GetObject(self.raw, at), 0)
        return self.page

    def _words(self, text: Any) -> None:
        """One look at the place of each word's first letter; at its last only where a wide gap may follow."""
        pdfium = self.pdfium
        content = _content(pdfium, text)
        odd = len(_ODD.findall(content))
        if odd > 15 and odd > 0.05 * len(content):
            self.page.is_garbled = True
            return
        self.page.letters = len(content)
        x, y = ctypes.c_double(), ctypes.c_double()
        to_x, to_y = ctypes.byref(x), ctypes.byref(y)
        edges = [ctypes.c_double() for _ in range(4)]
        to_edges = [ctypes.byref(edge) for edge in edges]
        origin, box, turn = pdfium.FPDFText_GetCharOrigin, pdfium.FPDFText_GetCharBox, self.turn

        def right_of(at: int) -> float:
            box(text, at, *to_edges)
            left, right, bottom, top = (edge.value for edge in edges)
            return right if not turn else max(self._shown(left, bottom)[0], self._shown(right, top)[0])

        row: list[Word] = []
        size = left = base = 0.0
        word, end = "", 0  # the word whose right edge is not known yet
        for match in _TOKEN.finditer(content):
            token, start = match[0], match.start()
            if token in _ENDS:
                if word:
                    row.append(Word(word + "-" if token == "\x02" else word, left, base, right_of(end - 1), size))
                    self._keep(row)
                    row, word = [], ""
                continue
            origin(text, start, to_x, to_y)
            at, height = (x.value, y.value) if not turn else self._shown(x.value, y.value)
            if word:
                right = at - 0.25 * size
                if at - left > 0.75 * size * len(word) + 1.2 * size or at < left:
                    right = right_of(end - 1)
                row.append(Word(word, left, base, right, size))
            else:
                size = pdfium.FPDFText_GetFontSize(text, start)
                if not 3 < size < 100:  # a font of size 1 in a scaled matrix
                    box(text, start, *to_edges)
                    size = min(max(1.5 * (edges[3].value - edges[2].value), 4.0), 100.0)
            word, left, base, end = token, at, height, match.end()
        if word:
            row.append(Word(word, left, base, right_of(end - 1), size))
            self._keep(row)

    def _keep(self, row: list[Word]) -> None:
        """A stretch that climbs is a stamp or a watermark across the page."""
        if len(row) == 1 or abs(row[-1].y - row[0].y) < 1.5 * row[0].size:
            self.page.rows.append(row)

    def _shown(self, x: float, y: float) -> tuple[float, float]:
        """A point of the unturned page on the page as shown."""
        width, height = self.page.width, self.page.height
        if self.turn == 1:
            return y, height - x
        if self.turn == 2:
            return width - x, height - y
        return (width - y, x) if self.turn == 3 else (x, y)

    def _object(self, item: Any, depth: int) -> None:
        pdfium = self.pdfium
        self.objects += 1
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == _IMAGE:
            self.page.has_image = True
        elif kind == _FORM and depth < 4:
            for at in range(min(pdfium.FPDFFormObj_CountObjects(item), _MOST_OBJECTS)):
                if self.objects > _MOST_OBJECTS:
                    return
                self._object(pdfium.FPDFFormObj_GetObject(item, at), depth + 1)
        elif kind == _PATH and not depth:
            self._path(item)

    def _path(self, item: Any) -> None:
        pdfium = self.pdfium
        bounds = [ctypes.c_float() for _ in range(4)]
        if not pdfium.FPDFPageObj_GetBounds(item, *map(ctypes.byref, bounds)):
            return
        left, bottom, right, top = (edge.value for edge in bounds)
        if right - left <= _THIN or top - bottom <= _THIN:
            self._rule(left, bottom, right, top)
            return
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
        if not stroke.value:
            return
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix))
        x, y = ctypes.c_float(), ctypes.c_float()
        start = before = (0.0, 0.0)
        for at in range(min(pdfium.FPDFPath_CountSegments(item), 2000)):
            segment = pdfium.FPDFPath_GetPathSegment(item, at)
            pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            point = (
                matrix.a * x.value + matrix.c * y.value + matrix.e,
                matrix.b * x.value + matrix.d * y.value + matrix.f,
            )
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                start = point
            elif kind == pdfium.FPDF_SEGMENT_LINETO:
                self._rule(*before, *point)
            if pdfium.FPDFPathSegment_GetClose(segment):
                self._rule(*point, *start)
            before = point

    def _rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        if self.turn:
            (x0, y0), (x1, y1) = self._shown(x0, y0), self._shown(x1, y1)
        wide, high = abs(x1 - x0), abs(y1 - y0)
        if high <= _THIN and wide > 2 * _THIN:
            self.page.across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif wide <= _THIN and high > 2 * _THIN:
            self.page.down.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


def _content(pdfium: Any, text: Any) -> str:
    """The page's letters, one for each that PDFium counts, so that an offset is an index."""
    count = pdfium.FPDFText_CountChars(text)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text, 0, count, buffer)
    content = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "surrogatepass")
    if len(content) == count:
        return content
    codes = (pdfium.FPDFText_GetUnicode(text, at) for at in range(count))
    return "".join(chr(code) if 0 < code < 0x110000 else "\ufffd" for code in codes)

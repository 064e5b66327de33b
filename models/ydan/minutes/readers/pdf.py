"""PDF files with a text layer: paragraphs across lines and pages, tables by their ruling lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ydan.errors import ReadError
from ydan.minutes.extract import Cell, Extract, Piece, Place
from ydan.minutes.readers.limits import Limits, check_cells, check_paragraphs
from ydan.minutes.readers.marks import ends_sentence, is_item, is_speaker, kind_of
from ydan.minutes.readers.pdfgrid import Box, Grid, find_grids
from ydan.minutes.readers.pdflayout import (
    Stretch,
    columns,
    leading_of,
    measure_of,
    part_letterhead,
    running,
    split_by,
    stretches,
    to_lines,
)
from ydan.minutes.readers.pdfpage import Page, Word, open_pdf, read_pages
from ydan.minutes.readers.tidy import finish
from ydan.minutes.readers.wrap import Line, Measure, continues, join

_FEW = 12  # a scanned page has no letters, or a stamp's


def read_pdf(data: bytes, name: str, limits: Limits, ocr: bool = False, processes: int = 1) -> Extract:
    """Paragraphs and table cells with their pages, which so many ``processes`` may share.

    :raises ReadError: ``scanned_pdf`` when the pages are images, or their fonts do not say their letters (and
        ``ocr`` is off), ``encrypted``,
        ``corrupt_file``, ``too_many_pages``.
    """
    dropped: list[str] = []
    with open_pdf(data, name, limits) as document:
        pages = read_pages(document, name, limits, processes)
        blank = [page for page in pages if page.is_garbled or (page.has_image and page.letters < _FEW)]
        if blank and ocr:
            from ydan.minutes.readers.ocr import recognize

            for page in blank:
                pages[page.number - 1] = recognize(document, page, name, limits)
        elif blank and not any(page.letters >= _FEW for page in pages):
            raise ReadError(
                f"Tệp {name} là bản quét (ảnh chụp) hoặc dùng phông không cho biết chữ, nên không có chữ để đọc. "
                "Hãy đọc với tùy chọn --ocr (cần Tesseract), hoặc dùng tệp Word gốc.",
                "scanned_pdf",
            )
        elif blank:
            shown = ", ".join(str(page.number) for page in blank[:20])
            dropped.append(f"trang quét chưa đọc: {shown} (dùng --ocr)")
    pieces, left_out = lay_out(pages, name, limits)
    return finish(pieces, "pdf", name, limits, len(pages), dropped + left_out)


def lay_out(pages: list[Page], name: str, limits: Limits) -> tuple[list[Piece], list[str]]:
    """Pages of words to pieces, and what was left out."""
    grids = [find_grids(page) for page in pages]
    loose = [stretches(_outside(page, found)) for page, found in zip(pages, grids, strict=True)]
    loose[0] = part_letterhead(loose[0])
    gone = running(loose, [page.height for page in pages], [page.number for page in pages])
    kept = [[stretch for stretch in content if id(stretch) not in gone] for content in loose]
    everything = [stretch for content in kept for stretch in content]
    flow = _Flow(name, limits, measure_of(everything) if everything else Measure(0, 595, 3, 6))
    usual = leading_of(everything, flow.measure)
    measures = _measures(pages, kept)
    for page, content, found in zip(pages, kept, grids, strict=True):
        flow.turn_to(measures.get(round(page.width), flow.measure))
        leading = leading_of(content, flow.measure, usual)
        middle = (flow.measure.left + flow.measure.right) / 2
        parts = split_by(content, [grid.top for grid in found])
        for at, part in enumerate(parts):
            if at:
                flow.table(found[at - 1], page)
            flow.lines += to_lines(columns(part, middle), page, leading, first_on_page=at == 0)
    flow.flush()
    return flow.pieces, ["số trang, dòng đầu trang hoặc chân trang"] if gone else []


def _measures(pages: list[Page], kept: list[list[Stretch]]) -> dict[int, Measure]:
    """The column of text for each width of page: an annex often lies on its side."""
    by_width: dict[int, list[Stretch]] = {}
    for page, content in zip(pages, kept, strict=True):
        by_width.setdefault(round(page.width), []).extend(content)
    return {width: measure_of(content) for width, content in by_width.items() if content}


def _outside(page: Page, grids: list[Grid]) -> list[list[Word]]:
    if not grids:
        return page.rows
    return [row for whole in page.rows for row in _split(whole, grids)]


def _split(row: list[Word], grids: list[Grid]) -> Iterator[list[Word]]:
    kept = [word for word in row if not any(_is_in(word, grid) for grid in grids)]
    if kept:
        yield kept


def _is_in(word: Word, area: Grid | Box) -> bool:
    """By the middle of the word, a little above its baseline."""
    middle = (word.x + word.right) / 2
    return area.left <= middle < area.right and area.bottom <= word.y + 0.3 * word.size < area.top


@dataclass(slots=True)
class _Flow:
    """Pieces in the making: open lines, and the table that the next page may go on with."""

    name: str
    limits: Limits
    measure: Measure
    pieces: list[Piece] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0
    cells: int = 0
    _last: Grid | None = None
    _header: tuple[str, ...] = ()
    _rows: int = 0

    def turn_to(self, measure: Measure) -> None:
        """Go on with pages whose text is set in ``measure``."""
        if measure != self.measure:
            last = self._last
            self.flush()
            self.measure, self._last = measure, last

    def flush(self) -> None:
        """Join the open lines to paragraphs."""
        for paragraph in join(self.lines, self.measure):
            text = " ".join(line.text for line in paragraph)
            self.paragraphs += 1
            check_paragraphs(self.paragraphs, self.name, self.limits)
            self.pieces.append(Piece(text, kind_of(text), Place(paragraph[0].page, self.paragraphs)))
        if self.lines:
            self._last = None
        self.lines = []

    def table(self, grid: Grid, page: Page) -> None:
        """Add a table, or the part of the last one that stands on this page."""
        self.flush()
        texts = _texts(grid, page)
        rows: dict[int, list[tuple[Box, str]]] = {}
        for box, text in zip(grid.boxes, texts, strict=True):
            rows.setdefault(box.row, []).append((box, text))
        head = tuple(text for _, text in rows[0])
        goes_on = self._last is not None and _same_edges(self._last, grid)
        if not goes_on:
            self.tables += 1
            self._rows, self._header = 0, head
        first = 1 if goes_on and head == self._header and any(head) else 0
        if goes_on and first in rows and self._carry_over(rows[first]):
            first += 1
        offset = self._rows - first
        for row in sorted(rows):
            if row < first:
                continue
            for box, text in rows[row]:
                self.cells += 1
                at = row + offset
                place = Place(page.number, cell=f"bảng {self.tables}, hàng {at + 1}, cột {box.column + 1}")
                self.pieces.append(
                    Piece(text, "cell", place, Cell(self.tables - 1, at, box.column, box.rows, box.columns))
                )
        check_cells(self.cells, self.name, self.limits)
        self._rows = grid.rows + offset
        self._last = grid

    def _carry_over(self, row: list[tuple[Box, str]]) -> bool:
        """Give the rest of a row that was broken by the page to the row above; a new row has its number."""
        if row[0][1] or not any(text for _, text in row) or self._rows < 1:
            return False
        columns_of = {p.cell.column: at for at, p in enumerate(self.pieces) if p.cell and self._is_last_row(p.cell)}
        if any(text and box.column not in columns_of for box, text in row):
            return False
        for box, text in row:
            if text:
                piece = self.pieces[columns_of[box.column]]
                mark = "\n" if ends_sentence(piece.text) and (is_item(text) or is_speaker(text)) else " "
                self.pieces[columns_of[box.column]] = piece._replace(text=(piece.text + mark + text).strip())
        return True

    def _is_last_row(self, cell: Cell) -> bool:
        return cell.table == self.tables - 1 and cell.row + cell.row_span == self._rows


def _texts(grid: Grid, page: Page) -> list[str]:
    """The words of each box, wraps joined; what is a paragraph of its own stands on its own line."""
    inside: list[list[list[Word]]] = [[] for _ in grid.boxes]
    home: int | None = None
    for row in page.rows:
        homes: dict[int, list[Word]] = {}
        if not (grid.bottom <= row[0].y + 0.3 * row[0].size < grid.top):
            continue
        for word in row:
            if home is None or not _is_in(word, grid.boxes[home]):  # most words stand in the box of the one before
                home = next((at for at, box in enumerate(grid.boxes) if _is_in(word, box)), None)
            if home is not None:
                homes.setdefault(home, []).append(word)
        for home, words in homes.items():
            inside[home].append(words)
    return [_cell_text(stretches(words), box) if words else "" for words, box in zip(inside, grid.boxes, strict=True)]


def _cell_text(content: list[Stretch], box: Box) -> str:
    size = content[0].size
    pad = min(max(min(stretch.x for stretch in content) - box.left, 2.0), 8.0)
    measure = Measure(box.left + pad, box.right - pad, 0.25 * size, 0.3 * size)
    lines = [Line(s.text, s.x, s.right, s.first, size=s.size) for s in content]
    text = [lines[0]]
    out = lines[0].text
    for line in lines[1:]:
        fresh = not continues(text, line, measure) and (
            ends_sentence(text[-1].text) or is_item(line.text) or is_speaker(line.text)
        )
        out += ("\n" if fresh else " ") + line.text
        text = [line] if fresh else [*text, line]
    return out


def _same_edges(one: Grid, other: Grid) -> bool:
    return len(one.edges) == len(other.edges) and all(
        abs(a - b) < 4 for a, b in zip(one.edges, other.edges, strict=True)
    )

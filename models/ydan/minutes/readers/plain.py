"""Text files (.txt, .md): hard wraps joined, the two columns of a letterhead or of signatures taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ydan.minutes.extract import Cell, Extract, Piece, Place
from ydan.minutes.readers import markdown
from ydan.minutes.readers.encoding import decode_text
from ydan.minutes.readers.limits import Limits, check_cells, check_paragraphs
from ydan.minutes.readers.marks import ends_sentence, is_item, is_page_number, kind_of
from ydan.minutes.readers.tidy import finish
from ydan.minutes.readers.wrap import Line, Measure, join

_COLUMNS = re.compile(r"(\S(?:.*?\S)??) {3,}(\S.*)")
_RULE = re.compile(r"[\s\-–—_=*~.·…]{3,}")
_TAB = 8
_INDENT = 15
_NARROWEST, _WIDEST = 40, 250
_RAGGED = 10  # a syllable and its blank: how much a wrapped line falls short of the width at most


def read_plain(data: bytes, name: str, limits: Limits, marked_down: bool = False) -> Extract:
    """Paragraphs, list items, headings; tables in Markdown become cells.

    :raises ReadError: ``binary_text``, ``no_text``, ``too_long``.
    """
    text = decode_text(data, name)
    is_markdown = marked_down or markdown.looks_like(text)
    raw, dropped = _drop_page_numbers(text)
    pieces: list[Piece] = []
    paragraph = cells = table = 0
    rows = [line.expandtabs(_TAB).rstrip() for line in raw]
    measure = find_measure(rows)
    for part in markdown.parts(rows) if is_markdown else [rows]:
        if isinstance(part, markdown.Table):
            cells += part.bars
            check_cells(cells, name, limits)
            for row, words in enumerate(part.rows()):
                for column, word in enumerate(words):
                    place = Place(cell=f"bảng {table + 1}, hàng {row + 1}, cột {column + 1}")
                    pieces.append(Piece(word, "cell", place, Cell(table, row, column)))
            table += 1
            continue
        if isinstance(part, markdown.Heading):
            paragraph += 1
            pieces.append(Piece(part.text, "heading", Place(paragraph=paragraph)))
            continue
        for lines in _paragraphs(part, measure):
            joined = " ".join(line.text for line in lines)
            if is_markdown:
                joined = markdown.plain(joined)
            paragraph += 1
            check_paragraphs(paragraph, name, limits)
            pieces.append(Piece(joined, kind_of(joined), Place(paragraph=paragraph)))
    return finish(pieces, "md" if marked_down else "txt", name, limits, None, dropped)


def find_measure(rows: list[str]) -> Measure | None:
    """The width that a file was wrapped at; ``None`` when each paragraph is one line.

    Lines that surely go on (no full stop, a small letter follows) end within a syllable of the width when a program
    wrapped them; lines of free length do not.
    """
    ends = [
        len(row)
        for row, after in pairwise(rows)
        if len(row) >= _NARROWEST and not ends_sentence(row) and after.lstrip()[:1].islower()
    ]
    if not ends:
        return None
    width = sorted(ends)[int(0.95 * (len(ends) - 1))] if len(ends) > 20 else max(ends)
    near = sum(width - _RAGGED <= end for end in ends)
    longer = sum(len(row) > width + 2 for row in rows)
    filled = sum(bool(row.strip()) for row in rows)
    if width > _WIDEST or near < 0.6 * len(ends) or longer > 0.1 * filled:
        return None
    marked = any(not row.strip() or row.startswith(" ") for row in rows)
    return Measure(0, width, 1, 0.5, marked)


def _paragraphs(rows: list[str], measure: Measure | None) -> Iterator[list[Line]]:
    block: list[str] = []
    for row in (*rows, ""):
        if row.strip() and not _RULE.fullmatch(row):
            block.append(row)
            continue
        yield from _block(block, measure)
        block = []


def _block(rows: list[str], measure: Measure | None) -> Iterator[list[Line]]:
    """The paragraphs between two blank lines, columns taken apart."""
    at = 0
    while at < len(rows):
        left, right, end = _columns(rows, at)
        if end > at:
            yield from join((_line(text, alone=True) for text in (*left, *right)), Measure(0, _WIDEST, 1, 0))
            at = end
            continue
        end = next((n for n in range(at + 1, len(rows)) if _parted(rows[n]) is not None), len(rows))
        lines = [_line(row) for row in rows[at:end]]
        yield from join(lines, measure) if measure else _hanging(lines)
        at = end


def _columns(rows: list[str], at: int) -> tuple[list[str], list[str], int]:
    """The lines of two columns that start at row ``at``, and the row after them (``at`` when none start)."""
    left: list[str] = []
    right: list[str] = []
    start, end = 0, at
    while end < len(rows):
        row = rows[end]
        indent = len(row) - len(row.lstrip())
        if (parted := _parted(row)) is not None:
            left.append(parted[0])
            right.append(parted[1])
            start = len(row) - len(parted[1])
        elif end > at and indent > max(_INDENT, start - _INDENT):
            right.append(row.strip())
        elif end > at and indent > 0 and len(row) < start - 2 and not is_item(row.strip()):
            left.append(row.strip())
        else:
            break
        end += 1
    return left, right, end


def _parted(row: str) -> tuple[str, str] | None:
    """A line with two columns; the room behind a list number, and three columns, are something else."""
    parted = _COLUMNS.fullmatch(row.strip()) if len(row) <= _WIDEST else None
    if parted is None or _COLUMNS.search(parted[2]) or (len(parted[1]) < 7 and is_item(parted[1] + " x")):
        return None
    return parted[1], parted[2]


def _hanging(lines: list[Line]) -> Iterator[list[Line]]:
    """Without a wrap width, only a line hung under the words of its list item goes on."""
    paragraph: list[Line] = []
    for line in lines:
        hangs = paragraph and is_item(paragraph[0].text) and line.left > paragraph[0].left and not is_item(line.text)
        if hangs and (line.text[:1].islower() or not ends_sentence(paragraph[-1].text)):
            paragraph.append(line)
            continue
        if paragraph:
            yield paragraph
        paragraph = [line]
    if paragraph:
        yield paragraph


def _line(row: str, alone: bool = False) -> Line:
    text = row.strip()
    return Line(text, len(row) - len(row.lstrip()), len(row), len(text.split(maxsplit=1)[0]), alone=alone)


def _drop_page_numbers(text: str) -> tuple[list[str], list[str]]:
    """The lines, less the page numbers beside form feeds."""
    pages = [page.split("\n") for page in text.split("\f")]
    if len(pages) == 1:
        return pages[0], []
    dropped = 0
    for page in pages:
        filled = [at for at, line in enumerate(page) if line.strip()]
        for at in {filled[0], filled[-1]} if filled else ():
            if is_page_number(page[at]):
                page[at] = ""
                dropped += 1
        while page and not page[-1].strip():
            page.pop()
    return [line for page in pages for line in page], ["số trang"] if dropped else []

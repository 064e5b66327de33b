"""Tables of opinions: which column holds what, and which rows are headers or group titles."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from ydan.minutes.dates import find_deadline
from ydan.minutes.extract import Block, Extract
from ydan.minutes.words import Line, load_words
from ydan.text import fold

_TOP_ROWS = 15
"""Rows within which the header begins."""
_HEADER_ROWS = 4
_LONG_HEADER = 60
_SPEECH = 35
"""Characters that a cell of a column of opinions has at least, on average."""
_SENTENCE = 30
"""Characters that a filled cell of a column of answers has at least, on average."""
_MOST = 0.7
"""Share of the cells of a column that must look alike for it to be known by them."""
_TOO_SHORT = 3
"""Characters of a word for people that may be part of the name of a place ("Tên thôn")."""
_ANSWERED = re.compile(r"tra loi|da giai quyet|phat bieu|giai dap")
_ANY_DAY = date(2025, 1, 1)


@dataclass(slots=True)
class Grid:
    """One table: its cells by row, and the column that each kind of content stands in."""

    number: int
    rows: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    columns: dict[str, int] = field(default_factory=dict)
    body_from: int = 0
    width: int = 1
    charges: bool = False
    """Whether the column of offices says who is to act, rather than who answered."""

    @property
    def holds_opinions(self) -> bool:
        """Whether one of its columns is of opinions."""
        return "content" in self.columns

    def body_rows(self) -> list[int]:
        """The rows under the header, from the top."""
        return [row for row in sorted(self.rows) if row >= self.body_from]


def read_grids(extract: Extract) -> list[Grid]:
    """Every table with its columns named; those without a column of opinions keep ``columns`` as found."""
    grids: dict[int, Grid] = {}
    for number, block in enumerate(extract.blocks):
        if block.cell is not None:
            grid = grids.setdefault(block.cell.table, Grid(block.cell.table))
            grid.rows[block.cell.row][block.cell.column] = number
            grid.width = max(grid.width, block.cell.column + block.cell.column_span)
    known: Grid | None = None
    for grid in grids.values():
        _name_columns(grid, extract)
        if not grid.holds_opinions and known is not None and grid.width == known.width:
            # the table went on after a page or a heading
            grid.columns, grid.body_from, grid.charges = dict(known.columns), 0, known.charges
        if grid.holds_opinions:
            known = grid
    return list(grids.values())


def _name_columns(grid: Grid, extract: Extract) -> None:
    """Name the columns by their header, then by what stands in them."""
    names: dict[str, tuple[int, int]] = {}
    for row in _header_rows(grid, extract):
        for column, number in grid.rows[row].items():
            block = extract.blocks[number]
            kind, size = column_kind(extract.of(block))
            if kind is None:
                continue
            if kind == "body":
                grid.charges = _ANSWERED.search(fold(extract.of(block))) is None
            grid.body_from = max(grid.body_from, row + (block.cell.row_span if block.cell else 1))
            spans = block.cell.column_span if block.cell else 1
            if spans > 1 and row + 1 in grid.rows:
                continue  # a title over several columns: the next row says which is which
            if kind not in names or size > names[kind][0]:
                names[kind] = (size, column)
    grid.columns = {kind: column for kind, (_size, column) in names.items()}
    if grid.columns:
        _guess_columns(grid, extract)


def _header_rows(grid: Grid, extract: Extract) -> list[int]:
    """The rows of the header: below a letterhead or title inside the sheet, above the first row of contents.

    The row that names most kinds of columns is the header; the rows below go on with it where its cells leave room
    for them (a title over several columns, a cell left empty), so that a first group title is not taken for one.
    """
    best, kinds = None, 1
    for row in sorted(grid.rows)[:_TOP_ROWS]:
        texts = [extract.of(extract.blocks[number]) for number in grid.rows[row].values()]
        filled = [text for text in texts if text.strip()]
        if len(filled) > 1 and _is_body(filled):
            break
        named = {kind for text in filled if (kind := column_kind(text)[0]) is not None}
        if len(named) >= kinds + (best is not None):
            best, kinds = row, len(named)
    if best is None:
        return []
    rows = [best]
    for row in range(best + 1, best + _HEADER_ROWS):
        cells = [extract.blocks[number] for number in grid.rows.get(row, {}).values()]
        if not cells or _is_body(map(extract.of, cells)):
            break
        above = [extract.blocks[number] for number in grid.rows[rows[-1]].values()]
        whole = {b.cell.column for b in above if b.cell and b.cell.column_span == 1 and extract.of(b).strip()}
        if any(b.cell and b.cell.column in whole and extract.of(b).strip() for b in cells):
            break
        rows.append(row)
    return rows


def _guess_columns(grid: Grid, extract: Extract) -> None:
    """Of the columns whose header says nothing known, those that read like opinions, answers, names or deadlines."""
    cells = {column: _cells(grid, extract, column) for column in range(grid.width)}
    free = [c for c in range(grid.width) if c not in grid.columns.values() and cells[c]]
    if "content" not in grid.columns:
        wordy = [c for c in free if _mean(cells[c]) >= _SPEECH and c < grid.columns.get("answer", grid.width)]
        if not wordy or not grid.columns.keys() & {"number", "speaker", "address", "answer"}:
            return
        grid.columns["content"] = max(wordy, key=lambda c: _mean(cells[c]))
    content = grid.columns["content"]
    if "answer" not in grid.columns:
        known = [c for kind, c in grid.columns.items() if kind == "body"]
        wordy = [c for c in (*free, *known) if c > content and _mean(cells[c]) >= _SENTENCE]
        if wordy:
            grid.columns["answer"] = max(wordy, key=lambda c: _mean(cells[c]))
            grid.columns = {k: c for k, c in grid.columns.items() if k != "body" or c != grid.columns["answer"]}
    for kind, looks in (("speaker", _is_name), ("deadline", _is_deadline)):
        alike = [c for c in free if c not in grid.columns.values() and _most(cells[c], looks)]
        if kind not in grid.columns and alike:
            grid.columns[kind] = alike[0]


def _cells(grid: Grid, extract: Extract, column: int) -> list[str]:
    """The words of the filled cells of a column, without the header."""
    numbers = [grid.rows[row][column] for row in grid.body_rows() if column in grid.rows[row]]
    return [text for number in numbers if (text := extract.of(extract.blocks[number]).strip())]


def _mean(texts: Sequence[str]) -> float:
    return sum(map(len, texts)) / len(texts) if texts else 0.0


def _most(texts: Sequence[str], looks: Callable[[str], bool]) -> bool:
    return len(texts) > 1 and sum(map(looks, texts)) >= _MOST * len(texts)


def _is_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 5 and all(word[0].isupper() and word.replace("'", "").isalpha() for word in words)


def _is_deadline(text: str) -> bool:
    return len(text) < _SPEECH and find_deadline(fold(text), _ANY_DAY) is not None


def _is_body(texts: Iterable[str]) -> bool:
    texts = list(texts)
    return any(len(text) > 2 * _LONG_HEADER for text in texts) or (
        bool(texts) and texts[0].strip(" .)").isdigit() and max(map(len, texts)) > 12
    )


def column_kind(header: str) -> tuple[str | None, int]:
    """What a header announces, and how many characters of it say so.

    >>> column_kind("Nội dung trả lời")[0], column_kind("Ý kiến, kiến nghị")[0], column_kind("TT")[0]
    ('answer', 'content', 'number')
    """
    line = Line.of(" ".join(header.split()).strip(" :.*"))
    if not line.text or len(line.text) > _LONG_HEADER:
        return None, 0
    hits = [
        (len(hit[0]) + (len(line.low) == len(hit[0])) * 50, -hit.start(), kind)
        for kind in load_words()["columns"]
        for hit in line.pattern("columns", kind).finditer(line.low)
    ]
    size, _start, best = max(hits, default=(0, 0, None))
    if best == "address" and any(kind == "speaker" and length > _TOO_SHORT for length, _start, kind in hits):
        return "speaker", size  # "Họ tên, địa chỉ": the cells are taken apart
    return best, size


def cell_text(extract: Extract, grid: Grid, row: int, kind: str) -> tuple[str, Block] | None:
    """The words of a row in the column of a kind, looking up to a merged cell that reaches down to it."""
    column = grid.columns.get(kind)
    if column is None:
        return None
    for above in range(row, -1, -1):
        number = grid.rows.get(above, {}).get(column)
        if number is None:
            continue
        block = extract.blocks[number]
        if block.cell is not None and block.cell.row + block.cell.row_span <= row:
            return None
        return extract.of(block), block
    return None

"""Tables of opinions: which column holds what, and which rows are headers or group titles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from ydan.minutes.extract import Block, Extract
from ydan.minutes.words import Line, load_words

_HEADER_ROWS = 4
_LONG_HEADER = 60
_SPEECH = 35
"""Characters that a cell of a column of speech has at least, on average."""


@dataclass(slots=True)
class Grid:
    """One table: its cells by row, and the column that each kind of content stands in."""

    number: int
    rows: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    columns: dict[str, int] = field(default_factory=dict)
    body_from: int = 0
    width: int = 1

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
            grid.columns, grid.body_from = dict(known.columns), 0  # the table went on after a page or a heading
        if grid.holds_opinions:
            known = grid
    return list(grids.values())


def _name_columns(grid: Grid, extract: Extract) -> None:
    """Read up to four header rows; the last that names a column is the end of the header."""
    names: dict[str, tuple[int, int]] = {}
    for row in sorted(grid.rows)[:_HEADER_ROWS]:
        cells = grid.rows[row]
        if _is_body(extract.of(extract.blocks[number]) for number in cells.values()):
            break
        for column, number in cells.items():
            block = extract.blocks[number]
            kind, size = column_kind(extract.of(block))
            if kind is None:
                continue
            grid.body_from = max(grid.body_from, row + (block.cell.row_span if block.cell else 1))
            spans = block.cell.column_span if block.cell else 1
            if spans > 1 and row + 1 in grid.rows:
                continue  # a title over several columns: the next row says which is which
            if kind not in names or size > names[kind][0]:
                names[kind] = (size, column)
    grid.columns = {kind: column for kind, (_size, column) in names.items()}
    if "content" not in grid.columns and grid.columns.keys() & {"number", "speaker"}:
        wordiest = _wordiest(grid, extract)
        if wordiest is not None:
            grid.columns["content"] = wordiest


def _wordiest(grid: Grid, extract: Extract) -> int | None:
    """Of the columns whose header says nothing known, the one that reads like speech."""
    sizes: dict[int, list[int]] = defaultdict(list)
    for row, cells in grid.rows.items():
        if row >= grid.body_from:
            for column, number in cells.items():
                sizes[column].append(len(extract.of(extract.blocks[number])))
    means = {c: sum(s) / len(s) for c, s in sizes.items() if c not in grid.columns.values()}
    best = max(means, key=lambda c: means[c], default=None)
    return best if best is not None and means[best] >= _SPEECH else None


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
    best: tuple[str | None, int] = (None, 0)
    for kind in load_words()["columns"]:
        for hit in line.pattern("columns", kind).finditer(line.low):
            size = len(hit[0]) + (len(line.low) == len(hit[0])) * 50
            if size > best[1]:
                best = (kind, size)
    return best


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

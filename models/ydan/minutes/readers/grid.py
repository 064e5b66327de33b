"""Rows of cells to pieces: which rows above a table are its title, which cells stand for several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ydan.minutes.extract import Cell, Piece, Place
from ydan.minutes.readers.marks import kind_of


class Span(NamedTuple):
    """A merged range: its first row and column, how many rows and columns it covers."""

    row: int
    column: int
    rows: int
    columns: int


def name_cell(row: int, column: int) -> str:
    """The spreadsheet's name of a cell; both count from 0.

    >>> name_cell(6, 2), name_cell(0, 27)
    ('C7', 'AB1')
    """
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def table_pieces(
    cells: Mapping[tuple[int, int], str], spans: Mapping[tuple[int, int], Span], table: int, sheet: str
) -> Iterator[Piece]:
    """Title rows as paragraphs, then the table's cells row by row; rows and columns keep the numbers of the sheet.

    A title row stands above the first row that has two filled cells; it holds one filled cell. A row below the
    table that holds one cell is a cell of it still: nobody but the reader of the table can tell a note from a row.
    """
    rows: dict[int, list[int]] = {}
    for row, column in sorted(cells):
        if cells[row, column].strip():
            rows.setdefault(row, []).append(column)
    heads = (row for row, columns in rows.items() if len(columns) >= 2 and not _is_letterhead(cells, row, columns))
    first = next(heads, min(rows, default=0))
    prefix = f"{sheet}!" if sheet else ""
    for row, columns in rows.items():
        for column in columns:
            text, place = cells[row, column], prefix + name_cell(row, column)
            if row < first:
                lines = [line for line in text.split("\n") if line.strip()]
                yield from (Piece(line, kind_of(line), Place(cell=place)) for line in lines)
                continue
            span = spans.get((row, column), Span(row, column, 1, 1))
            yield Piece(text, "cell", Place(cell=place), Cell(table, row, column, span.rows, span.columns))


def _is_letterhead(cells: Mapping[tuple[int, int], str], row: int, columns: list[int]) -> bool:
    """Agency on the left, the state's name and motto on the right."""
    words = " ".join(cells[row, column] for column in columns).lower()
    return len(columns) == 2 and any(mark in words for mark in ("cộng hòa", "cộng hoà", "độc lập", "số:", "ngày "))

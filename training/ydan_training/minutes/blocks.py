"""The body of a source as blocks: what a typist sees as headings, lists, centred lines, heads and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from ydan_training.minutes.marks import BREAK, Mark, MarkError, read_marks

Kind = Literal["heading", "subheading", "columns", "centred", "bullet", "number", "paragraph", "table"]

_BULLET = re.compile(r"[-+*] ")
_NUMBER = re.compile(r"(?:\d+[.)]|[a-zđ]\)) ")
_COLUMNS = re.compile(r"\s*\|\|\s*")
_ROW = re.compile(r"\|(?!\|)")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph without marks (its number or bullet still in ``text``), or one table.

    ``right`` is the second column of a two-column head. ``header`` and ``rows`` hold a table's cells; a line
    break in a cell is ``\\n``.
    """

    kind: Kind
    text: str = ""
    right: str = ""
    header: tuple[tuple[str, ...], ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def width(self) -> int:
        """The number of columns of a table."""
        return len(self.header[0])


@dataclass(slots=True)
class Body:
    """Blocks and marks in reading order; each mark with the number of its line in the file."""

    blocks: list[Block] = field(default_factory=list)
    marks: list[tuple[int, Mark]] = field(default_factory=list)


class BodyError(ValueError):
    """A line of the body cannot be read."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def read_body(lines: list[tuple[int, str]]) -> Body:
    """The blocks of the body's numbered lines.

    :raises BodyError: a wrong mark, or a table row with other cells than its header.
    """
    body = Body()
    clean: list[tuple[int, str]] = []
    for number, line in lines:
        try:
            text, marks = read_marks(line.strip())
        except MarkError as error:
            raise BodyError(number, str(error)) from error
        if _ROW.match(text) and any("|" in text[mark.start : mark.end] for mark in marks):
            raise BodyError(number, "a mark reaches over the border of a cell")
        body.marks += ((number, mark) for mark in marks)
        if text:
            clean.append((number, text))
    for is_table, group in groupby(clean, key=lambda line: _ROW.match(line[1]) is not None):
        rows = list(group)
        body.blocks += [_table(rows)] if is_table else [_block(text) for _, text in rows]
    return body


def head_length(blocks: Sequence[Block]) -> int:
    """How many blocks at the top are letterhead and title: two columns or centred lines."""
    return next((at for at, block in enumerate(blocks) if block.kind not in ("columns", "centred")), len(blocks))


def merge_spans(cells: list[tuple[str, ...]]) -> Iterator[tuple[int, int, int, int]]:
    """The multi-row header's and the column's equal neighbours, as (first row, first column, last row, last column).

    >>> list(merge_spans([("Thôn 1", "a"), ("Thôn 1", "b"), ("", "b")]))
    [(0, 0, 1, 0), (1, 1, 2, 1)]
    """
    for column in range(len(cells[0])):
        start = 0
        for row in range(1, len(cells) + 1):
            if row == len(cells) or not cells[row][column] or cells[row][column] != cells[start][column]:
                if row - start > 1:
                    yield start, column, row - 1, column
                start = row


def header_spans(header: tuple[tuple[str, ...], ...]) -> list[tuple[int, int, int, int]]:
    """What a header of several rows joins: equal cells side by side, then equal cells one above the other."""
    if len(header) == 1:
        return []
    spans: list[tuple[int, int, int, int]] = []
    for row, cells in enumerate(header):
        start = 0
        for column in range(1, len(cells) + 1):
            if column == len(cells) or not cells[column] or cells[column] != cells[start]:
                if column - start > 1:
                    spans.append((row, start, row, column - 1))
                start = column
    wide = {(row, column) for row, first, _, last in spans for column in range(first, last + 1)}
    spans += (s for s in merge_spans(list(header)) if not wide & {(row, s[1]) for row in range(s[0], s[2] + 1)})
    return spans


def _block(text: str) -> Block:
    for sign, kind in (("## ", "subheading"), ("# ", "heading"), ("^ ", "centred")):
        if text.startswith(sign):
            return Block(kind, text.removeprefix(sign).strip())  # type: ignore[arg-type]
    if "||" in text:
        left, right = _COLUMNS.split(text, maxsplit=1)
        return Block("columns", left, right)
    if _BULLET.match(text):
        return Block("bullet", text)
    return Block("number" if _NUMBER.match(text) else "paragraph", text)


def _table(lines: list[tuple[int, str]]) -> Block:
    rows = [(number, text.startswith("|="), _cells(text)) for number, text in lines]
    heads = next((i for i, (_, is_header, _) in enumerate(rows) if not is_header), len(rows)) or 1
    width = len(rows[0][2])
    for at, (number, is_header, cells) in enumerate(rows):
        if len(cells) != width:
            raise BodyError(number, f"a row of {len(cells)} cells below a header of {width}; end every row with |")
        if is_header and at >= heads:
            raise BodyError(number, "a |= row below the table's body; header rows come first")
    return Block(
        "table", header=tuple(cells for *_, cells in rows[:heads]), rows=tuple(cells for *_, cells in rows[heads:])
    )


def _cells(text: str) -> tuple[str, ...]:
    inner = re.sub(r"^\|=?|\|$", "", text.strip())
    return tuple("\n".join(part.strip() for part in cell.strip().split(BREAK)) for cell in inner.split("|"))

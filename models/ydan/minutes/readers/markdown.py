"""What minutes use of Markdown: headings, tables, emphasis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*")
_ROW = re.compile(r"\s*\|.*\|\s*")
_DASHES = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*")
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|__|~~|\*|_|`)(?=\S)([^*_~`]+?)(?<=\S)\1(?!\w)")
_LINK = re.compile(r"!?\[([^\][]*)\]\([^()\s]*\)")
_QUOTE = re.compile(r"^(?:\s{0,3}>\s?)+")
_LONG = 2_000
_LOOKS = re.compile(r"^#{1,6} \S|\*\*\S[^*\n]*\*\*|^\|(?:\s*:?-{2,}:?\s*\|)+\s*$", re.MULTILINE)


class Heading(NamedTuple):
    """A line behind ``#`` signs."""

    text: str


class Table(NamedTuple):
    """The lines of a table, its line of dashes left out."""

    lines: list[str]

    @property
    def bars(self) -> int:
        """At least the number of its cells, without parting them."""
        return sum(line.count("|") for line in self.lines)

    def rows(self) -> list[list[str]]:
        """The words of its cells, row by row."""
        return [_cells(line) for line in self.lines]


def looks_like(text: str) -> bool:
    """Whether a .txt file is Markdown all the same.

    >>> looks_like("# Biên bản\\n"), looks_like("1. Đường * 2")
    (True, False)
    """
    return _LOOKS.search(text) is not None


def parts(rows: list[str]) -> Iterator[list[str] | Heading | Table]:
    """Headings, tables, and the lines between them."""
    between: list[str] = []
    table: list[str] = []
    for row in (*rows, ""):
        row = _QUOTE.sub("", row)
        if _ROW.fullmatch(row):
            table.append(row)
            continue
        if table:
            if len(table) > 1 and _DASHES.fullmatch(table[1]):
                yield between
                between = []
                yield Table([line for at, line in enumerate(table) if at != 1])
            else:
                between += table
            table = []
        if len(row) < _LONG and (heading := _HEADING.fullmatch(row)):
            yield between
            between = []
            yield Heading(plain(heading[2]))
        else:
            between.append(row)
    yield between


def plain(text: str) -> str:
    """``text`` without emphasis marks and link targets.

    >>> plain("**Ông A:** đề nghị _sửa_ [đường](http://a.vn), 2 * 3 * 4")
    'Ông A: đề nghị sửa đường, 2 * 3 * 4'
    """
    text = _LINK.sub(r"\1", text)
    for _ in range(2):
        text = _EMPHASIS.sub(r"\2", text)
    return text


def _cells(row: str) -> list[str]:
    inner = row.strip().removeprefix("|").removesuffix("|")
    return [plain(cell.replace("\\|", "|").replace("<br>", "\n").strip()) for cell in re.split(r"(?<!\\)\|", inner)]

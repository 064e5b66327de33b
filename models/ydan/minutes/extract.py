"""The text of a file, with the place that every piece of it came from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

KINDS = ("paragraph", "heading", "list_item", "cell")


class Place(NamedTuple):
    """Where a block stands in the file, as a person would look for it; what the format does not have is ``None``.

    ``page`` and ``paragraph`` count from 1; ``cell`` is the spreadsheet's own name (``Ý kiến!C7``) or, for a table
    in a document, ``bảng 1, hàng 2, cột 3``.
    """

    page: int | None = None
    paragraph: int | None = None
    cell: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {name: value for name, value in self._asdict().items() if value is not None}


class Cell(NamedTuple):
    """A cell's place in its table: all count from 0. A merged cell is one block at its top left."""

    table: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or table cell: ``text[start:end]`` of its extract.

    List items hold their number or bullet in the text ("1. …", "- …"), also where the file keeps it as formatting.
    Lines that were wrapped by hand or by the page are joined again by one space. A cell that holds several paragraphs
    keeps a newline between them; no other block has one.
    """

    kind: str
    start: int
    end: int
    place: Place
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class Extract:
    """What a reader returns: the whole text, its blocks in reading order, one newline between two blocks.

    A table's cells come row by row. ``dropped`` says what was left out on purpose (page numbers, running heads).
    """

    text: str
    blocks: tuple[Block, ...]
    format: str
    pages: int | None = None
    dropped: tuple[str, ...] = ()

    def of(self, block: Block) -> str:
        """The words of a block."""
        return self.text[block.start : block.end]


class Piece(NamedTuple):
    """A block before its offsets are known."""

    text: str
    kind: str = "paragraph"
    place: Place = Place()
    cell: Cell | None = None


def build_extract(
    pieces: Iterable[Piece], format_: str, pages: int | None = None, dropped: Iterable[str] = ()
) -> Extract:
    """Lay pieces one after the other; empty ones are left out, except a table's cells.

    >>> extract = build_extract([Piece("BIÊN BẢN", "heading"), Piece("- Đường lầy.", "list_item")], "txt")
    >>> extract.text, extract.of(extract.blocks[1])
    ('BIÊN BẢN\\n- Đường lầy.', '- Đường lầy.')
    """
    texts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for piece in pieces:
        if not piece.text and piece.cell is None:
            continue
        end = at + len(piece.text)
        blocks.append(Block(piece.kind, at, end, piece.place, piece.cell))
        texts.append(piece.text)
        at = end + 1
    return Extract("\n".join(texts), tuple(blocks), format_, pages, tuple(dropped))

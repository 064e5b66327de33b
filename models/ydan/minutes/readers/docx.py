"""Word documents (.docx), read from their XML: numbers of lists, tables, text boxes, tracked changes, footnotes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ydan.errors import ReadError
from ydan.minutes.extract import Cell, Extract, Piece, Place
from ydan.minutes.readers.limits import Limits, check_cells, check_paragraphs
from ydan.minutes.readers.marks import is_item, is_speaker, kind_of
from ydan.minutes.readers.numbering import Numbering, W, parse_numbering
from ydan.minutes.readers.runs import Runs
from ydan.minutes.readers.styles import Style, Styles, attribute, parse_styles, to_int
from ydan.minutes.readers.tidy import finish
from ydan.minutes.readers.xmlguard import main_part, read_xml, relations
from ydan.minutes.readers.zipguard import Archive

_SDT, _CONTENT = f"{W}sdt", f"{W}sdtContent"
_TRANSPARENT = {f"{W}{name}" for name in ("customXml", "ins", "moveTo", "smartTag", "sdtContent")}
_LEFT_OUT = (("header", "tiêu đề đầu trang"), ("footer", "chân trang"), ("comments", "ghi chú bên lề"))


def read_docx(data: bytes, name: str, limits: Limits) -> Extract:
    """Paragraphs, list items, headings and table cells in reading order; footnotes come last.

    Macros are data that nothing looks at, links are never followed.

    :raises ReadError: see :mod:`ydan.minutes.readers.zipguard` and :mod:`~ydan.minutes.readers.xmlguard`;
        ``too_deep`` for tables in tables beyond the limit.
    """
    archive = Archive(data, name, limits)
    part, root = main_part(archive, "word/document.xml")
    related = relations(archive, part)
    parts = dict(related.values())
    styles = parse_styles(read_xml(archive, parts["styles"]) if "styles" in parts else None)
    numbering = parse_numbering(read_xml(archive, parts["numbering"]) if "numbering" in parts else None, styles.linked)
    reader = _Reader(name, limits, styles, numbering)
    body = root.find(f"{W}body")
    pieces = [] if body is None else list(reader.blocks(body))
    for kind in ("footnotes", "endnotes"):
        notes = read_xml(archive, parts[kind]) if kind in parts else None
        for note in () if notes is None else notes:
            if note.get(f"{W}type") in (None, "normal") and note.get(f"{W}id") in reader.runs.notes:
                pieces += reader.blocks(note)
    dropped = [label for kind, label in _LEFT_OUT if kind in parts]
    if any(part.endswith("vbaproject.bin") for part in archive.names):
        dropped.append("macro (không chạy)")
    dropped += reader.runs.dropped
    return finish(pieces, "docx", name, limits, None, dropped)


@dataclass(slots=True)
class _Reader:
    name: str
    limits: Limits
    styles: Styles
    numbering: Numbering
    runs: Runs = field(default_factory=Runs)
    paragraphs: int = 0
    tables: int = 0
    cells: int = 0

    def blocks(self, parent: Any, depth: int = 0) -> Iterator[Piece]:
        """The pieces of everything in ``parent``, in order."""
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child, depth)
            elif child.tag == f"{W}tbl":
                yield from self._table(child, depth)
            elif child.tag in _TRANSPARENT:
                yield from self.blocks(child, depth)
            elif child.tag == _SDT and (content := child.find(_CONTENT)) is not None:
                yield from self.blocks(content, depth)

    def _paragraph(self, node: Any, depth: int) -> Iterator[Piece]:
        if not len(node):
            return
        text, boxes = self.runs.read(node)
        properties = node.find(f"{W}pPr")
        style = self.styles.default
        if properties is not None and (named := attribute(properties, "pStyle")) is not None:
            style = self.styles.by_id.get(named, style)
        label = self._label(properties, style)  # also of an empty paragraph: Word counts it
        outline = None if properties is None else to_int(attribute(properties, "outlineLvl"))
        heading = style.is_heading if outline is None else outline < 9
        for at, line in enumerate(split_lines(text)):
            if not line.strip():
                continue
            if at == 0 and label:
                line = f"{label} {line.lstrip()}"
            kind = "heading" if heading else "list_item" if label and at == 0 else kind_of(line.strip())
            self.paragraphs += 1
            check_paragraphs(self.paragraphs, self.name, self.limits)
            yield Piece(line, kind, Place(paragraph=self.paragraphs))
        for box in boxes:
            self._check_depth(depth)
            yield from self.blocks(box, depth + 1)

    def _label(self, properties: Any | None, style: Style) -> str:
        number, level, styled = style.list, style.level, style.list_style
        if properties is not None:
            own = attribute(properties, "numPr", "numId")
            if own is not None:
                number, styled = own, None
            own_level = to_int(attribute(properties, "numPr", "ilvl"))
            level = level if own_level is None else own_level
        if number in (None, "0"):
            return ""
        return self.numbering.label(number or "", level or 0, styled)

    def _table(self, node: Any, depth: int) -> Iterator[Piece]:
        self._check_depth(depth)
        table = self.tables
        self.tables += 1
        cells: dict[tuple[int, int], tuple[Cell, str]] = {}
        open_above: dict[int, tuple[int, int]] = {}
        for row, row_node in enumerate(_children(node, f"{W}tr")):
            column = to_int(attribute(row_node, "trPr", "gridBefore")) or 0
            merged_here: dict[int, tuple[int, int]] = {}
            for cell_node in _children(row_node, f"{W}tc"):
                properties = cell_node.find(f"{W}tcPr")
                span, merge = _span(properties)
                head = open_above.get(column)
                if merge == "continue" and head is not None:
                    cell, text = cells[head]
                    cells[head] = cell._replace(row_span=row - cell.row + 1), text
                    merged_here[column] = head
                else:
                    text = self._cell_text(cell_node, depth)
                    cells[row, column] = Cell(table, row, column, 1, span), text
                    if merge is not None:
                        merged_here[column] = (row, column)
                    self.cells += 1
                    check_cells(self.cells, self.name, self.limits)
                column += span
            open_above = merged_here
        for cell, text in cells.values():
            place = Place(cell=f"bảng {table + 1}, hàng {cell.row + 1}, cột {cell.column + 1}")
            yield Piece(text, "cell", place, cell)

    def _cell_text(self, node: Any, depth: int) -> str:
        """The paragraphs of a cell, one a line; those of a table inside it too, in reading order."""
        paragraphs, tables = self.paragraphs, self.tables
        lines = [piece.text for piece in self.blocks(node, depth + 1)]
        self.paragraphs, self.tables = paragraphs, tables
        return "\n".join(lines)

    def _check_depth(self, depth: int) -> None:
        if depth >= self.limits.depth:
            raise ReadError(
                f"Tệp {self.name} có bảng lồng nhau quá {self.limits.depth} tầng. "
                "Hãy tách bảng trong Word rồi thử lại.",
                "too_deep",
            )


def split_lines(text: str) -> list[str]:
    """A paragraph with manual line breaks: items of their own are parted, mere wraps become spaces.

    >>> split_lines("Kiến nghị:\\n- Đường\\nxóm 2\\n- Điện")
    ['Kiến nghị:', '- Đường xóm 2', '- Điện']
    """
    if "\n" not in text:
        return [text]
    parted: list[str] = []
    for line in text.split("\n"):
        if not parted or is_item(line.strip()) or is_speaker(line.strip()):
            parted.append(line)
        else:
            parted[-1] += " " + line
    return parted


def _children(node: Any, tag: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also those inside content controls and tracked insertions."""
    for child in node:
        if child.tag == tag:
            deleted = child.find(f"{W}trPr/{W}del") if tag == f"{W}tr" else None
            if deleted is None:
                yield child
        elif child.tag in _TRANSPARENT:
            yield from _children(child, tag)
        elif child.tag == _SDT and (content := child.find(_CONTENT)) is not None:
            yield from _children(content, tag)


def _span(properties: Any | None) -> tuple[int, str | None]:
    """The columns a cell covers and its part in a vertical merge: ``restart``, ``continue`` or ``None``."""
    if properties is None:
        return 1, None
    span = max(1, min(to_int(attribute(properties, "gridSpan")) or 1, 1000))
    merge = properties.find(f"{W}vMerge")
    return span, None if merge is None else merge.get(f"{W}val", "continue")

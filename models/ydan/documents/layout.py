"""The building blocks of the templates: pages, heads, paragraphs, tables, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ydan.documents.office import load

FONT = "Times New Roman"
LEFT, CENTER, RIGHT, BOTH = 0, 1, 2, 3


class Layout:
    """One template under construction; sizes in points, lengths in millimetres."""

    def __init__(self, form: str, *, landscape: bool = False) -> None:
        self.form = form
        self._docx = load("docx")
        self._shared = load("docx.shared")
        self._qn = load("docx.oxml.ns").qn
        self._element = load("docx.oxml").OxmlElement
        self.document = self._docx.Document()
        self._style()
        self.page(self.document.sections[0], landscape=landscape)
        self.width = 262 if landscape else 165

    def _style(self) -> None:
        normal = self.document.styles["Normal"]
        normal.font.name = FONT
        normal.font.size = self._shared.Pt(14)
        fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
        for slot in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(self._qn(slot), FONT)
        normal.paragraph_format.space_after = self._shared.Pt(0)
        normal.paragraph_format.space_before = self._shared.Pt(0)
        language = self._element("w:lang")
        language.set(self._qn("w:val"), "vi-VN")
        normal.element.get_or_add_rPr().append(language)

    def page(self, section: Any, *, landscape: bool) -> None:
        """A4 with the margins of the form; the page number in the middle of the head, from page 2 on."""
        mm = self._shared.Mm
        long, short = mm(297), mm(210)
        section.orientation = 1 if landscape else 0
        section.page_width, section.page_height = (long, short) if landscape else (short, long)
        left, right, edge = (20, 15, 20) if landscape else (30, 15, 20)
        section.left_margin, section.right_margin = mm(left), mm(right)
        section.top_margin = section.bottom_margin = mm(20 if self.form == "party" and not landscape else edge)
        section.header_distance = mm(10)
        section.different_first_page_header_footer = True
        head = section.header
        head.is_linked_to_previous = False
        paragraph = head.paragraphs[0]
        paragraph.alignment = CENTER
        for kind, words in (("begin", None), (None, " PAGE "), ("end", None)):
            run = paragraph.add_run()
            run.font.size = self._shared.Pt(13 if self.form == "state" else 14)
            if kind is not None:
                mark = self._element("w:fldChar")
                mark.set(self._qn("w:fldCharType"), kind)
            else:
                mark = self._element("w:instrText")
                mark.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                mark.text = words
            run._r.append(mark)

    def say(
        self,
        text: str,
        *,
        to: Any = None,
        align: int = LEFT,
        size: float | None = None,
        bold: bool = False,
        italic: bool = False,
        underline: bool = False,
        indent: float = 0,
        before: float = 0,
        after: float = 0,
        keep: bool = False,
    ) -> Any:
        """A paragraph; ``**words**`` in ``text`` are bold. ``to`` is a cell (its first empty paragraph is used)."""
        where = self.document if to is None else to
        first = to is not None and len(to.paragraphs) == 1 and not to.paragraphs[0].runs
        paragraph = to.paragraphs[0] if first else where.add_paragraph()
        shape = paragraph.paragraph_format
        paragraph.alignment = align
        shape.space_before, shape.space_after = self._shared.Pt(before), self._shared.Pt(after)
        shape.keep_with_next = keep
        if indent:
            shape.first_line_indent = self._shared.Mm(indent)
        for at, part in enumerate(text.split("**")):
            if part or at == 0:
                run = paragraph.add_run(part)
                run.bold, run.italic, run.underline = bold or at % 2 == 1 or None, italic or None, underline or None
                if size is not None:
                    run.font.size = self._shared.Pt(size)
        return paragraph

    def body(self, text: str, *, keep: bool = False, bold: bool = False, italic: bool = False) -> Any:
        """A paragraph of running text: justified, first line in, 14 points."""
        paragraph = self.say(text, align=BOTH, indent=10, before=3, after=3, keep=keep, bold=bold, italic=italic)
        paragraph.paragraph_format.line_spacing = 1.1
        return paragraph

    def control(self, code: str, *, to: Any = None) -> None:
        """A Jinja line that leaves nothing behind (``{%p … %}``)."""
        self.say("{%p " + code + " %}", to=to)

    def framed(self, paragraph: Any) -> None:
        """A frame round the words of a paragraph, as round the mark of haste."""
        for run in paragraph.runs:
            frame = self._element("w:bdr")
            for name, value in (("val", "single"), ("sz", "8"), ("space", "0"), ("color", "000000")):
                frame.set(self._qn(f"w:{name}"), value)
            run._r.get_or_add_rPr().append(frame)

    def rule(self, to: Any, length: float, width: float) -> None:
        """A thin line of ``length`` in the middle of a cell or page of ``width``."""
        paragraph = to.add_paragraph()
        shape = paragraph.paragraph_format
        side = self._shared.Mm(max(0.0, (width - length) / 2))
        shape.left_indent = shape.right_indent = side
        shape.line_spacing = self._shared.Pt(3)
        shape.space_after = self._shared.Pt(3)
        borders = self._element("w:pBdr")
        line = self._element("w:bottom")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
            line.set(self._qn(f"w:{name}"), value)
        borders.append(line)
        properties = paragraph._p.get_or_add_pPr()
        anchor = properties.find(self._qn("w:spacing"))
        if anchor is None:
            properties.append(borders)
        else:
            anchor.addprevious(borders)

    def columns(self, widths: Sequence[float], *, grid: bool = False) -> Any:
        """A table of one row with fixed widths."""
        table = self.document.add_table(rows=1, cols=len(widths))
        if grid:
            table.style = "Table Grid"
        table.autofit = False
        if grid:
            self._margins(table, 1.0)
        table.alignment = 1
        for at, width in enumerate(widths):
            table.columns[at].width = self._shared.Mm(width)
            table.cell(0, at).width = self._shared.Mm(width)
        return table

    def _margins(self, table: Any, side: float) -> None:
        """Cell margins left and right in millimetres: narrow columns need the room."""
        margins = self._element("w:tblCellMar")
        for name in ("left", "right"):
            edge = self._element(f"w:{name}")
            edge.set(self._qn("w:w"), str(int(side * 56.7)))
            edge.set(self._qn("w:type"), "dxa")
            margins.append(edge)
        look = table._tbl.tblPr.find(self._qn("w:tblLook"))
        if look is None:
            table._tbl.tblPr.append(margins)
        else:
            look.addprevious(margins)

    def grid(self, heads: Sequence[str], widths: Sequence[float], size: float) -> Any:
        """A ruled table with a head that every page repeats."""
        table = self.columns(widths, grid=True)
        for at, words in enumerate(heads):
            self.say(words, to=table.cell(0, at), align=CENTER, size=size, bold=True, before=2, after=2)
            table.cell(0, at).vertical_alignment = 1
        self._row_mark(table.rows[0], "w:tblHeader")
        self._row_mark(table.rows[0], "w:cantSplit")
        return table

    def grid_row(self, table: Any, words: Sequence[str], size: float, *, centered: Sequence[int] = ()) -> None:
        """A row of cells."""
        cells = self._new_row(table)
        for at, text in enumerate(words):
            self.say(text, to=cells[at], size=size, align=CENTER if at in centered else LEFT, before=2, after=2)

    def grid_line(self, table: Any, words: str, size: float) -> None:
        """A row that is one cell: a group's title, a total, a Jinja control."""
        cells = self._new_row(table)
        whole = cells[0].merge(cells[-1]) if len(cells) > 1 else cells[0]
        self.say(words, to=whole, size=size, bold=True, keep=True, before=2, after=2)

    def keep_whole(self, table: Any) -> None:
        """No page break inside the first row."""
        self._row_mark(table.rows[0], "w:cantSplit")

    def _new_row(self, table: Any) -> Any:
        row = table.add_row()
        self._row_mark(row, "w:cantSplit")
        for at, column in enumerate(table.columns):
            row.cells[at].width = column.width
        return row.cells

    def _row_mark(self, row: Any, name: str) -> None:
        row._tr.get_or_add_trPr().append(self._element(name))

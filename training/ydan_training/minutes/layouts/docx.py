"""Word documents with what Word makes: its own numbering, heading styles, merged cells, a text box, a letterhead."""

from __future__ import annotations

import io
from datetime import datetime, time
from itertools import groupby

from docx import Document
from docx.document import Document as Doc
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from ydan_training.minutes.archive import freeze
from ydan_training.minutes.blocks import Block, head_length, header_spans, merge_spans
from ydan_training.minutes.layouts.word_xml import Numbering, put_in_text_box, repeat_row
from ydan_training.minutes.source import Source

_FONT = "Times New Roman"


def render_docx(source: Source) -> bytes:
    """A ``.docx`` on A4 in Times New Roman."""
    document = _blank()
    numbering = Numbering(document) if "auto_numbers" in source.options else None
    head = head_length(source.blocks)
    last_of_head = max((at for at in range(head) if source.blocks[at].kind == "centred"), default=-1)
    boxed = source.blocks[last_of_head] if "text_box" in source.options and last_of_head >= 0 else None
    for is_head, group in groupby(source.blocks, key=lambda block: block.kind == "columns"):
        blocks = list(group)
        if is_head and "letterhead_table" in source.options:
            _letterhead(document, blocks)
            continue
        for block in blocks:
            if block.kind == "table":
                _table(document, block, "merged" in source.options)
            else:
                paragraph = _paragraph(document, block, numbering)
                if block is boxed:
                    put_in_text_box(paragraph)
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "Văn phòng", "", ""
    properties.created = properties.modified = datetime.combine(source.day, time(9))
    out = io.BytesIO()
    document.save(out)
    return freeze(out.getvalue(), source.day)


def _blank() -> Doc:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    for name in ("Normal", "Heading 1", "Heading 2"):
        font = document.styles[name].font
        font.name, font.size, font.color.rgb = _FONT, Pt(14), RGBColor(0, 0, 0)
        fonts = document.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(kind), None)
        fonts.set(qn("w:eastAsia"), _FONT)
    return document


def _paragraph(document: Doc, block: Block, numbering: Numbering | None) -> Paragraph:
    if block.kind in ("heading", "subheading"):
        return document.add_paragraph(block.text, style="Heading 1" if block.kind == "heading" else "Heading 2")
    if block.kind == "columns":
        paragraph = document.add_paragraph()
        for stop in (Cm(3.5), Cm(11.5)):
            paragraph.paragraph_format.tab_stops.add_tab_stop(stop, WD_TAB_ALIGNMENT.CENTER)
        run = paragraph.add_run(f"\t{block.text}\t{block.right}")
        run.bold, run.font.size = True, Pt(12)
        return paragraph
    number, _, words = block.text.partition(". ")
    if numbering is not None and block.kind == "number" and number.isdecimal():
        paragraph = document.add_paragraph(words)
        numbering.apply(paragraph, int(number))
        return paragraph
    paragraph = document.add_paragraph()
    paragraph.add_run(block.text).bold = block.kind == "centred" or None
    if block.kind == "centred":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif block.kind == "paragraph":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Cm(1.27)
    return paragraph


def _letterhead(document: Doc, blocks: list[Block]) -> None:
    table = document.add_table(1, 2)
    table.autofit = False
    for column, width in zip(table.columns, (Cm(6.5), Cm(9.5)), strict=True):
        column.width = column.cells[0].width = width
    for cell, lines in zip(table.rows[0].cells, zip(*((b.text, b.right) for b in blocks), strict=True), strict=True):
        for at, line in enumerate(lines):
            paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
            run = paragraph.add_run(line)
            run.bold, run.font.size = True, Pt(12)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph()


def _table(document: Doc, block: Block, merged: bool) -> None:
    rows = (*block.header, *block.rows)
    table = document.add_table(len(rows), block.width, style="Table Grid")
    for at, texts in enumerate(rows):
        for cell, text in zip(table.rows[at].cells, texts, strict=True):
            for line_at, line in enumerate(text.split("\n")):
                paragraph = cell.paragraphs[0] if line_at == 0 else cell.add_paragraph()
                run = paragraph.add_run(line)
                run.bold, run.font.size = at < len(block.header) or None, Pt(12)
        if at < len(block.header):
            repeat_row(table.rows[at])
    _set_widths(table, rows)
    spans = [(0, span) for span in header_spans(block.header)]
    if merged and block.rows:
        spans += [(len(block.header), span) for span in merge_spans(list(block.rows))]
    for top, (row, column, last_row, last_column) in spans:
        _merge(table, top + row, column, top + last_row, last_column)


def _merge(table: Table, row: int, column: int, last_row: int, last_column: int) -> None:
    """Word keeps the text of every merged cell; all but the first are emptied before."""
    for r in range(row, last_row + 1):
        for c in range(column, last_column + 1):
            if (r, c) != (row, column):
                table.cell(r, c).text = ""
    whole = table.cell(row, column).merge(table.cell(last_row, last_column))
    for empty in [p for p in whole.paragraphs[1:] if not p.text]:
        empty._element.getparent().remove(empty._element)


def _set_widths(table: Table, rows: tuple[tuple[str, ...], ...]) -> None:
    table.autofit = False
    weights = [max(3.0, max(len(row[c]) for row in rows) ** 0.5) for c in range(len(rows[0]))]
    for column, weight in zip(table.columns, weights, strict=True):
        column.width = Cm(16 * weight / sum(weights))
        for cell in column.cells:
            cell.width = column.width

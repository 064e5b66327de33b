"""Excel workbooks: title rows over the whole width, a header of one or more rows, bordered wrapped cells."""

from __future__ import annotations

import io
from datetime import datetime, time

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ydan_training.minutes.archive import freeze
from ydan_training.minutes.blocks import Block, header_spans, merge_spans
from ydan_training.minutes.source import Source

_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_FONT = "Times New Roman"


def render_xlsx(source: Source) -> bytes:
    """An ``.xlsx`` of one sheet; ``merged`` also merges equal neighbouring cells of a column."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Ý kiến"
    width = max((block.width for block in source.blocks if block.kind == "table"), default=1)
    row = 1
    for block in source.blocks:
        row = (
            _table(sheet, row, block, "merged" in source.options)
            if block.kind == "table"
            else _title(sheet, row, block, width)
        )
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    _set_heights(sheet)
    book.properties.created = datetime.combine(source.day, time(9))
    book.properties.creator = "Văn phòng"
    out = io.BytesIO()
    book.save(out)
    return freeze(out.getvalue(), source.day)


def _title(sheet: Worksheet, row: int, block: Block, width: int) -> int:
    bold = block.kind in ("heading", "centred", "columns")
    spread = [(1, width, block.text)]
    if block.kind == "columns":
        half = max(1, width // 2)
        spread = [(1, half, block.text), (half + 1, max(width, half + 1), block.right)]
    for first, last, text in spread:
        cell = sheet.cell(row, first, text)
        cell.font = Font(name=_FONT, size=13, bold=bold)
        centred = block.kind in ("centred", "columns")
        cell.alignment = Alignment(horizontal="center" if centred else "left", vertical="top", wrap_text=True)
        if last > first:
            sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
    return row + 1


def _table(sheet: Worksheet, top: int, block: Block, merged: bool) -> int:
    for at, cells in enumerate((*block.header, *block.rows)):
        for column, text in enumerate(cells):
            is_count = at >= len(block.header) and text.isdecimal() and (text == "0" or text[0] != "0")
            cell = sheet.cell(top + at, column + 1, int(text) if is_count else text or None)
            cell.border = _BOX
            cell.font = Font(name=_FONT, size=12, bold=at < len(block.header))
            cell.alignment = Alignment(wrap_text=True, vertical="top" if at >= len(block.header) else "center")
    for column in range(block.width):
        longest = max(len(row[column]) for row in (*block.header, *block.rows))
        sheet.column_dimensions[get_column_letter(column + 1)].width = min(60, max(6, longest // 2 + 4))
    spans = [(top, span) for span in header_spans(block.header)]
    if merged and block.rows:
        spans += [(top + len(block.header), span) for span in merge_spans(list(block.rows))]
    for first, (row, column, last_row, last_column) in spans:
        sheet.merge_cells(
            start_row=first + row, end_row=first + last_row, start_column=column + 1, end_column=last_column + 1
        )
    return top + len(block.header) + len(block.rows)


def _set_heights(sheet: Worksheet) -> None:
    """Rows as high as their longest cell: nobody opens the file in Excel to have it done."""
    wide = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    for row in sheet.iter_rows():
        most = 1
        for cell in row:
            area = wide.get((cell.row, cell.column))
            if area is not None and area.max_row > area.min_row:
                continue
            columns = range(cell.column, (area.max_col if area else cell.column) + 1)
            width = sum(sheet.column_dimensions[get_column_letter(column)].width for column in columns)
            lines = str(cell.value or "").split("\n")
            most = max(most, sum(1 + int(len(line) * 1.1 // width) for line in lines))
        sheet.row_dimensions[row[0].row].height = 17 * most

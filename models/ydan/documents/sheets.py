"""Spreadsheets that print: A4 across, the head on every page, text that stays text."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from ydan.documents.office import load
from ydan.documents.wording import BLANK, clean

FONT = "Times New Roman"
LONGEST = 32_000
"""Characters of one cell, at most; Excel takes 32,767."""
_FORMULA = frozenset("=+-@")


class Sheet:
    """One sheet that is written row by row."""

    def __init__(self, sheet: Any, widths: Sequence[float]) -> None:
        self._styles = load("openpyxl.styles")
        self.sheet = sheet
        self.columns = len(widths)
        self.row = 0
        self._widths = tuple(widths)
        self._filtered_from = 0
        letter = load("openpyxl.utils").get_column_letter
        for at, width in enumerate(widths, 1):
            sheet.column_dimensions[letter(at)].width = width
        self.last = letter(self.columns)

    def write(
        self,
        values: Sequence[object],
        *,
        bold: bool = False,
        italic: bool = False,
        size: float = 11,
        centered: Sequence[int] | str = (),
        border: bool = True,
        fill: str | None = None,
        wrap: bool = True,
    ) -> int:
        """A row of cells; its number."""
        self.row += 1
        side = self._styles.Side(style="thin", color="000000")
        for at, value in enumerate(values, 1):
            cell = self.sheet.cell(self.row, at)
            put(cell, value)
            cell.font = self._styles.Font(name=FONT, size=size, bold=bold, italic=italic)
            middle = centered == "all" or at - 1 in centered
            cell.alignment = self._styles.Alignment(
                horizontal="center" if middle else "left",
                vertical="center" if centered == "all" else "top",
                wrap_text=wrap,
            )
            if border:
                left, right = side if wrap or at == 1 else None, side if wrap or at == self.columns else None
                cell.border = self._styles.Border(left=left, right=right, top=side, bottom=side)
            colour = "FFFF00" if isinstance(value, str) and BLANK.search(value) else fill
            if colour:
                cell.fill = self._styles.PatternFill("solid", start_color=colour)
        widest = zip(values, self._widths, strict=False) if border else [(values[0], sum(self._widths))]
        lines = max((_lines(value, width, size, bold=bold) for value, width in widest), default=1) if wrap else 1
        self.sheet.row_dimensions[self.row].height = min(409, lines * size * 1.25 + 4)
        return self.row

    def line(
        self, text: str, *, size: float = 13, bold: bool = False, italic: bool = False, middle: bool = True
    ) -> None:
        """Words across the whole width."""
        self.write([text], bold=bold, italic=italic, size=size, border=False)
        self.sheet.merge_cells(start_row=self.row, end_row=self.row, start_column=1, end_column=self.columns)
        cell = self.sheet.cell(self.row, 1)
        cell.alignment = self._styles.Alignment(
            horizontal="center" if middle else "left", vertical="center", wrap_text=True
        )

    def heads(self, first: int, last: int, freeze: str, *, filtered: bool = True) -> None:
        """Rows ``first`` to ``last`` are the head: frozen, repeated on paper, with filters under it."""
        self.sheet.freeze_panes = freeze
        self.sheet.print_title_rows = f"{first}:{last}"
        self._filtered_from = last if filtered else 0

    def finish(self, last_row: int) -> None:
        """Filters down to ``last_row`` and everything that printing needs."""
        sheet = self.sheet
        if self._filtered_from:
            sheet.auto_filter.ref = f"A{self._filtered_from}:{self.last}{max(last_row, self._filtered_from)}"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = 9
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = load("openpyxl.worksheet.properties").PageSetupProperties(fitToPage=True)
        sheet.page_margins = load("openpyxl.worksheet.page").PageMargins(
            left=0.5, right=0.5, top=0.6, bottom=0.7, header=0.3, footer=0.35
        )
        sheet.print_options.horizontalCentered = True
        sheet.oddFooter.center.text = "Trang &P/&N"
        sheet.print_area = f"A1:{self.last}{self.row}"


def _lines(value: object, width: float, size: float, *, bold: bool) -> int:
    """Lines that a text takes in a column: LibreOffice and some Excels do not work it out on opening."""
    fitting = width * 1.12 * 11 / size * (0.92 if bold else 1)
    return max(1, len(textwrap.wrap(clean(str(value)), max(4, int(fitting)))))


def put(cell: Any, value: object) -> None:
    """A value as what it is: numbers as numbers, text as text even where it begins like a formula."""
    if isinstance(value, int):
        cell.value = value
        return
    text = clean(str(value))[:LONGEST]
    if not text:
        return
    cell.value = text
    if text[0] in _FORMULA:
        cell.data_type = "s"
        cell.quotePrefix = True

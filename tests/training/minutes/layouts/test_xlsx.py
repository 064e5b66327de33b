"""Workbooks have title rows, merged cells and real numbers."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl

from tests.training.minutes.sample import sample
from ydan_training.minutes.layouts.xlsx import render_xlsx


def test_titles_headers_and_equal_neighbours_are_merged(tmp_path: Path) -> None:
    """The header of two rows always, the column's neighbours when asked."""
    sheet = openpyxl.load_workbook(io.BytesIO(render_xlsx(sample(tmp_path, layout="xlsx", options="merged")))).active
    assert sheet is not None
    top = next(cell.row for cell in sheet["A"] if cell.value == "TT")
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A3:D3", f"B{top}:C{top}", f"A{top}:A{top + 1}", f"C{top + 2}:C{top + 3}"} <= merged
    assert sheet.cell(top + 2, 1).value == 1
    assert sheet.cell(top + 2, 4).value.startswith("Cột điện đầu xóm nghiêng hẳn về phía đường.\nĐề nghị")

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest

from tests.models.minutes.readers.building import minutes_xlsx, rows, saved, texts, workbook
from tests.models.minutes.readers.hostile import S, repacked, with_sheet
from ydan.minutes.extract import Cell, Extract
from ydan.minutes.readers import read_bytes


def read(book: openpyxl.Workbook) -> Extract:
    return read_bytes(saved(book), "y-kien.xlsx")


def test_title_rows_are_paragraphs_and_the_table_keeps_the_sheets_own_places() -> None:
    extract = read_bytes(minutes_xlsx(2), "a.xlsx")
    assert texts(extract, "paragraph") == ["TỔNG HỢP Ý KIẾN CỬ TRI", "(Kèm theo Báo cáo số 12/BC-UBND)"]
    assert [row[0] for row in rows(extract)] == ["STT", "1", "2"]
    last = extract.blocks[-1]
    assert (last.place.cell, last.cell) == ("Ý kiến!B5", Cell(0, 4, 1))


def test_a_letterhead_above_the_table_is_no_part_of_it() -> None:
    head = ["UBND XÃ TÂN LẬP", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    extract = read(workbook(a=[head, ["TỔNG HỢP"], ["STT", "Nội dung"], [1, "Đường"]]))
    assert texts(extract, "paragraph") == [*head, "TỔNG HỢP"]
    assert rows(extract) == [["STT", "Nội dung"], ["1", "Đường"]]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (12, "12"),
        (12.0, "12"),
        (3.5, "3,5"),
        (True, "Có"),
        (date(2026, 3, 5), "05/03/2026"),
        (datetime(2026, 3, 5, 8, 30), "05/03/2026 08:30"),
        (time(8, 30), "08:30"),
        ("0912 345 678", "0912 345 678"),
        ("Đường\nĐiện", "Đường\nĐiện"),
    ],
)
def test_values_read_as_a_person_sees_them(value: Any, shown: str) -> None:
    assert rows(read(workbook(a=[["Cột", "Cột 2"], ["x", value]])))[1] == ["x", shown]


def test_formulas_give_the_value_last_computed() -> None:
    sheet = '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1+1</f><v>2</v></c></row></sheetData>'
    assert rows(read_bytes(with_sheet(sheet), "a.xlsx")) == [["1", "2"]]


def test_shared_words_are_found_and_pronunciation_is_left_out() -> None:
    words = f'<sst xmlns="{S}"><si><t>Một</t></si><si><r><t>Ha</t></r><r><t>i</t></r><rPh><t>x</t></rPh></si></sst>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    link = f'<Relationship Id="rId77" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    cells = '<sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>99</v></c></row></sheetData>'
    data = repacked(
        with_sheet(cells),
        {
            "xl/sharedStrings.xml": lambda _: words.encode(),
            "xl/_rels/workbook.xml.rels": lambda old: old.replace(b"</Relationships>", link.encode()),
        },
    )
    assert rows(read_bytes(data, "a.xlsx")) == [["Một", "Hai"]]


def test_each_visible_sheet_is_a_table_and_hidden_ones_are_said() -> None:
    book = workbook(Một=[["a", "b"]], Hai=[["c", "d"]], Ẩn=[["e", "f"]])
    book["Ẩn"].sheet_state = "hidden"
    extract = read(book)
    assert (rows(extract, 0), rows(extract, 1)) == ([["a", "b"]], [["c", "d"]])
    assert extract.dropped == ("trang tính ẩn “Ẩn”",)


def test_merged_cells_are_one_block_with_spans() -> None:
    book = workbook(a=[["STT", "Nội dung"], ["1", "dọc"], ["2", None]])
    book.active.merge_cells("B2:B3")
    extract = read(book)
    assert {extract.of(block): block.cell for block in extract.blocks}["dọc"] == Cell(0, 1, 1, 2, 1)

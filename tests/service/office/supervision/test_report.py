"""The report and the spreadsheet: what they say, read back from the files."""

from __future__ import annotations

import io
from typing import Any

import pytest

from tests.service.conftest import APerson
from tests.service.office.supervision.holding import TODAY, Year, hold
from ydan.documents.office import load
from ydan_service.office.supervision import communes
from ydan_service.office.supervision.report import make_report
from ydan_service.office.supervision.sheet import make_book
from ydan_service.office.supervision.year import supervise
from ydan_service.store.store import Store


@pytest.fixture
def held(sqlite_store: Store) -> Year:
    return hold(sqlite_store)


@pytest.fixture
def found(sqlite_store: Store, held: Year, a_person: APerson) -> communes.Year:
    person = a_person("auditor", everywhere=True)
    with sqlite_store.read() as session:
        return supervise(session, person, 2026, TODAY)


def _open(content: bytes) -> Any:
    return load("docx").Document(io.BytesIO(content))


def test_the_report_gives_the_figures_the_faults_and_the_advice(found: communes.Year) -> None:
    """Every number as counted by hand."""
    document = _open(make_report(found, TODAY, "Ủy ban Kiểm tra Tỉnh ủy"))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Theo kế hoạch năm 2026 có 05 cuộc tiếp xúc, đối thoại tại 02 đơn vị." in text
    assert "Đến nay 02/03 đơn vị đã tổ chức 02 cuộc, trong đó 01 cuộc ngoài kế hoạch." in text
    assert "Có hủy 01 cuộc, 01 cuộc quá ngày chưa tổ chức, 01 cuộc chưa đến ngày." in text
    assert "01/02 cuộc công bố kết luận đúng hạn" in text
    assert "Tỷ lệ người dự đạt 46,7% so với số được mời." in text
    assert "Nhầm với tiếp xúc cử tri (Kết luận số 156-KL/TU): 02 trường hợp, gồm xã Bình 02." in text
    assert "Công bố sau hội nghị 24 ngày (04/05/2026), chậm 14 ngày so với hạn 10 ngày." in text
    assert "Đề nghị xã Bình phân biệt rõ tiếp xúc, đối thoại" in text
    assert document.tables[0].cell(0, 0).paragraphs[0].text == "ỦY BAN KIỂM TRA TỈNH ỦY"


def test_the_reports_table_has_a_row_a_commune_and_a_sum(found: communes.Year) -> None:
    """Name, plan, held, beside the plan …"""
    table = _open(make_report(found, TODAY)).tables[-1]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert [row[:6] for row in rows[1:]] == [
        ["Xã An", "1", "1", "0", "0", "0"],
        ["Xã Bình", "4", "1", "1", "0", "1"],
        ["Xã Cam", "0", "0", "0", "0", "0"],
        ["Cộng", "5", "2", "1", "0", "1"],
    ]
    assert rows[1][-1] == "Không"
    assert "Nhầm với tiếp xúc cử tri (2)" in rows[2][-1]


def test_a_report_of_a_year_without_fault_says_so(found: communes.Year) -> None:
    """Nothing is invented."""
    good = communes.Year(2026, (found.communes[0],), found.years)
    text = "\n".join(paragraph.text for paragraph in _open(make_report(good, TODAY)).paragraphs)
    assert "Qua số liệu hiện có, chưa phát hiện hạn chế, vi phạm." in text
    assert "của xã An, năm 2026" in text


def test_the_spreadsheet_keeps_numbers_as_numbers(found: communes.Year) -> None:
    """And has every session and every fault on sheets of their own."""
    book = load("openpyxl").load_workbook(io.BytesIO(make_book(found, TODAY)))
    assert book.sheetnames == ["Theo đơn vị", "Từng cuộc", "Hạn chế, vi phạm"]
    rows = [[cell.value for cell in row] for row in book["Theo đơn vị"].iter_rows()]
    binh = next(row for row in rows if row[0] == "Xã Bình")
    assert binh[1:6] == [4, 1, 1, 0, 1]
    faults = list(book["Hạn chế, vi phạm"].iter_rows(min_row=3, values_only=True))
    assert len(faults) == len(found.communes[1].faults)
    assert len(list(book["Từng cuộc"].iter_rows(min_row=3))) == 3

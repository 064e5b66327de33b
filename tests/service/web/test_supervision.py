"""The supervision's pages: the table, one commune, the files, who sees what."""

from __future__ import annotations

import io
import re
import time
from random import Random
from statistics import median

import pytest

from tests.service.filling import fill
from tests.service.office.supervision.holding import TODAY, Year, hold
from tests.service.web.conftest import SignedIn
from ydan.documents.office import load
from ydan_service.store.store import Store
from ydan_service.web.routes import supervision

PAGE = {"Accept": "text/html"}


@pytest.fixture(autouse=True)
def a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages' clock stands at the day of ``holding.py``."""
    monkeypatch.setattr(supervision, "today", lambda: TODAY)


@pytest.fixture
def held(the_store: Store) -> Year:
    return hold(the_store)


def words(html: str) -> str:
    """What a reader sees, blanks as one."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_table_names_the_faults_of_each_commune(client: SignedIn, held: Year) -> None:
    """With links to the commune and nothing that was not counted."""
    found = client("auditor").get("/supervision?year=2026", headers=PAGE)
    assert found.status_code == 200
    rows = found.text.partition("<tbody>")[2].partition("</tbody>")[0].split("</tr>")
    good, bad, silent = (words(row) for row in rows[:3])
    assert good.startswith("An xã 1 1 – 1/1 80% 1/1 1/1 – Không")
    assert bad.startswith("Bình xã 4 1 1 ngoài kế hoạch 1 0/1 30% 0/1")
    assert "Nhầm với tiếp xúc cử tri 2" in bad
    assert silent.endswith("Chưa có số liệu")
    assert f'href="/supervision/{held.bad}?year=2026"' in found.text


def test_one_commune_is_told_session_by_session(client: SignedIn, held: Year) -> None:
    """Each rule with its evidence."""
    told = words(client("leader").get(f"/supervision/{held.bad}?year=2026", headers=PAGE).text)
    assert (
        "Không đạt: Công bố kết luận Công bố sau hội nghị 24 ngày (04/05/2026), chậm 14 ngày so với hạn 10 ngày."
        in told
    )
    assert "Hủy cuộc dự kiến ngày 01/09/2026: Trùng bầu cử" in told
    assert "Phải thông báo chậm nhất ngày 13/12/2026." in told
    assert "Cuộc dự kiến ngày 01/08/2026 không tổ chức và không nêu lý do." in told


def test_an_auditor_has_no_way_to_the_words_of_a_meeting(client: SignedIn, held: Year) -> None:
    """A leader, who reads meetings, has."""
    url = f"/supervision/{held.bad}?year=2026"
    assert f'href="/meetings/{held.faulty}"' in client("leader").get(url, headers=PAGE).text
    assert "/meetings" not in client("auditor").get(url, headers=PAGE).text


@pytest.mark.parametrize("year", ["x", "20260", "-1", "", "٢٠٢٦"])
def test_a_year_that_cannot_be_read_is_this_year(client: SignedIn, held: Year, year: str) -> None:
    """No error for a slip in the address."""
    found = client("auditor").get(f"/supervision?year={year}", headers=PAGE)
    assert "Năm 2026, số liệu đến ngày 20/11/2026." in words(found.text)


def test_the_files_are_of_the_communes_in_scope(client: SignedIn, held: Year) -> None:
    """And of one commune where it is asked for."""
    local = client("leader", communes=[held.good])
    book = load("openpyxl").load_workbook(io.BytesIO(local.get("/supervision/report.xlsx?year=2026").content))
    names = [row[0] for row in book["Theo đơn vị"].iter_rows(values_only=True)]
    assert "Xã An" in names
    assert "Xã Bình" not in names
    assert local.get(f"/supervision/report.docx?commune={held.bad}", headers=PAGE).status_code == 404
    found = client("auditor").get(f"/supervision/report.docx?year=2026&commune={held.bad}")
    assert found.headers["content-disposition"] == 'attachment; filename="bao-cao-giam-sat-doi-thoai-2026.docx"'
    document = load("docx").Document(io.BytesIO(found.content))
    assert [row.cells[0].text for row in document.tables[-1].rows] == ["Đơn vị", "Xã Bình", "Cộng"]


def test_the_page_speaks_english(client: SignedIn, held: Year) -> None:
    """Also the sentences of the checks, with their numbers."""
    told = words(client("auditor", language="en").get(f"/supervision/{held.bad}?year=2026", headers=PAGE).text)
    assert "Published 24 days after the session (04/05/2026), 14 days beyond the term of 10 days." in told


@pytest.mark.heavy
def test_the_pages_come_within_a_tenth_of_a_second(client: SignedIn, the_store: Store) -> None:
    """200 sessions, 10,000 opinions."""
    with the_store.begin() as session:
        filled = fill(session, Random(7), TODAY)
    browser = client("leader")
    for url in ("/supervision?year=2026", f"/supervision/{filled.communes[0]}?year=2025", "/plans?year=2026"):
        taken = []
        for _round in range(7):
            start = time.perf_counter()
            assert browser.get(url, headers=PAGE).status_code == 200
            taken.append(time.perf_counter() - start)
        assert median(taken) < 0.1

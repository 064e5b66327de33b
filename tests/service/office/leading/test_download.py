"""The list as a file: whole, without names, and nothing in it runs."""

from __future__ import annotations

import csv
import io
from datetime import date

import openpyxl
import pytest
from sqlalchemy import select, update

from tests.service.office.leading.hand import TODAY, Book
from ydan_service.errors import Invalid
from ydan_service.office.leading import download as module
from ydan_service.office.leading.download import HEADS, download
from ydan_service.office.leading.narrowing import Narrowing
from ydan_service.store.tables import AuditEvent, Opinion

NARROWED = Narrowing(start=date(2025, 1, 1), topic="education")


def read(kind: str, made: bytes) -> list[list[str]]:
    """Rows of the file without the heads, all as text."""
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(made.decode("utf-8-sig"))))
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(made)).active
        rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == [head for head, _width in HEADS]
    return rows[1:]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_file_holds_every_opinion_that_is_meant(book: Book, kind: str) -> None:
    """And of each the labels by name, the covered words, what is late."""
    person = book.leader()
    rows = {int(row[0]): row for row in read(kind, download(book.store, person, NARROWED, TODAY, kind))}
    meant = book.meant(person, NARROWED)
    assert set(rows) == {one.id for one in meant}
    assert len(meant) > 5
    for one in meant:
        row = dict(zip((head for head, _width in HEADS), rows[one.id], strict=True))
        assert row["Nội dung"].lstrip("'") == " ".join(one.text.split())
        assert row["Lĩnh vực"] == "Giáo dục, đào tạo"
        assert row["Báo lên trên"] == ("x" if one.escalate else "")
        assert row["Đã soát"] == ("x" if one.reviewed_at else "")
        assert row["Ngày họp"] == f"{one.meeting.held_on:%d/%m/%Y}"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "words", ["=1+1", "+84 đường", "-2 phòng học", "@SUM(A1)", "\t=cmd|' /C calc'!A0", "=HYPERLINK(1)"]
)
def test_words_that_look_like_a_formula_stay_words(book: Book, kind: str, words: str) -> None:
    """Whoever speaks at a meeting may choose the first sign; a spreadsheet must not run it."""
    one = book.meant(book.leader(), NARROWED)[0]
    with book.store.begin() as session:
        session.execute(update(Opinion).where(Opinion.id == one.id).values(text=words))
    try:
        made = download(book.store, book.leader(), NARROWED, TODAY, kind)
    finally:
        with book.store.begin() as session:
            session.execute(update(Opinion).where(Opinion.id == one.id).values(text=one.text))
    at = [head for head, _width in HEADS].index("Nội dung")
    if kind == "csv":
        (cell,) = [row[at] for row in read(kind, made) if int(row[0]) == one.id]
        assert cell == "'" + words.strip()
        return
    sheet = openpyxl.load_workbook(io.BytesIO(made)).active
    (row,) = [row for row in sheet.iter_rows(min_row=2) if row[0].value == one.id]
    assert (row[at].value, row[at].data_type) == (words.strip(), "s")
    assert row[at].quotePrefix


def test_a_download_leaves_a_line_without_what_was_searched_for(book: Book) -> None:
    """How many and by which labels; the search may be a name."""
    narrowing = NARROWED.but(q="truong")
    count = len(book.meant(book.local(), narrowing))
    download(book.store, book.local(), narrowing, TODAY, "csv")
    with book.store.read() as session:
        last = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(1)).one()
    assert (last.action, last.subject, last.subject_id, last.account_id) == (
        "opinions.download", "opinions", "csv", book.filled.local_leader,
    )  # fmt: skip
    assert last.detail == {"opinions": count, "query": NARROWED.query()}


def test_a_file_has_a_limit_and_says_what_to_do(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """No row is left out in silence."""
    monkeypatch.setattr(module, "MOST", 3)
    with pytest.raises(Invalid, match=r"tối đa 3\. Hãy lọc"):
        download(book.store, book.leader(), Narrowing(), TODAY, "csv")

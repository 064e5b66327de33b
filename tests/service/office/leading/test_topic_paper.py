"""The Word document, opened and read again."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any

import docx
import pytest

from tests.service.office.leading.hand import TODAY, Book
from ydan.predictor import Predictor
from ydan_service.office.leading.narrowing import Narrowing
from ydan_service.office.leading.sentence import counts, plain, weights
from ydan_service.office.leading.topic_paper import cite, write_paper
from ydan_service.office.leading.topic_summary import Summary, summarise

PERIOD = Narrowing(start=date(2025, 1, 1), end=date(2026, 12, 31))


@pytest.fixture
def told(book: Book, predictor: Predictor) -> Summary:
    with book.store.read() as session:
        return summarise(session, book.leader(), "transport_roads", PERIOD, TODAY, predictor.bundle.heads.vocabulary)


def opened(summary: Summary) -> Any:
    made = write_paper(summary, office="UBND xã Tân Lập", place="xã Tân Lập", period="năm 2026", today=TODAY)
    return docx.Document(io.BytesIO(made))


def test_it_says_what_the_page_says(told: Summary) -> None:
    """Title, the sentences, the three opinions word for word, each with where it was said."""
    paper = opened(told)
    lines = [paragraph.text for paragraph in paper.paragraphs]
    assert "TÓM TẮT Ý KIẾN CỦA NHÂN DÂN" in lines
    assert "về lĩnh vực giao thông, đường sá, vận tải" in lines
    assert "xã Tân Lập, năm 2026" in lines
    for sentence in counts(told):
        assert plain(sentence) in lines
    assert any(line.startswith("Có ") and f"{told.count} lượt" in line for line in lines)
    assert len(weights(told)) > 0
    assert len(told.representatives) == 3
    for line in told.representatives:
        at = lines.index(f"“{' '.join(line.text.split())}”")
        assert lines[at + 1].startswith(f"({cite(line)}")
        assert f"mã {line.id}" in lines[at + 1]
        assert line.commune in lines[at + 1]


def test_its_table_adds_up(told: Summary) -> None:
    """A row for each matter and their sum."""
    (_head, table) = opened(told).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["TT", "Việc", "Số lượt", "Tỷ lệ", "Số thôn", "Chưa xong"]
    body = rows[1:-1]
    assert len(body) == len(told.matters)
    assert [int(row[2]) for row in body] == [matter.count for matter in told.matters]
    assert sum(int(row[2]) for row in body) == int(rows[-1][2]) == told.count
    assert sum(int(row[5]) for row in body) == int(rows[-1][5]) == told.open


def test_it_is_an_a4_page_in_the_house_type(told: Summary) -> None:
    """As every document of the office."""
    paper = opened(told)
    section = paper.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm), round(section.left_margin.mm)) == (
        210,
        297,
        30,
    )
    assert paper.styles["Normal"].font.name == "Times New Roman"
    assert paper.tables[0].cell(0, 0).paragraphs[0].text == "UBND XÃ TÂN LẬP"


def test_it_says_what_is_not_in_it(told: Summary) -> None:
    """Labels that nobody has looked at, and that confidential opinions are only counted."""
    words = "\n".join(paragraph.text for paragraph in opened(replace(told, unreviewed=3, hidden=2)).paragraphs)
    assert "3 ý kiến chưa được cán bộ soát" in words
    assert "Chưa kể 2 ý kiến giữ kín" in words
    words = "\n".join(paragraph.text for paragraph in opened(replace(told, unreviewed=0, hidden=0)).paragraphs)
    assert "chưa được cán bộ soát" not in words
    assert "giữ kín" not in words


def test_words_that_mean_something_to_the_layout_stay_words(told: Summary) -> None:
    """Two asterisks, controls, a template's braces: a citizen's text is never markup."""
    first = told.representatives[0]
    odd = replace(first, text="Đường **rất** xấu \x07 {{ 7 * 7 }} <b>")
    lines = [paragraph.text for paragraph in opened(replace(told, representatives=(odd,))).paragraphs]
    assert "“Đường * *rất* * xấu {{ 7 * 7 }} <b>”" in lines


def test_without_opinions_it_is_short(told: Summary) -> None:
    """One sentence, no table, nothing that fails."""
    empty = replace(told, count=0, matters=(), statuses=(), representatives=(), before=None)
    paper = opened(empty)
    assert len(paper.tables) == 1
    assert any(paragraph.text.startswith("Không có ý kiến nào") for paragraph in paper.paragraphs)

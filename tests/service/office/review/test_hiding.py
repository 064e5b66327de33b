"""What of the minutes goes with what is hidden."""

from __future__ import annotations

import pytest

from ydan.minutes.extract import Cell, Extract, Piece, build_extract
from ydan_service.office.review.hiding import covered_extract, touches_hidden


@pytest.fixture
def extract() -> Extract:
    """Three paragraphs and a row of a table."""
    return build_extract(
        [
            Piece("Bà Thơm (thôn Nam) nêu:"),
            Piece("Một việc. Việc kín. Việc ba."),
            Piece("Đoạn khác."),
            Piece("Bà Lựu", "cell", cell=Cell(0, 1, 0)),
            Piece("Việc trong bảng", "cell", cell=Cell(0, 1, 1)),
            Piece("Dòng khác", "cell", cell=Cell(0, 2, 0)),
        ],
        "txt",
    )


def _span(extract: Extract, words: str) -> tuple[int, int]:
    start = extract.text.index(words)
    return start, start + len(words)


def test_the_paragraph_goes_but_for_the_opinions_that_may_be_read(extract: Extract) -> None:
    hidden, shown = [_span(extract, "Việc kín.")], [_span(extract, "Một việc."), _span(extract, "Việc ba.")]
    lines = covered_extract(extract.text, extract, hidden, shown, ["Thơm"]).split("\n")
    assert lines[0] == "▇" * 23, "who speaks is announced in a paragraph of its own"
    assert lines[1] == "Một việc.▇▇▇▇▇▇▇▇▇▇▇Việc ba."
    assert lines[2] == "Đoạn khác."


def test_a_row_of_a_table_goes_whole(extract: Extract) -> None:
    covered = covered_extract(extract.text, extract, [_span(extract, "Việc trong bảng")], [], [])
    assert covered.split("\n")[3:] == ["▇▇▇▇▇▇", "▇" * 15, "Dòng khác"]
    assert len(covered) == len(extract.text)


def test_where_nothing_is_hidden_nothing_is_covered(extract: Extract) -> None:
    assert covered_extract(extract.text, extract, [], [], ["Thơm"]) == extract.text
    assert not touches_hidden(extract, [], [], ["Thơm"], (0, 5))


def test_a_stretch_that_reaches_into_it_is_seen(extract: Extract) -> None:
    hidden, shown = [_span(extract, "Việc kín.")], [_span(extract, "Một việc.")]
    assert touches_hidden(extract, hidden, shown, [], _span(extract, "Việc kín"))
    assert not touches_hidden(extract, hidden, shown, [], _span(extract, "Một việc."))

"""Nothing of the minutes is lost, and every source is exact."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.models.minutes.small import MINUTES, lines, read, small_topics
from ydan.minutes.extract import KINDS, Cell, Extract, Piece, Place, build_extract
from ydan.minutes.model import load_minutes_model
from ydan.minutes.reading import read_minutes
from ydan.minutes.records import Answer, Minutes, Raised, Rest

PARTS = st.one_of(
    st.sampled_from(
        [
            *MINUTES,
            "- Anh Phùng Tiến (thôn 5) hỏi: Đèn đường xóm chùa hỏng cả tháng nay.",
            "Trả lời: Đã rõ. Giao Công an xã lo.",
            "IV. KẾT LUẬN",
            "Hội nghị kết thúc lúc 11 giờ.",
            "Nội dung",
            "Trả lời",
            "STT",
        ]
    ),
    st.text(max_size=60),
)


@st.composite
def extracts(draw: st.DrawFn) -> Extract:
    """Paragraphs, headings, list items and ragged tables in any order."""
    pieces = []
    for number in range(draw(st.integers(0, 6))):
        if draw(st.booleans()):
            kind = draw(st.sampled_from(KINDS[:3]))
            pieces.append(Piece(draw(PARTS).replace("\n", " "), kind, Place(paragraph=number + 1)))
            continue
        for row in range(draw(st.integers(1, 4))):
            for column in sorted(draw(st.sets(st.integers(0, 3), min_size=1))):
                pieces.append(Piece(draw(PARTS), "cell", Place(cell=f"{row}.{column}"), Cell(number, row, column)))
    return build_extract(pieces, "docx")


def check(minutes: Minutes) -> None:
    """Every letter and digit is in an opinion, an answer or the rest; every text is what its source says."""
    text = minutes.extract.text
    kept: list[Raised | Answer | Rest] = [*minutes.opinions, *minutes.answers, *minutes.rest]
    covered = bytearray(len(text))
    for item in kept:
        start, end = item.source.start, item.source.end
        assert text[start:end] == item.text
        covered[start:end] = b"\1" * (end - start)
    lost = [at for at, c in enumerate(text) if c.isalnum() and not covered[at]]
    assert lost == [], text[max(0, lost[0] - 40) : lost[0] + 40]
    for answer in minutes.answers:
        for task in answer.tasks:
            assert answer.source.start <= task.span[0] < task.span[1] <= answer.source.end


def test_head_and_closing_are_rest() -> None:
    """With what they seem to be."""
    minutes = read(lines(*MINUTES, "Hội nghị kết thúc lúc 11 giờ."))
    check(minutes)
    assert minutes.rest[0].text == "BIÊN BẢN"
    assert minutes.rest[0].kind == "head"


def test_names_before_a_turn_are_rest() -> None:
    """The opinion is the words alone, and the name is not lost."""
    texts = [piece.text for piece in read(lines(*MINUTES)).rest]
    assert "1. Ông Tạ Văn Mão (thôn 2):" in texts


@given(extracts())
@settings(max_examples=120, deadline=None)
def test_nothing_is_lost_of_any_extract(extract: Extract) -> None:
    """By a model that follows the headings."""
    check(read(extract))


FOLDER = Path(__file__).resolve().parents[3] / "data" / "minutes" / "documents"
DOCUMENTS = sorted(file for file in FOLDER.glob("*") if not file.name.endswith(".gold.json"))


@pytest.mark.parametrize("file", DOCUMENTS, ids=[file.name for file in DOCUMENTS])
def test_nothing_is_lost_of_our_documents(file: Path) -> None:
    """By the model that ships."""
    pytest.importorskip("docx")
    pytest.importorskip("openpyxl")
    pytest.importorskip("pypdfium2")
    from ydan.minutes.readers import read_file

    check(read_minutes(read_file(file), load_minutes_model(), small_topics))

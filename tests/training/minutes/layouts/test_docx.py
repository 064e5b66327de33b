"""Word documents hold what Word makes."""

from __future__ import annotations

import io
from pathlib import Path

import docx
from docx.oxml.ns import qn

from tests.training.minutes.layouts.reading import word_root
from tests.training.minutes.sample import BODY, sample, write_source
from ydan_training.minutes.layouts.docx import render_docx
from ydan_training.minutes.source import parse_source


def test_numbers_are_words_own(tmp_path: Path) -> None:
    """They are not in the text, and start again where the typed ones do."""
    body = BODY.replace("# II. Trả lời", "# II. Trả lời\n1. Xã xin cảm ơn.")
    source = parse_source(write_source(tmp_path, body, options="auto_numbers"))
    document = docx.Document(io.BytesIO(render_docx(source)))
    numbered = [p for p in document.paragraphs if p._p.pPr is not None and p._p.pPr.numPr is not None]
    assert [p.text[:6] for p in numbered] == ["Ông Ho", "Bà Lê ", "Xã xin"]
    lists = [p._p.pPr.numPr.numId.val for p in numbered]
    assert lists[0] == lists[1] != lists[2]


def test_typed_numbers_stay_in_the_text(tmp_path: Path) -> None:
    """Without the option."""
    document = docx.Document(io.BytesIO(render_docx(sample(tmp_path))))
    assert any(p.text.startswith("1. Ông Hoàng") for p in document.paragraphs)
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == ["I. Ý kiến", "II. Trả lời"]


def test_the_last_centred_line_of_the_head_goes_in_a_text_box(tmp_path: Path) -> None:
    """Twice, as in Word's files: the drawing and its fallback."""
    root = word_root(render_docx(sample(tmp_path, options="text_box")))
    boxes = ["".join(t.text or "" for t in box.iter(qn("w:t"))) for box in root.iter(qn("w:txbxContent"))]
    assert boxes == ["Hội nghị tiếp xúc, đối thoại"] * 2


def test_the_letterhead_is_a_table_without_borders(tmp_path: Path) -> None:
    """Each side one cell."""
    document = docx.Document(io.BytesIO(render_docx(sample(tmp_path, options="letterhead_table"))))
    head = document.tables[0]
    assert [cell.text for cell in head.rows[0].cells] == [
        "UBND XÃ HƯNG LONG\nSố: 12/BB-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
    ]
    assert head.style.name == "Normal Table"
    assert document.tables[1].style.name == "Table Grid"


def test_equal_neighbours_are_one_cell(tmp_path: Path) -> None:
    """Their words stand once; a header of two rows is always merged."""
    document = docx.Document(io.BytesIO(render_docx(sample(tmp_path, options="merged"))))
    [table] = document.tables
    assert table.cell(0, 1)._tc is table.cell(0, 2)._tc
    assert table.cell(2, 2)._tc is table.cell(3, 2)._tc
    assert (table.cell(2, 2).text, table.cell(0, 0).text) == ("thôn 5", "TT")
    unmerged = docx.Document(io.BytesIO(render_docx(sample(tmp_path)))).tables[0]
    assert unmerged.cell(2, 2)._tc is not unmerged.cell(3, 2)._tc

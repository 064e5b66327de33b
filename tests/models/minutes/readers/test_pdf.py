from __future__ import annotations

import io
import textwrap
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Spacer, Table

from tests.models.minutes.readers.building import (
    ANSWER,
    CLOSING,
    OPENING,
    OPINION,
    QUESTION,
    body,
    centred,
    minutes_pdf,
    minutes_story,
    printed,
    rows,
    ruled,
    style,
    texts,
)
from ydan.errors import ReadError
from ydan.minutes.extract import Cell
from ydan.minutes.readers import Limits, read_bytes


def test_printed_minutes_come_back_paragraph_by_paragraph() -> None:
    found = texts(read_bytes(minutes_pdf(6), "bien-ban.pdf"))
    assert found[6:] == [
        "BIÊN BẢN",
        "Hội nghị đối thoại năm 2026",
        OPENING,
        "I. Ý KIẾN CỦA NHÂN DÂN",
        *(text for number in range(1, 7) for text in (f"{number}. {OPINION}", ANSWER, QUESTION)),
        CLOSING,
    ]


def test_the_letterhead_is_read_column_by_column() -> None:
    assert texts(read_bytes(minutes_pdf(1), "a.pdf"))[:6] == [
        "ỦY BAN NHÂN DÂN",
        "XÃ TÂN LẬP",
        "Số: 12/BB-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Tân Lập, ngày 5 tháng 3 năm 2026",
    ]


def test_a_tight_letterhead_on_one_line_is_parted() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.setFont(style().fontName, 11)
    canvas.drawString(60, 780, "ỦY BAN NHÂN DÂN XÃ TÂN LẬP CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    canvas.drawString(60, 740, "Mời họp")
    canvas.save()
    assert texts(read_bytes(stream.getvalue(), "a.pdf")) == [
        "ỦY BAN NHÂN DÂN XÃ TÂN LẬP",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Mời họp",
    ]


def test_signatures_side_by_side_are_read_column_by_column() -> None:
    signatures = Table(
        [[centred("THƯ KÝ"), centred("CHỦ TRÌ")], [centred("(Ký tên)"), centred("(Ký, đóng dấu)")]],
        colWidths=[200, 250],
    )
    found = texts(read_bytes(printed([body(OPENING), Spacer(1, 20), signatures]), "a.pdf"))
    assert found == [OPENING, "THƯ KÝ", "(Ký tên)", "CHỦ TRÌ", "(Ký, đóng dấu)"]


def test_a_paragraph_goes_on_over_the_page_and_keeps_its_first_page() -> None:
    extract = read_bytes(printed([*(body(OPINION) for _ in range(12))], head="Biên bản"), "a.pdf")
    assert texts(extract) == [OPINION] * 12
    pages = [block.place.page or 0 for block in extract.blocks]
    assert pages == sorted(pages)
    assert extract.pages == 2


@pytest.mark.parametrize("foot", ["{page}", "- {page} -", "Trang {page}", "Trang {page}/2"])
def test_page_numbers_are_dropped_also_from_two_pages(foot: str) -> None:
    extract = read_bytes(printed([body(OPENING), PageBreak(), body(CLOSING)], foot=foot), "a.pdf")
    assert texts(extract) == [OPENING, CLOSING]
    assert extract.dropped == ("số trang, dòng đầu trang hoặc chân trang",)


def test_a_sentence_that_often_falls_on_the_edge_of_a_page_stays() -> None:
    found = texts(read_bytes(minutes_pdf(60), "a.pdf"))
    assert (found.count(QUESTION), found.count(ANSWER)) == (60, 60)


def test_ruled_tables_are_cells_with_their_wraps_joined() -> None:
    content = [
        ["STT", "Người hỏi", "Nội dung"],
        ["1", "Trần Văn Bình", OPINION],
        ["2", "Lê Thị Hoa", "- Một.<br/>- Hai."],
    ]
    extract = read_bytes(printed([body(OPENING), ruled(content, (1.5, 4, 10)), body(CLOSING)]), "a.pdf")
    assert rows(extract) == [content[0], content[1], ["2", "Lê Thị Hoa", "- Một.\n- Hai."]]
    assert texts(extract, "paragraph") == [OPENING, CLOSING]
    block = extract.blocks[-2]
    assert (block.place.page, block.place.cell, block.cell) == (1, "bảng 1, hàng 3, cột 3", Cell(0, 2, 2))


def test_merged_cells_of_a_table_are_one_block_with_spans() -> None:
    content = [["Chung", "", "Ghi chú"], ["dọc", "a", "b"], ["", "c", "d"]]
    table = ruled(content, (5, 5, 5), ("SPAN", (0, 0), (1, 0)), ("SPAN", (0, 1), (0, 2)))
    extract = read_bytes(printed([table]), "a.pdf")
    cells = {extract.of(block): block.cell for block in extract.blocks}
    assert cells["Chung"] == Cell(0, 0, 0, 1, 2)
    assert cells["dọc"] == Cell(0, 1, 0, 2, 1)


def test_a_table_over_pages_is_one_table_without_its_repeated_head() -> None:
    content = [["STT", "Nội dung"], *([str(number), f"Ý kiến số {number}: {OPINION}"] for number in range(1, 21))]
    extract = read_bytes(printed([ruled(content, (1.5, 14))]), "a.pdf")
    assert extract.pages is not None
    assert extract.pages > 1
    assert rows(extract) == content
    assert {block.cell.table for block in extract.blocks if block.cell} == {0}


def test_a_row_that_the_page_breaks_is_one_row() -> None:
    long = " ".join([OPINION] * 3)
    content = [["STT", "Nội dung"], *([str(number), long] for number in range(1, 8))]
    assert rows(read_bytes(printed([ruled(content, (1.5, 14))]), "a.pdf")) == content


def test_two_tables_are_told_apart() -> None:
    story = [ruled([["a", "b"], ["c", "d"]], (4, 4)), body(CLOSING), ruled([["e", "f"], ["g", "h"]], (4, 4))]
    extract = read_bytes(printed(story), "a.pdf")
    assert rows(extract, 0) == [["a", "b"], ["c", "d"]]
    assert rows(extract, 1) == [["e", "f"], ["g", "h"]]


@pytest.mark.parametrize(("turn", "moves"), [(0, ()), (90, (595, 0, 90)), (180, (595, 842, 180)), (270, (0, 842, 270))])
def test_a_turned_page_reads_as_it_is_shown(turn: int, moves: tuple[int, ...]) -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842))
    canvas.setPageRotation(turn)
    if moves:
        canvas.translate(*moves[:2])
        canvas.rotate(moves[2])
    canvas.setFont(style().fontName, 12)
    lines = textwrap.wrap(OPINION, 60)
    for number, line in enumerate(lines):
        canvas.drawString(60, 520 - 16 * number, line)
    canvas.rect(60, 300, 100, 40)
    canvas.rect(160, 300, 100, 40)
    canvas.drawString(70, 315, "một")
    canvas.drawString(170, 315, "hai")
    canvas.save()
    assert texts(read_bytes(stream.getvalue(), "a.pdf")) == [OPINION, "một", "hai"]


def test_a_page_on_its_side_has_its_own_margins() -> None:
    story = [body(OPENING), ruled([["a", "b"], ["c", "d"]], (4, 4))]
    assert texts(read_bytes(printed(story, pagesize=landscape(A4)), "a.pdf")) == [OPENING, "a", "b", "c", "d"]


def test_decomposed_letters_are_composed() -> None:
    found = texts(read_bytes(printed([body(unicodedata.normalize("NFD", OPINION))]), "a.pdf"))
    assert found == [OPINION]


def test_items_with_a_hanging_indent_and_ragged_lines_are_joined() -> None:
    items = [f"{number}) {ANSWER}" for number in range(1, 5)]
    story = [body(item, alignment=0, firstLineIndent=-18, leftIndent=36, spaceAfter=0) for item in items]
    assert texts(read_bytes(printed(story), "a.pdf")) == items


def test_blocks_without_indent_are_parted_by_the_room_between_them() -> None:
    story = [body(text, firstLineIndent=0, spaceAfter=8) for text in (OPINION, ANSWER, OPENING)]
    assert texts(read_bytes(printed(story), "a.pdf")) == [OPINION, ANSWER, OPENING]


def test_files_are_read_in_threads_at_the_same_time() -> None:
    files = [minutes_pdf(count) for count in (2, 5, 8)] * 4
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda data: read_bytes(data, "a.pdf"), files))
    assert together == [read_bytes(data, "a.pdf") for data in files]


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(ReadError, match="đọc tối đa 1 trang") as caught:
        read_bytes(minutes_pdf(9), "a.pdf", Limits(pages=1))
    assert caught.value.code == "too_many_pages"


@pytest.mark.heavy
def test_two_hundred_pages_are_read_in_less_than_two_and_a_half_seconds() -> None:
    data = printed(minutes_story(1000))
    start = time.process_time()
    extract = read_bytes(data, "a.pdf")
    assert time.process_time() - start < 2.5
    assert extract.pages is not None
    assert extract.pages > 200
    assert texts(extract).count(ANSWER) == 1000

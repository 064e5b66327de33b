"""PDF pages have heads, numbers and tables that go on."""

from __future__ import annotations

from pathlib import Path

from tests.training.minutes.layouts.reading import pdf_pages
from tests.training.minutes.sample import BODY, sample, write_source
from ydan_training.minutes.layouts.pdf import render_pdf
from ydan_training.minutes.source import parse_source


def _long(folder: Path, options: str) -> list[str]:
    rows = "\n".join(f"| {n} | Vũ Thị Gái | thôn {n} | {'Nhất trí với báo cáo của xã. ' * 9}|" for n in range(3, 30))
    body = BODY.replace("# II. Trả lời", f"{rows}\n# II. Trả lời")
    return pdf_pages(render_pdf(parse_source(write_source(folder, body, layout="pdf", options=options))))


def test_heads_numbers_and_table_headers_stand_on_every_page(tmp_path: Path) -> None:
    """Rows of the header are repeated where the table goes on."""
    pages = _long(tmp_path, 'page_numbers page_head="Biên bản xã Hưng Long"')
    assert len(pages) > 2
    assert all("Biên bản xã Hưng Long" in page for page in pages)
    assert [f"Trang {number}" in page for number, page in enumerate(pages, 1)] == [True] * len(pages)
    assert all("Người nêu" in page for page in pages[:-1])


def test_without_a_head_the_first_page_has_no_number(tmp_path: Path) -> None:
    """As offices number their pages: at the top, from the second on."""
    pages = _long(tmp_path, "page_numbers")
    assert pages[1].split()[0] == "2" or pages[1].split()[-1] == "2"
    assert "Trang" not in "".join(pages)


def test_a_letterhead_in_cells_is_read_side_by_side(tmp_path: Path) -> None:
    """Without it, line by line."""
    cells, rows = (
        pdf_pages(render_pdf(sample(tmp_path, layout="pdf", options=option)))[0] for option in ("letterhead_table", "")
    )
    assert cells.index("Số: 12") < cells.index("CỘNG HÒA")
    assert rows.index("Số: 12") > rows.index("CỘNG HÒA")

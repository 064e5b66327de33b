"""PDF as a printer driver makes it: wrapped justified lines, running heads, ruled tables that break over pages."""

from __future__ import annotations

import io
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import matplotlib
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from ydan_training.minutes.blocks import Block, header_spans
from ydan_training.minutes.source import Source

_FACES = {"Serif": "DejaVuSerif", "Serif-Bold": "DejaVuSerif-Bold"}
_FRAME = A4[0] - 50 * mm


def render_pdf(source: Source) -> bytes:
    """A ``.pdf`` on A4; ``page_head`` and ``page_numbers`` stand in the margins of each page."""
    _register_fonts()
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=30 * mm,
        rightMargin=20 * mm,
        topMargin=24 * mm,
        bottomMargin=22 * mm,
        title=source.name,
        author="Văn phòng",
        invariant=1,
    )

    def margins(canvas: Any, page: Any) -> None:
        canvas.saveState()
        canvas.setFont("Serif", 9)
        head = source.options.get("page_head")
        if head:
            canvas.drawString(30 * mm, A4[1] - 15 * mm, head)
        if "page_numbers" in source.options:
            if head:
                canvas.drawRightString(A4[0] - 20 * mm, 12 * mm, f"Trang {page.page}")
            elif page.page > 1:
                canvas.drawCentredString(A4[0] / 2, A4[1] - 15 * mm, str(page.page))
        canvas.restoreState()

    document.build(_flow(source), onFirstPage=margins, onLaterPages=margins)
    return out.getvalue()


def _flow(source: Source) -> list[Flowable]:
    flow: list[Flowable] = []
    for is_head, group in groupby(source.blocks, key=lambda block: block.kind == "columns"):
        blocks = list(group)
        if is_head:
            flow.append(_head(blocks, "letterhead_table" in source.options))
        else:
            flow += [_table(block) if block.kind == "table" else _paragraph(block) for block in blocks]
        if blocks[-1].kind in ("columns", "table"):
            flow.append(Spacer(1, 8))
    return flow


def _paragraph(block: Block) -> Flowable:
    if block.kind == "centred":
        return _text(block.text, alignment=TA_CENTER, fontName="Serif-Bold")
    if block.kind in ("heading", "subheading"):
        return _text(block.text, fontName="Serif-Bold", spaceBefore=6, keepWithNext=1)
    if block.kind in ("bullet", "number"):
        return _text(block.text, alignment=TA_JUSTIFY, leftIndent=14, firstLineIndent=-10)
    return _text(block.text, alignment=TA_JUSTIFY, firstLineIndent=10 * mm)


def _head(blocks: list[Block], as_cells: bool) -> Flowable:
    """Side by side; ``as_cells`` puts each side into one cell, so that its lines come before the other side's."""
    sides = [(block.text, block.right) for block in blocks]
    if as_cells:
        sides = [("\n".join(left for left, _ in sides), "\n".join(right for _, right in sides))]
    rows = [
        [_text(side, alignment=TA_CENTER, fontName="Serif-Bold", fontSize=10, leading=13) for side in row]
        for row in sides
    ]
    return Table(
        rows, colWidths=[_FRAME * 0.42, _FRAME * 0.58], style=TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")])
    )


def _table(block: Block) -> Flowable:
    cells = [
        [_text(cell, alignment=TA_CENTER, fontName="Serif-Bold", fontSize=9.5, leading=12) for cell in row]
        for row in block.header
    ]
    cells += [[_text(cell, fontSize=9.5, leading=12.5) for cell in row] for row in block.rows]
    style = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    style += [("SPAN", (left, top), (right, bottom)) for top, left, bottom, right in header_spans(block.header)]
    return Table(cells, colWidths=_widths(block), repeatRows=len(block.header), splitInRow=1, style=TableStyle(style))


def _widths(block: Block) -> list[float]:
    """Columns share the frame by the square root of what they hold; none is narrower than its longest word."""
    rows = (*block.header, *block.rows)
    weights = [max(sum(len(row[c]) for row in rows), 1) ** 0.5 for c in range(block.width)]
    least = [
        12 + max(pdfmetrics.stringWidth(word, "Serif-Bold", 9.5) for row in rows for word in (row[c].split() or [""]))
        for c in range(block.width)
    ]
    spare = _FRAME - sum(least)
    return [narrow + spare * weight / sum(weights) for narrow, weight in zip(least, weights, strict=True)]


def _text(text: str, **style: Any) -> Paragraph:
    settings: dict[str, Any] = {"fontName": "Serif", "fontSize": 11, "leading": 15.5, "alignment": TA_LEFT, **style}
    settings.setdefault("spaceAfter", 3)
    return Paragraph(escape(text).replace("\n", "<br/>"), ParagraphStyle("", **settings))


@cache
def _register_fonts() -> None:
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    for name, face in _FACES.items():
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{face}.ttf")))

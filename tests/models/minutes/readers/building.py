"""Real files for the tests, built when they run: minutes as a commune's secretary types, prints and sends them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import docx
import matplotlib
import openpyxl
from docx.document import Document
from docx.oxml import parse_xml
from lxml import etree
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from ydan.minutes.extract import Extract

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OPENING = (
    "Hôm nay, vào hồi 8 giờ ngày 5 tháng 3 năm 2026, tại hội trường Ủy ban nhân dân xã Tân Lập đã diễn ra hội nghị "
    "đối thoại giữa người đứng đầu cấp ủy, chính quyền với Nhân dân. Có 120 người dự."
)
OPINION = (
    "Ông Trần Văn Bình, thôn 2: đề nghị xã sớm sửa đoạn đường liên thôn từ nhà văn hóa đến trạm y tế vì đã xuống cấp "
    "nghiêm trọng, mỗi khi mưa xuống là nước ngập sâu. Đề nghị lắp thêm đèn chiếu sáng ở ngã ba chợ."
)
ANSWER = (
    "Ủy ban nhân dân xã trả lời: đoạn đường này đã có trong kế hoạch đầu tư công năm 2026, sẽ khởi công trong quý III. "
    "Việc lắp đèn giao Phòng Kinh tế khảo sát, báo cáo trước ngày 30/4/2026."
)
QUESTION = "- Bà Lê Thị Hoa hỏi về chế độ của người có công với cách mạng."
CLOSING = "Hội nghị kết thúc vào 11 giờ cùng ngày."


def texts(extract: Extract, kind: str | None = None) -> list[str]:
    """The words of the blocks (of one kind), in order."""
    return [extract.of(block) for block in extract.blocks if kind in (None, block.kind)]


def rows(extract: Extract, table: int = 0) -> list[list[str]]:
    """The cells of a table, row by row."""
    found: dict[int, list[str]] = {}
    for block in extract.blocks:
        if block.cell is not None and block.cell.table == table:
            found.setdefault(block.cell.row, []).append(extract.of(block))
    return list(found.values())


def word(write: Callable[[Document], Any]) -> bytes:
    """A .docx that ``write`` fills."""
    document = docx.Document()
    write(document)
    return saved(document)


def saved(document: Any) -> bytes:
    """A python-docx document or openpyxl workbook as bytes."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def xml_paragraph(inner: str) -> Any:
    """A ``w:p`` with the namespaces that text boxes need."""
    return parse_xml(
        f'<w:p xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        f'xmlns:v="urn:schemas-microsoft-com:vml">{inner}</w:p>'
    )


def add_xml(document: Document, xml: Any) -> None:
    """Put an element at the end of the body."""
    document.element.body.insert_element_before(xml, "w:sectPr")


def add_numbering(document: Document, *levels: tuple[str, str, int], extra: str = "") -> int:
    """A list with levels (format, text, start); its number for ``numbered``."""
    numbering = document.part.numbering_part.element
    identity = 900 + len(numbering)
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text, start) in enumerate(levels)
    )
    numbering.append(parse_xml(f'<w:abstractNum xmlns:w="{W}" w:abstractNumId="{identity}">{inner}</w:abstractNum>'))
    numbering.append(
        parse_xml(f'<w:num xmlns:w="{W}" w:numId="{identity}"><w:abstractNumId w:val="{identity}"/>{extra}</w:num>')
    )
    return identity


def numbered(document: Document, text: str, number: int, level: int = 0) -> None:
    """A paragraph of list ``number``."""
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr xmlns:w="{W}"><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )


def workbook(**sheets: Iterable[Sequence[Any]]) -> openpyxl.Workbook:
    """A workbook with the rows of each sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, content in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for row in content:
            sheet.append(list(row))
    return book


@cache
def _fonts() -> tuple[str, str]:
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    pdfmetrics.registerFont(TTFont("Serif", folder / "DejaVuSerif.ttf"))
    pdfmetrics.registerFont(TTFont("SerifBold", folder / "DejaVuSerif-Bold.ttf"))
    return "Serif", "SerifBold"


def style(bold: bool = False, **settings: Any) -> ParagraphStyle:
    """A justified paragraph with an indented first line, as official documents are set."""
    usual = {
        "fontName": _fonts()[bold],
        "fontSize": 12,
        "leading": 16,
        "alignment": 4,
        "firstLineIndent": 28,
        "spaceAfter": 4,
    }
    return ParagraphStyle("style", **{**usual, **settings})


def body(text: str, **settings: Any) -> Paragraph:
    """A paragraph of running text."""
    return Paragraph(text, style(**settings))


def centred(text: str, **settings: Any) -> Paragraph:
    """A bold line in the middle."""
    return Paragraph(text, style(bold=True, alignment=1, firstLineIndent=0, **settings))


def cell(text: str) -> Paragraph:
    """The content of a table cell."""
    return Paragraph(text, style(alignment=0, firstLineIndent=0, fontSize=11, leading=13, spaceAfter=0))


def letterhead() -> Table:
    """The two columns that every official document starts with."""
    return Table(
        [
            [
                centred("ỦY BAN NHÂN DÂN<br/>XÃ TÂN LẬP", fontSize=11),
                centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br/>Độc lập - Tự do - Hạnh phúc", fontSize=11),
            ],
            [centred("Số: 12/BB-UBND", fontSize=11), centred("Tân Lập, ngày 5 tháng 3 năm 2026", fontSize=11)],
        ],
        colWidths=[5 * cm, 11 * cm],
    )


def ruled(content: Iterable[Sequence[str]], widths: Sequence[float], *commands: tuple[Any, ...]) -> Table:
    """A table with all its lines, the first row repeated on each page."""
    return Table(
        [[cell(text) for text in row] for row in content],
        colWidths=[width * cm for width in widths],
        repeatRows=1,
        style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black), *commands],
    )


def printed(story: Sequence[Flowable], foot: str = "Trang {page}", head: str = "", **settings: Any) -> bytes:
    """A PDF of ``story`` with a running foot and (from the second page) head."""
    stream = io.BytesIO()

    def edges(canvas: Any, document: Any) -> None:
        canvas.setFont(_fonts()[0], 9)
        width, height = document.pagesize
        canvas.drawCentredString(width / 2, cm, foot.format(page=document.page))
        if document.page > 1:
            canvas.drawString(3 * cm, height - 1.2 * cm, head)

    usual = {"topMargin": 2 * cm, "bottomMargin": 2 * cm, "leftMargin": 3 * cm, "rightMargin": 2 * cm, "pagesize": A4}
    template = SimpleDocTemplate(stream, **{**usual, **settings})
    template.build(list(story), onFirstPage=edges, onLaterPages=edges)
    return stream.getvalue()


def minutes_story(opinions: int) -> list[Flowable]:
    """Minutes with so many opinions."""
    story: list[Flowable] = [letterhead(), Spacer(1, 12), centred("BIÊN BẢN"), centred("Hội nghị đối thoại năm 2026")]
    story += [Spacer(1, 12), body(OPENING), body("I. Ý KIẾN CỦA NHÂN DÂN", bold=True)]
    for number in range(1, opinions + 1):
        story += [body(f"{number}. {OPINION}"), body(ANSWER), body(QUESTION)]
    return [*story, body(CLOSING)]


@cache
def minutes_pdf(opinions: int) -> bytes:
    """A printed file of :func:`minutes_story`."""
    return printed(minutes_story(opinions), head="Biên bản hội nghị đối thoại")


@cache
def minutes_docx(opinions: int) -> bytes:
    """The same minutes from Word; built from XML, as python-docx is slow with thousands of paragraphs."""
    document = docx.Document()
    document.add_heading("BIÊN BẢN", 0)
    document.add_paragraph(OPENING)
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text, table.cell(1, 0).text = "STT", "Nội dung", "1"
    section = document.element.body[-1]
    for number in range(1, opinions + 1):
        for text in (f"{number}. {OPINION}", ANSWER, QUESTION):
            paragraph = etree.SubElement(document.element.body, f"{{{W}}}p")
            for piece in text.split(". "):  # Word cuts a paragraph into many runs
                run = etree.SubElement(paragraph, f"{{{W}}}r")
                words = etree.SubElement(run, f"{{{W}}}t")
                words.text = piece + ". "
                words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    document.element.body.append(section)
    return saved(document)


@cache
def minutes_xlsx(opinions: int) -> bytes:
    """A table of opinions under two title rows."""
    book = workbook(Ý_kiến=[["TỔNG HỢP Ý KIẾN CỬ TRI"], ["(Kèm theo Báo cáo số 12/BC-UBND)"], ["STT", "Nội dung"]])
    for number in range(1, opinions + 1):
        book.active.append([number, OPINION])
    book.active.merge_cells("A1:B1")
    return saved(book)

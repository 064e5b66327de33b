from __future__ import annotations

from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_BREAK

from tests.models.minutes.readers.building import (
    W,
    add_numbering,
    add_xml,
    numbered,
    rows,
    saved,
    texts,
    word,
    xml_paragraph,
)
from ydan.errors import ReadError
from ydan.minutes.extract import Cell, Extract
from ydan.minutes.readers import read_bytes


def read(write: Any) -> Extract:
    return read_bytes(word(write), "bien-ban.docx")


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_paragraphs_headings_and_titles_come_in_order_with_their_number() -> None:
    def write(document: Document) -> None:
        document.add_heading("BIÊN BẢN", 0)
        document.add_paragraph("")
        document.add_paragraph("Ông An: đường lầy.")
        document.add_heading("Kết luận", 2)

    extract = read(write)
    assert [(block.kind, block.place.paragraph, extract.of(block)) for block in extract.blocks] == [
        ("heading", 1, "BIÊN BẢN"),
        ("paragraph", 2, "Ông An: đường lầy."),
        ("heading", 3, "Kết luận"),
    ]


@pytest.mark.parametrize("name", ["Tiêu đề 1", "Đề mục 2", "Mục của xã"])
def test_a_style_is_a_heading_by_its_vietnamese_name_or_its_outline_level(name: str) -> None:
    def write(document: Document) -> None:
        style = document.styles.add_style(name, 1)
        style.base_style = document.styles["Normal"]
        if name == "Mục của xã":
            style.element.get_or_add_pPr().append(docx.oxml.parse_xml(f'<w:outlineLvl xmlns:w="{W}" w:val="1"/>'))
        document.add_paragraph("II. Ý KIẾN", style=name)

    assert [block.kind for block in read(write).blocks] == ["heading"]


def test_numbers_that_word_keeps_as_formatting_stand_in_the_text() -> None:
    def write(document: Document) -> None:
        number = add_numbering(
            document, ("upperRoman", "%1.", 1), ("decimal", "%2.", 1), ("lowerLetter", "%3)", 1), ("bullet", "", 1)
        )
        for level, text in (
            (0, "Ý kiến"),
            (1, "Đường"),
            (1, "Điện"),
            (2, "Cột"),
            (2, "Dây"),
            (3, "Bìa"),
            (0, "Trả lời"),
            (1, "Đường"),
        ):
            numbered(document, text, number, level)

    assert texts(read(write), "list_item") == [
        "I. Ý kiến", "1. Đường", "2. Điện", "a) Cột", "b) Dây", "- Bìa", "II. Trả lời", "1. Đường",
    ]  # fmt: skip


def test_a_list_starts_where_the_file_says_and_joins_the_numbers_of_its_levels() -> None:
    def write(document: Document) -> None:
        restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
        number = add_numbering(document, ("decimal", "Điều %1.", 3), ("decimal", "%1.%2.", 1), extra=restart)
        for level, text in ((0, "Một"), (1, "Con"), (1, "Con"), (0, "Hai")):
            numbered(document, text, number, level)

    assert texts(read(write)) == ["Điều 5. Một", "5.1. Con", "5.2. Con", "Điều 6. Hai"]


def test_built_in_list_styles_number_their_paragraphs() -> None:
    def write(document: Document) -> None:
        for text in ("Đường", "Điện"):
            document.add_paragraph(text, style="List Number")
        document.add_paragraph("Rác", style="List Bullet")

    assert texts(read(write)) == ["1. Đường", "2. Điện", "- Rác"]


def test_merged_cells_are_one_block_with_spans() -> None:
    def write(document: Document) -> None:
        table = document.add_table(3, 3)
        for row in range(3):
            for column in range(3):
                table.cell(row, column).text = f"{row}{column}"
        table.cell(0, 0).merge(table.cell(1, 0)).text = "dọc"
        table.cell(2, 1).merge(table.cell(2, 2)).text = "ngang"

    extract = read(write)
    cells = {extract.of(block): block.cell for block in extract.blocks}
    assert cells["dọc"] == Cell(0, 0, 0, 2, 1)
    assert cells["ngang"] == Cell(0, 2, 1, 1, 2)
    assert rows(extract) == [["dọc", "01", "02"], ["11", "12"], ["20", "ngang"]]
    assert extract.blocks[-1].place.cell == "bảng 1, hàng 3, cột 2"


def test_a_table_inside_a_cell_is_read_where_it_stands() -> None:
    def write(document: Document) -> None:
        outer = document.add_table(1, 2)
        outer.cell(0, 0).text = "trước"
        inner = outer.cell(0, 0).add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "trong 1", "trong 2"
        outer.cell(0, 1).text = "sau"
        document.add_table(1, 1).cell(0, 0).text = "bảng hai"

    extract = read(write)
    assert rows(extract) == [["trước\ntrong 1\ntrong 2", "sau"]]
    assert extract.blocks[-1].place.cell == "bảng 2, hàng 1, cột 1"


def test_tables_nested_beyond_the_limit_are_an_error() -> None:
    def write(document: Document) -> None:
        where = document.add_table(1, 1).cell(0, 0)
        for _ in range(12):
            where = where.add_table(1, 1).cell(0, 0)

    with pytest.raises(ReadError, match="lồng nhau quá 8 tầng") as caught:
        read(write)
    assert caught.value.code == "too_deep"


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent><w:p>{run('Trong khung')}</w:p></w:txbxContent>"
    drawn = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )

    def write(document: Document) -> None:
        add_xml(document, xml_paragraph(run("Ngoài khung") + drawn))
        add_xml(document, xml_paragraph(f"<w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r>"))

    assert texts(read(write)) == ["Ngoài khung", "Trong khung", "Trong khung"]


def test_insertions_are_kept_and_deletions_left_out() -> None:
    def write(document: Document) -> None:
        add_xml(
            document,
            xml_paragraph(
                run("Sửa ")
                + f"<w:del>{run('cầu').replace('w:t>', 'w:delText>')}</w:del><w:ins>{run('đường')}</w:ins>"
                + f"<w:moveFrom>{run(' cũ')}</w:moveFrom><w:moveTo>{run(' mới')}</w:moveTo>"
            ),
        )

    extract = read(write)
    assert texts(extract) == ["Sửa đường mới"]
    assert extract.dropped == ("đoạn đã xoá (theo dõi thay đổi)",)


def test_content_controls_links_and_fields_give_their_words() -> None:
    def write(document: Document) -> None:
        add_xml(
            document,
            xml_paragraph(
                f"<w:sdt><w:sdtContent>{run('Ngày ')}</w:sdtContent></w:sdt><w:hyperlink>{run('5')}</w:hyperlink>"
                f"<w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple w:instr='DATE'>{run('/3')}</w:fldSimple>"
            ),
        )
        block = docx.oxml.parse_xml(
            f'<w:sdt xmlns:w="{W}"><w:sdtContent><w:p>{run("Cả đoạn")}</w:p></w:sdtContent></w:sdt>'
        )
        add_xml(document, block)

    assert texts(read(write)) == ["Ngày 5/3", "Cả đoạn"]


def test_manual_breaks_part_items_and_join_mere_wraps() -> None:
    def write(document: Document) -> None:
        paragraph = document.add_paragraph()
        for at, line in enumerate(("Kiến nghị của", "cử tri:", "- Đường lầy", "Bà Hoa: điện yếu")):
            if at:
                paragraph.add_run().add_break(WD_BREAK.LINE)
            paragraph.add_run(line)

    assert texts(read(write)) == ["Kiến nghị của cử tri:", "- Đường lầy", "Bà Hoa: điện yếu"]


def test_footnotes_come_last_and_headers_are_said_to_be_dropped() -> None:
    def write(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "Mật"
        document.add_paragraph("Thân bài")

    data = word(write)
    extract = read_bytes(data, "a.docx")
    assert texts(extract) == ["Thân bài"]
    assert "tiêu đề đầu trang" in extract.dropped
    assert texts(read_bytes(with_footnote(data), "a.docx")) == ["Thân bài", "Nguồn: báo cáo"]


def with_footnote(data: bytes) -> bytes:
    from tests.models.minutes.readers.hostile import repacked

    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="-1"><w:p>{run("—")}</w:p></w:footnote>'
        f'<w:footnote w:id="1"><w:p>{run("Nguồn: báo cáo")}</w:p></w:footnote>'
        f'<w:footnote w:id="2"><w:p>{run("Không ai nhắc")}</w:p></w:footnote></w:footnotes>'
    )
    relation = (
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" '
        'Target="footnotes.xml"/></Relationships>'
    )
    return repacked(
        data,
        {
            "word/footnotes.xml": lambda _: notes.encode(),
            "word/_rels/document.xml.rels": lambda old: old.replace(b"</Relationships>", relation.encode()),
            "word/document.xml": lambda old: old.replace(
                "Thân bài</w:t>".encode(), 'Thân bài</w:t><w:footnoteReference w:id="1"/>'.encode()
            ),
        },
    )


def test_hidden_text_is_left_out_and_said() -> None:
    def write(document: Document) -> None:
        paragraph = document.add_paragraph("Thấy được")
        paragraph.add_run(" giấu").font.hidden = True

    extract = read(write)
    assert texts(extract) == ["Thấy được"]
    assert extract.dropped == ("chữ ẩn",)


@pytest.mark.parametrize(
    ("font", "typed", "meant"),
    [
        (".VnTime", "®Ò nghÞ söa ®­êng", "đề nghị sửa đường"),
        (".VnTimeH", "biªn b¶n", "BIÊN BẢN"),
        ("VNI-Times", "Ñeà nghò", "Đề nghị"),
    ],
)
def test_old_fonts_are_read_by_their_name(font: str, typed: str, meant: str) -> None:
    def write(document: Document) -> None:
        document.add_paragraph().add_run(typed).font.name = font

    assert texts(read(write)) == [meant]


def test_decomposed_letters_are_composed_and_tabs_are_blanks() -> None:
    assert texts(read(lambda document: document.add_paragraph("Xa\u0303\tTân\u00a0Lập\u200b"))) == ["Xã Tân Lập"]


def test_a_style_based_on_itself_is_read() -> None:
    document = docx.Document()
    document.add_paragraph("Vòng", style="Heading 1")
    one, two = document.styles["Heading 1"], document.styles["Heading 2"]
    one.base_style, two.base_style = two, one
    assert texts(read_bytes(saved(document), "a.docx")) == ["Vòng"]

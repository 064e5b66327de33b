"""Files that mean harm, or look as if: built here, never committed."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache

from tests.models.minutes.readers.building import W, minutes_docx, minutes_pdf, minutes_xlsx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)


def repacked(data: bytes, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """An archive with some parts changed or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        for name in (*names, *(name for name in changes if name not in names)):
            content = old.read(name) if name in names else b""
            new.writestr(name, changes[name](content) if name in changes else content)
    return stream.getvalue()


def with_body(body: str, before: str = "") -> bytes:
    """A .docx with this body."""
    xml = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{kind}" Target="word/document.xml"/></Relationships>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", relations)
        archive.writestr("word/document.xml", xml)
    return stream.getvalue()


def with_sheet(inner: str) -> bytes:
    """A .xlsx with this sheet."""
    xml = f'<worksheet xmlns="{S}">{inner}</worksheet>'
    return repacked(minutes_xlsx(1), {"xl/worksheets/sheet1.xml": lambda _: xml.encode()})


@cache
def zip_bomb() -> bytes:
    """A part of 120 MB of blanks."""
    return repacked(minutes_docx(1), {"word/document.xml": lambda _: b" " * 120_000_000})


def many_bombs() -> bytes:
    """Parts that are modest one by one."""
    return repacked(minutes_docx(1), {f"word/media/{n}.bin": lambda _: bytes(10_000_000) for n in range(25)})


def lying_size() -> bytes:
    """A part that unpacks to far more than its header says."""
    data = bytearray(zip_bomb())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        start = archive.start_dir
    at = data.index(b"word/document.xml", start) - 46
    struct.pack_into("<I", data, at + 24, 1000)
    return bytes(data)


def billion_laughs() -> bytes:
    """Entities in entities."""
    return with_body("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", _LAUGHS + "]>")


def outside_entity() -> bytes:
    """An entity that names a file of the machine."""
    return with_body("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]>')


def laughing_sheet() -> bytes:
    """The same in a workbook."""
    xml = f'{_LAUGHS}]><worksheet xmlns="{S}"><sheetData><row><c><v>&j;</v></c></row></sheetData></worksheet>'
    return repacked(minutes_xlsx(1), {"xl/worksheets/sheet1.xml": lambda _: xml.encode()})


def deep_xml(depth: int = 20_000) -> bytes:
    """Elements in elements."""
    return with_body("<w:sdt><w:sdtContent>" * depth + "</w:sdtContent></w:sdt>" * depth)


def deep_tables(depth: int) -> bytes:
    """Tables in tables."""
    return with_body("<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth)


def swarm() -> bytes:
    """Five million empty elements."""
    return with_body("<w:p/>" * 5_000_000)


def huge_dimension() -> bytes:
    """A sheet that says it is 17 billion cells large, with a cell in its last corner."""
    return with_sheet(
        '<dimension ref="A1:XFD1048576"/><cols><col min="1" max="16384" width="9"/></cols><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Đường lầy</t></is></c></row>'
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>Cuối</t></is></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1:XFC1048575"/></mergeCells>'
    )


def too_many_cells() -> bytes:
    """250,000 filled cells."""
    row = "<row>" + "<c><v>1</v></c>" * 500 + "</row>"
    return with_sheet(f"<sheetData>{row * 500}</sheetData>")


def cyclic_relations() -> bytes:
    """Relations that point at themselves, outside the archive, and at the network."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{kind}/numbering" Target="document.xml"/>'
        f'<Relationship Id="b" Type="{kind}/styles" Target="../../../../etc/passwd"/>'
        f'<Relationship Id="c" Type="{kind}/attachedTemplate" Target="http://192.0.2.1/t.dotm" TargetMode="External"/>'
        f'<Relationship Id="d" Type="{kind}/footnotes" Target="_rels/document.xml.rels"/></Relationships>'
    )
    return repacked(minutes_docx(1), {"word/_rels/document.xml.rels": lambda _: relations.encode()})


def locked_office() -> bytes:
    """What Word and Excel write for a file with a password: an OLE file around the encrypted one."""
    return OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(2000)


def locked_zip() -> bytes:
    """A zip whose members are marked as encrypted."""
    data = bytearray(minutes_docx(1))
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    return bytes(data)


def old_word() -> bytes:
    """An OLE file with Word's stream."""
    return OLE + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(2000)


def locked_pdf() -> bytes:
    """A PDF with a password for reading."""
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt="mat-khau")
    canvas.drawString(100, 700, "Bien ban")
    canvas.save()
    return stream.getvalue()


def pdf_of(*objects: str) -> bytes:
    """A PDF from its numbered objects; the first is the catalogue."""
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(places) + 1}/Root 1 0 R>>"
    return out + f"{end}\nstartxref\n{len(out)}\n%%EOF".encode()


def cyclic_pdf() -> bytes:
    """A tree of pages that is its own child."""
    return pdf_of("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>")


def endless_pdf() -> bytes:
    """A PDF that says it has two thousand pages."""
    kids = "3 0 R " * 2000
    return pdf_of(
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count 2000>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )


def stuffed_pdf() -> bytes:
    """A page of 30 MB of drawing commands, packed to a few kilobytes."""
    packed = zlib.compress(b"0 0 m 9 9 l S\n" * 2_000_000)
    stream = packed.decode("latin-1")
    return pdf_of(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        f"<</Length {len(packed)}/Filter/FlateDecode>>stream\n{stream}\nendstream",
    )


def cut(data: bytes) -> bytes:
    """The first two thirds: a download that broke off."""
    return data[: len(data) * 2 // 3]


HOSTILE: dict[str, tuple[str, Callable[[], bytes], tuple[str, ...]]] = {
    "zip bomb": ("a.docx", zip_bomb, ("zip_bomb",)),
    "many small bombs": ("a.docx", many_bombs, ("zip_bomb",)),
    "a size that lies": ("a.docx", lying_size, ("zip_bomb", "corrupt_file")),
    "billion laughs": ("a.docx", billion_laughs, ("unsafe_xml",)),
    "entity of a file": ("a.docx", outside_entity, ("unsafe_xml",)),
    "laughs in a workbook": ("a.xlsx", laughing_sheet, ("unsafe_xml",)),
    "deep xml": ("a.docx", deep_xml, ("corrupt_file", "too_deep")),
    "xml just deep enough to parse": ("a.docx", lambda: deep_xml(900), ("corrupt_file", "too_deep", "no_text")),
    "deep tables": ("a.docx", lambda: deep_tables(60), ("too_deep",)),
    "very deep tables": ("a.docx", lambda: deep_tables(15_000), ("corrupt_file", "too_deep")),
    "swarm of elements": ("a.docx", swarm, ("too_many_elements", "zip_bomb")),
    "too many cells": ("a.xlsx", too_many_cells, ("too_many_cells",)),
    "half a docx": ("a.docx", lambda: cut(minutes_docx(5)), ("corrupt_file",)),
    "half an xlsx": ("a.xlsx", lambda: cut(minutes_xlsx(5)), ("corrupt_file",)),
    "locked office file": ("a.docx", locked_office, ("encrypted",)),
    "locked workbook": ("a.xlsx", locked_office, ("encrypted",)),
    "locked zip": ("a.docx", locked_zip, ("encrypted",)),
    "locked pdf": ("a.pdf", locked_pdf, ("encrypted",)),
    "cyclic pdf": ("a.pdf", cyclic_pdf, ("corrupt_file", "no_text")),
    "endless pdf": ("a.pdf", endless_pdf, ("too_many_pages",)),
    "stuffed pdf": ("a.pdf", stuffed_pdf, ("no_text", "too_complex")),
    "nothing": ("a.pdf", lambda: b"", ("file_empty",)),
    "a pdf named docx": ("a.docx", lambda: minutes_pdf(1), ("wrong_extension",)),
    "a docx named pdf": ("a.pdf", lambda: minutes_docx(1), ("wrong_extension",)),
    "a workbook named docx": ("a.docx", lambda: minutes_xlsx(1), ("wrong_extension",)),
    "an old word file named docx": ("a.docx", old_word, ("wrong_extension",)),
    "a web page named xlsx": ("a.xlsx", lambda: b"<html><table><tr><td>1</td></tr></table>", ("wrong_extension",)),
    "a photo named pdf": ("a.pdf", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), ("wrong_extension",)),
    "text named docx": ("a.docx", lambda: "Biên bản".encode(), ("wrong_extension",)),
    "bytes named txt": ("a.txt", lambda: bytes(range(256)) * 50, ("binary_text",)),
    "an endless line": ("a.txt", lambda: b"a " * 3_000_000, ("too_long",)),
    "an unclosed quote": ("a.csv", lambda: b'a,b\n"' + b"x,\n" * 2_000_000, ("too_long", "corrupt_file")),
    "commas": ("a.csv", lambda: b"," * 5_000_000, ("no_text", "too_many_cells")),
    "wide rows": ("a.csv", lambda: b"1," * 2_000_000, ("too_many_cells",)),
    "spaces in a line": ("a.md", lambda: b"# a" + b" " * 3_000_000 + b"b", ()),
    "stars in a line": ("a.md", lambda: b"*_" * 1_000_000 + b"b", ()),
    "brackets in a line": ("a.md", lambda: b"[(" * 1_000_000 + b"b", ()),
    "pipes": ("a.md", lambda: b"|a|\n|--|\n" + b"|" * 2_000_000, ("too_many_cells",)),
    "odd relations": ("a.docx", cyclic_relations, ()),
    "a sheet that says it is huge": ("a.xlsx", huge_dimension, ()),
}
"""Name to file name, builder, and the codes that the error may have; no codes: it is read."""

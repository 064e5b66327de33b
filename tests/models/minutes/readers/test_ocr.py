from __future__ import annotations

import io
import re
import subprocess

import numpy as np
import pypdfium2
import pytest

from tests.models.minutes.readers.building import OPENING, QUESTION, body, minutes_story, printed, rows, ruled, texts
from ydan.errors import ReadError
from ydan.minutes.readers import read_bytes
from ydan.minutes.readers.ocr import parse_words
from ydan.minutes.readers.ocrrules import find_rules
from ydan.minutes.readers.programs import find_program


def has_vietnamese() -> bool:
    program = find_program("tesseract")
    if program is None:
        return False
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
    return "vie" in listed.stdout.split()


def scanned(data: bytes, *kept: bytes) -> bytes:
    """The pages of a PDF as photographs, as a scanner makes them; ``kept`` are files whose pages stay text."""
    out, stream = pypdfium2.PdfDocument.new(), io.BytesIO()
    with pypdfium2.PdfDocument(data) as source:
        for page in source:
            picture = io.BytesIO()
            page.render(scale=200 / 72).to_pil().convert("L").save(picture, "JPEG")
            picture.seek(0)
            image = pypdfium2.PdfImage.new(out)
            image.load_jpeg(picture)
            image.set_matrix(pypdfium2.PdfMatrix().scale(*page.get_size()))
            fresh = out.new_page(*page.get_size())
            fresh.insert_obj(image)
            fresh.gen_content()
    for other in kept:
        with pypdfium2.PdfDocument(other) as document:
            out.import_pages(document)
    out.save(stream)
    out.close()
    return stream.getvalue()


def test_a_scan_is_an_error_that_names_the_option() -> None:
    with pytest.raises(ReadError, match="--ocr") as caught:
        read_bytes(scanned(printed([body(OPENING)])), "a.pdf")
    assert caught.value.code == "scanned_pdf"


def test_a_scanned_page_among_others_is_said_to_be_unread() -> None:
    extract = read_bytes(scanned(printed([body(OPENING)]), printed([body(QUESTION)])), "a.pdf")
    assert texts(extract) == [QUESTION]
    assert "trang quét chưa đọc: 1 (dùng --ocr)" in extract.dropped


@pytest.mark.skipif(not has_vietnamese(), reason="Tesseract with Vietnamese data is not installed")
def test_a_scan_is_read_in_paragraphs() -> None:
    extract = read_bytes(scanned(printed(minutes_story(1))), "a.pdf", ocr=True)
    assert OPENING in texts(extract)
    assert QUESTION in texts(extract)
    assert {block.place.page for block in extract.blocks} == {1}


@pytest.mark.skipif(not has_vietnamese(), reason="Tesseract with Vietnamese data is not installed")
def test_a_scanned_table_is_cells() -> None:
    content = [
        ["STT", "Họ và tên", "Nội dung"],
        ["1", "Trần Văn Bình", "Đề nghị sửa đường"],
        ["2", "Lê Thị Hoa", "Điện yếu"],
    ]
    assert rows(read_bytes(scanned(printed([ruled(content, (2, 5, 8))])), "a.pdf", ocr=True)) == content


def test_a_file_whose_fonts_do_not_say_their_letters_is_treated_as_a_scan() -> None:
    mute = re.sub(rb"/ToUnicode \d+ 0 R", b"", printed([body(OPENING)], pageCompression=0))
    with pytest.raises(ReadError, match="phông không cho biết chữ") as caught:
        read_bytes(mute, "a.pdf")
    assert caught.value.code == "scanned_pdf"
    if has_vietnamese():
        assert texts(read_bytes(mute, "a.pdf", ocr=True)) == [OPENING]


def test_ruling_lines_are_long_runs_of_dark_pixels() -> None:
    grey = np.full((400, 600), 255, np.uint8)
    grey[100:102, 50:550] = 0  # a line across
    grey[100:300, 50:52] = 0  # a line down
    grey[200:210, 100:130] = 0  # a letter
    grey[300:390, 100:590] = 0  # a picture
    across, down = find_rules(grey, 2.0)
    assert [list(rule) for rule in across] == [pytest.approx([149.5, 25, 275], abs=1.5)]
    assert [list(rule) for rule in down] == [pytest.approx([25.5, 50, 150], abs=1.5)]


def test_without_tesseract_the_error_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ReadError, match="tesseract-ocr-vie") as caught:
        read_bytes(scanned(printed([body(OPENING)])), "a.pdf", ocr=True)
    assert caught.value.code == "needs_tesseract"


def test_unsure_and_broken_rows_of_the_table_are_left_out() -> None:
    table = "head\n5\t1\t1\t1\t1\t1\t10\t10\t40\t10\t90.5\tĐường\n5\t1\t1\t1\t1\t2\t60\t10\t40\t10\t3\tx\n5\t1\n"
    assert [[word.text for word in row] for row in parse_words(table, 100.0, 1.0)] == [["Đường"]]

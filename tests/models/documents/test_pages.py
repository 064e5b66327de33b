"""The documents as LibreOffice lays them out: pages, and the words on them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from ydan.documents import Dossier, make_documents

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]
MOST_PAGES = {"01": 5, "02": 6, "03": 8, "04": 2, "05": 2, "06": 1, "07": 3, "08": 4, "09": 2, "10": 1}


def pages_of(path: Path) -> list[str]:
    pdfium = pytest.importorskip("pypdfium2")
    document = pdfium.PdfDocument(path)
    try:
        texts = []
        for page in document:
            words = page.get_textpage()
            texts.append(words.get_text_bounded())
            words.close()
            page.close()
        return texts
    finally:
        document.close()


def plain(words: str) -> str:
    """ASCII letters and digits alone: the extractor puts letters with diacritics behind their line."""
    return re.sub("[^A-Za-z0-9]", "", words)


@pytest.mark.parametrize("form", ["state", "party"])
def test_every_document_becomes_pages(dossier: Dossier, tmp_path: Path, form: str) -> None:
    """No page is lost, none is too many; heads on the first, page numbers from the second on."""
    made = make_documents(dossier, tmp_path / "out", form=form, confidential=True)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path / "pdf"),
            *(str(one.path) for one in made),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    assert len(list((tmp_path / "pdf").iterdir())) == len(made)
    head = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" if form == "state" else "ĐẢNG CỘNG SẢN VIỆT NAM"
    for one in made:
        pages = pages_of(tmp_path / "pdf" / f"{one.path.stem}.pdf")
        assert 1 <= len(pages) <= MOST_PAGES[one.path.name[:2]], one.path.name
        if one.path.suffix == ".docx":
            assert plain(head) in plain(pages[0]), one.path.name
            assert all(page.strip().startswith(str(at)) for at, page in enumerate(pages[1:], 2)), one.path.name
        text = plain("".join(pages))
        if one.kind == "thong-bao-ket-luan":
            assert plain("có 16 lượt ý kiến") in text
            assert plain("TỔNG CỘNG: 15 ý kiến") in text
        assert plain("Đặng Hữu Tuyên") not in text

"""Templates, ours and others'."""

from __future__ import annotations

import hashlib
from pathlib import Path

import docx
import pytest

from ydan.documents import Dossier, make_documents
from ydan.documents.form import FORMS
from ydan.documents.make_templates import DRAFTS, make_templates
from ydan.documents.rendering import OWN, TEMPLATES, find_template, render
from ydan.documents.wording import blank
from ydan.errors import DocumentError


def template(folder: Path, *lines: str, name: str = "bien-ban.docx") -> Path:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(folder / name))
    return folder / name


def test_committed_templates_are_what_the_script_writes(tmp_path: Path) -> None:
    """To the byte, both forms."""
    made = make_templates(tmp_path)
    assert len(made) == len(FORMS) * len(TEMPLATES)
    assert set(DRAFTS) == set(TEMPLATES)
    for path in made:
        own = OWN / path.relative_to(tmp_path)
        assert hashlib.sha256(path.read_bytes()).hexdigest() == hashlib.sha256(own.read_bytes()).hexdigest(), own.name


def test_an_offices_template_is_used_and_missing_ones_fall_back(dossier: Dossier, tmp_path: Path) -> None:
    """``NAME`` for both forms, ``FORM/NAME`` before it."""
    own = template(tmp_path, "CỦA CHÚNG TÔI {{ organ }} & {{ total }}")
    assert find_template("bien-ban.docx", "state", tmp_path) == own
    assert find_template("phieu-chuyen.docx", "state", tmp_path) == OWN / "state" / "phieu-chuyen.docx"
    (tmp_path / "party").mkdir()
    special = template(tmp_path / "party", "x")
    assert find_template("bien-ban.docx", "party", tmp_path) == special
    (made,) = make_documents(dossier, tmp_path / "out", templates=tmp_path, which=["bien-ban"])
    text = docx.Document(str(made.path)).paragraphs[0].text
    assert text == "CỦA CHÚNG TÔI Ủy ban nhân dân xã Minh Tân & 16"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{{ nguoi_ky }}", "không có biến “nguoi_ky”"),
        ("{% for r in rows %}{{ r.noidung }}{% endfor %}", "không có biến “noidung”"),
        ("{{ organ ", "cú pháp Jinja sai"),
        ("{% for r in rows %}", "cú pháp Jinja sai"),
        ("{{ organ.__class__.__mro__ }}", "bien-ban.docx"),
    ],
)
def test_a_wrong_template_is_told_with_file_and_variable(
    dossier: Dossier, tmp_path: Path, line: str, words: str
) -> None:
    """In Vietnamese, with what exists; the sandbox lets nothing out."""
    template(tmp_path, line)
    with pytest.raises(DocumentError) as caught:
        make_documents(dossier, tmp_path / "out", templates=tmp_path, which=["bien-ban"])
    message = str(caught.value)
    assert words in message
    assert str(tmp_path / "bien-ban.docx") in message
    if "biến" in words:
        assert "organ" in message
        assert "speaker" in message


def test_a_template_that_is_no_document_is_refused(dossier: Dossier, tmp_path: Path) -> None:
    """With what to do."""
    (tmp_path / "bien-ban.docx").write_bytes(b"PK nothing")
    with pytest.raises(DocumentError, match="không mở"):
        make_documents(dossier, tmp_path / "out", templates=tmp_path, which=["bien-ban"])
    with pytest.raises(DocumentError, match="Không có thư mục mẫu"):
        find_template("bien-ban.docx", "state", tmp_path / "none")


def test_what_citizens_wrote_is_text_and_never_code(tmp_path: Path) -> None:
    """Markup, Jinja and an emoji come out as they went in; blanks are yellow and in a run of their own."""
    said = "a < b & c <w:p/> {{ organ }} {% raw %} 🚧 \ufffd"
    path = template(tmp_path, "Nội dung: {{ text }} – {{ gap }}!")
    document = render(path, {"text": said, "gap": blank("tên"), "organ": "x"})
    paragraph = document.paragraphs[0]
    assert paragraph.text == f"Nội dung: {said} – {blank('tên')}!"
    marked = [run.text for run in paragraph.runs if run.font.highlight_color is not None]
    assert marked == [blank("tên")]

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.models.minutes.readers.building import minutes_docx, minutes_pdf
from ydan.errors import MissingExtra, ReadError
from ydan.minutes.readers import READABLE, Limits, read_bytes, read_file


def code_of(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(ReadError) as caught:
        read_file(path, limits or Limits())
    assert path.name in str(caught.value)
    return caught.value.code


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "a.pptx").write_bytes(b"x")
    assert code_of(tmp_path / "khong-co.docx") == "file_missing"
    assert code_of(tmp_path) == "unsupported_format"
    assert code_of(tmp_path / "a.txt") == "file_empty"
    assert code_of(tmp_path / "a.pptx") == "unsupported_format"


@pytest.mark.parametrize(
    ("name", "step"), [("a.xls", "Excel"), ("a.jpg", "--ocr"), ("a.rar", "giải nén"), ("a", ".docx")]
)
def test_a_format_that_is_not_read_has_its_way_out(name: str, step: str) -> None:
    with pytest.raises(ReadError, match=step) as caught:
        read_bytes(b"x", name)
    assert caught.value.code == "unsupported_format"


def test_a_file_over_the_limit_is_refused_with_both_sizes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * 3_000_000)
    with pytest.raises(ReadError, match=r"2\.9 MB, đọc tối đa 1 MB") as caught:
        read_file(tmp_path / "a.txt", Limits(file_bytes=1024 * 1024))
    assert caught.value.code == "file_too_large"


def test_the_suffix_is_read_in_any_case(tmp_path: Path) -> None:
    (tmp_path / "A.DOCX").write_bytes(minutes_docx(1))
    assert read_file(tmp_path / "A.DOCX").format == "docx"


def test_a_wrong_suffix_is_told_with_the_right_one() -> None:
    with pytest.raises(ReadError, match=r"bên trong là PDF. Hãy đổi tên tệp cho đúng đuôi .pdf") as caught:
        read_bytes(minutes_pdf(1), "bien-ban.docx")
    assert caught.value.code == "wrong_extension"


def test_every_readable_suffix_refuses_an_empty_file() -> None:
    for suffix in READABLE:
        with pytest.raises(ReadError) as caught:
            read_bytes(b"", f"a{suffix}")
        assert caught.value.code == "file_empty"


@pytest.mark.parametrize(("package", "name"), [("lxml", "a.docx"), ("pypdfium2", "a.pdf")])
def test_without_its_package_a_reader_names_the_extra(monkeypatch: pytest.MonkeyPatch, package: str, name: str) -> None:
    data = minutes_docx(1) if name == "a.docx" else minutes_pdf(1)
    for module in [module for module in sys.modules if module.partition(".")[0] == package]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtra, match=r"ydan\[office\]"):
        read_bytes(data, name)


def test_a_text_file_needs_no_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    for package in ("lxml", "pypdfium2", "openpyxl"):
        monkeypatch.setitem(sys.modules, package, None)
    assert read_bytes("Đường lầy".encode(), "a.txt").text == "Đường lầy"

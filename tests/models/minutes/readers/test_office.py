from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.models.minutes.readers.building import minutes_docx, texts
from ydan.errors import ReadError
from ydan.minutes.readers import Limits, read_bytes, read_file
from ydan.minutes.readers.programs import find_program

SOFFICE = find_program("soffice", "libreoffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
FILTERS = {"doc": "MS Word 97", "odt": "writer8", "rtf": "Rich Text Format"}


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Minutes as .docx and .doc."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "a.docx").write_bytes(minutes_docx(2))
    convert(folder, "doc")
    return folder


def convert(folder: Path, suffix: str) -> None:
    assert SOFFICE is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", f"{suffix}:{FILTERS[suffix]}", "a.docx"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)


@needs_office
def test_an_old_word_file_reads_like_docx(converted: Path) -> None:
    extract = read_file(converted / "a.doc")
    assert texts(extract) == texts(read_file(converted / "a.docx"))
    assert extract.format == "doc"


@needs_office
@pytest.mark.heavy
@pytest.mark.parametrize("suffix", ["odt", "rtf"])
def test_the_other_formats_read_like_docx(converted: Path, suffix: str) -> None:
    convert(converted, suffix)
    assert texts(read_file(converted / f"a.{suffix}")) == texts(read_file(converted / "a.docx"))


@needs_office
def test_a_conversion_that_takes_too_long_is_ended(converted: Path) -> None:
    with pytest.raises(ReadError, match=r"quá 0\.05 giây") as caught:
        read_file(converted / "a.doc", Limits(seconds=0.05))
    assert caught.value.code == "too_slow"


@needs_office
def test_an_old_file_that_is_broken_is_an_error() -> None:
    from tests.models.minutes.readers.hostile import old_word

    with pytest.raises(ReadError) as caught:
        read_bytes(old_word(), "a.doc")
    assert caught.value.code in ("corrupt_file", "no_text")


def test_without_libreoffice_the_error_names_it_and_the_other_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ReadError, match=r"LibreOffice.*Lưu thành \.docx") as caught:
        read_bytes(b"{\\rtf1 x}", "a.doc")
    assert caught.value.code == "needs_libreoffice"

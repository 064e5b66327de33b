from __future__ import annotations

import io
import zipfile

import pytest

from tests.models.minutes.readers.building import minutes_docx
from ydan.errors import ReadError
from ydan.minutes.readers.limits import Limits
from ydan.minutes.readers.zipguard import Archive


def archive(limits: Limits | None = None, method: int = zipfile.ZIP_DEFLATED, **parts: bytes) -> Archive:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return Archive(stream.getvalue(), "a.docx", limits or Limits())


def test_parts_are_found_in_any_case_and_absent_ones_are_none() -> None:
    assert archive(Word=b"x").read("wORD") == b"x"
    assert archive(Word=b"x").read("khac") is None


@pytest.mark.parametrize(
    ("limits", "code"),
    [(Limits(entries=1), "zip_bomb"), (Limits(unpacked_bytes=10), "zip_bomb"), (Limits(), None)],
)
def test_an_archive_is_measured_before_it_is_unpacked(limits: Limits, code: str | None) -> None:
    if code is None:
        assert archive(limits, a=b"x" * 50, b=b"y").names == ("a", "b")
        return
    with pytest.raises(ReadError) as caught:
        archive(limits, a=b"x" * 50, b=b"y")
    assert caught.value.code == code


def test_a_part_over_its_limit_is_refused() -> None:
    with pytest.raises(ReadError) as caught:
        archive(Limits(part_bytes=9), a=b"x" * 10).read("a")
    assert caught.value.code == "zip_bomb"


def test_ways_of_packing_that_office_never_uses_are_refused() -> None:
    with pytest.raises(ReadError) as caught:
        archive(method=zipfile.ZIP_LZMA, a=b"x").read("a")
    assert caught.value.code == "corrupt_file"


def test_a_damaged_part_is_an_error_when_it_is_read() -> None:
    data = bytearray(minutes_docx(1))
    at = data.index(b"word/document.xml") + 60
    data[at : at + 40] = bytes(40)
    with pytest.raises(ReadError) as caught:
        Archive(bytes(data), "a.docx", Limits()).read("word/document.xml")
    assert caught.value.code == "corrupt_file"

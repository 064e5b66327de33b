from __future__ import annotations

import pytest

from tests.models.minutes.readers.building import minutes_docx, texts
from tests.models.minutes.readers.hostile import cyclic_relations, repacked, with_body
from ydan.errors import ReadError
from ydan.minutes.readers import Limits, read_bytes
from ydan.minutes.readers.xmlguard import parse_xml, relations
from ydan.minutes.readers.zipguard import Archive

ARCHIVE = Archive(minutes_docx(1), "a.docx", Limits())


def test_strict_files_of_word_get_the_usual_names() -> None:
    usual, strict = (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    data = repacked(
        with_body("<w:p><w:r><w:t>Đường</w:t></w:r></w:p>"),
        {"word/document.xml": lambda old: old.replace(usual, strict)},
    )
    assert texts(read_bytes(data, "a.docx")) == ["Đường"]


def test_relations_outside_the_archive_are_left_out() -> None:
    found = relations(Archive(cyclic_relations(), "a.docx", Limits()), "word/document.xml")
    assert found["a"] == ("numbering", "word/document.xml")
    assert "c" not in found


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<a>", "corrupt_file"),
        (b"", "corrupt_file"),
        (b"<!DOCTYPE a><a/>", "unsafe_xml"),
        ("<?xml version='1.0' encoding='utf-16'?><!DOCTYPE a><a/>".encode("utf-16"), "unsafe_xml"),
        (b"<a>" + b"<b/>" * 2_000_000 + b"</a>", "too_many_elements"),
    ],
)
def test_xml_that_is_no_office_xml_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        parse_xml(data, ARCHIVE)
    assert caught.value.code == code

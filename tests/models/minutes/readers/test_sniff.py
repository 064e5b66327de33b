from __future__ import annotations

import pytest

from tests.models.minutes.readers.building import minutes_docx, minutes_pdf, minutes_xlsx
from tests.models.minutes.readers.hostile import locked_office, old_word
from ydan.errors import ReadError
from ydan.minutes.readers.limits import Limits
from ydan.minutes.readers.reading import _KINDS
from ydan.minutes.readers.sniff import LABELS, sniff, wrong_extension


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (minutes_pdf(1), "pdf"),
        (b"\n\n%PDF-1.7", "pdf"),
        (minutes_docx(1), "docx"),
        (minutes_xlsx(1), "xlsx"),
        (old_word(), "doc"),
        (b"{\\rtf1 }", "rtf"),
        (b"\xef\xbb\xbf <HTML><body>", "html"),
        (b"<?xml version='1.0'?>", "xml"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"Rar!\x1a", "archive"),
        ("Biên bản".encode(), "text"),
    ],
)
def test_a_file_is_known_by_its_first_bytes(data: bytes, kind: str) -> None:
    assert sniff(data, "a", Limits()) == kind


def test_a_password_is_seen_whatever_the_suffix() -> None:
    with pytest.raises(ReadError) as caught:
        sniff(locked_office(), "a.xlsx", Limits())
    assert caught.value.code == "encrypted"


@pytest.mark.parametrize("kind", LABELS)
def test_every_kind_has_an_error_with_a_next_step(kind: str) -> None:
    error = wrong_extension("a.docx", ".docx", kind, _KINDS)
    assert LABELS[kind] in str(error)
    assert "Hãy" in str(error)

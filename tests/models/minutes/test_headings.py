"""Headings of parts, villages and fields."""

from __future__ import annotations

import pytest

from ydan.minutes.headings import Heading, read_heading
from ydan.minutes.words import Line


@pytest.mark.parametrize(
    ("text", "kind", "heading"),
    [
        ("II. Ý KIẾN CỦA NHÂN DÂN", "paragraph", Heading("opinions", 23, True)),
        ("Phần III: Trả lời của UBND xã", "paragraph", Heading("answers", 29, True)),
        ("Kết luận", "heading", Heading("conclusion", 8, True)),
        ("THÔN ĐÔNG HẠ", "paragraph", Heading(None, 12, True)),
        ("Lĩnh vực đất đai:", "paragraph", Heading(None, 17, False)),
        ("B. Trả lời: Ông An hỏi. Bà Tý đáp.", "paragraph", Heading("answers", 11, True)),
        ("Đường lầy quá, đề nghị sửa.", "paragraph", None),
        ("Ông An: đường lầy", "paragraph", None),
        ("", "paragraph", None),
    ],
)
def test_a_heading_is_told_from_ordinary_words(text: str, kind: str, heading: Heading | None) -> None:
    assert read_heading(Line.of(text), kind) == heading

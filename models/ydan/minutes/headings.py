"""Headings: what part of the minutes a line opens, and the village or field it gathers opinions under."""

from __future__ import annotations

import re
from typing import NamedTuple

from ydan.minutes.speakers import read_marker
from ydan.minutes.words import Line, section_of

_UPPER_PART = re.compile(r"\s*(?:(?:PHẦN|Phần|MỤC|Mục)\s+\w{1,4}\s*[.:–-]|[IVX]{1,5}\s*[.)/:–-]|[A-EĐ]\s*[.)/:–-])\s*")
_LONGEST = 150
_SENTENCE = re.compile(r"[.!?;]\s+\S")


class Heading(NamedTuple):
    """``section`` is a list of ``words.toml`` or ``None`` (a village, a field); ``end`` is where what follows begins.

    ``strong`` headings are set apart as such (style, capitals, "II."); weak ones are short lines with a colon.
    """

    section: str | None
    end: int
    strong: bool


def read_heading(line: Line, kind: str) -> Heading | None:
    """The heading at the start of a block, or ``None`` for ordinary words.

    >>> read_heading(Line.of("II. Ý KIẾN CỦA NHÂN DÂN"), "paragraph")
    Heading(section='opinions', end=23, strong=True)
    >>> read_heading(Line.of("Đường lầy quá, đề nghị sửa."), "paragraph") is None
    True
    """
    text = line.text
    part = _UPPER_PART.match(text)
    colon = text.find(":", part.end() if part else 0)
    whole = len(text) <= _LONGEST and not _SENTENCE.search(text, part.end() if part else read_marker(text))
    if part is not None and not whole and 0 < colon <= _LONGEST:
        named = Line.of(text[:colon])
        section = section_of(named)
        return None if section is None else Heading(section, colon + 1, True)
    if not whole:
        return None
    strong = kind == "heading" or part is not None or _is_upper(text[read_marker(text) :])
    ends = text.rstrip().endswith(":")
    if not strong and not ends and (text.rstrip().endswith((".", ";", "!", "?")) or len(text) > 90):
        return None
    if 0 < colon < len(text.rstrip()) - 1 and not (strong and _is_upper(text[:colon])):
        if not strong:
            return None
        section = section_of(Line.of(text[:colon]))
        return None if section is None else Heading(section, colon + 1, True)
    section = section_of(line)
    if not strong and not ends and section is None:
        return None
    return Heading(section, len(text), strong)


def _is_upper(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 6 and sum(map(str.isupper, letters)) > 0.7 * len(letters)

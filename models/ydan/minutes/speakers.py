"""Who speaks: "- Ông Hoàng Văn Nhị (thôn 4): …", "Ý kiến 3: bà Sáu – ấp Tân Hoà đề nghị …" and their kin."""

from __future__ import annotations

import re
from typing import NamedTuple

from ydan.minutes.addresses import SENTENCE, place_in, place_pattern, read_address, skip_blanks
from ydan.minutes.names import PART, name_at
from ydan.minutes.words import Line, load_words
from ydan.text import fold

MARKER = re.compile(
    r"\s{0,20}(?:[-–—+*•●○▪◦·>]+(?!\d)"
    r"|\(?(?:\d{1,3}(?:\.\d{1,2})*|[ivxIVX]{1,5}|[a-zđA-ZĐ])[.)/:](?=\s|[^\W\d])"
    r"|\(\d{1,3}\)|\d{1,3}\s*[-–](?=\s))\s{0,20}"
)
"""A bullet or a number before the words of a line."""

_OPINION = {
    plain: re.compile(
        (fold if plain else str)(
            r"(?:(?:ý\s+kiến|lượt|câu\s+hỏi|câu|kiến\s+nghị|người)\s*(?:của|thứ|số)?\s*"
            r"(\d{1,3}|nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười(?:\s+\w+)?)?\s*[:.(–,-]?\s*(?:của\s+|do\s+)?"
            r"|hỏi\s*:\s*|phát\s+biểu\s*:\s*)"
        )
    )
    for plain in (False, True)
}
_NAME_PART = re.compile(PART)
_INITIAL = re.compile(r"[ÔB]\s?\.\s*(?=[^\W\d_])|Ô\s(?=[^\W\d_])")
_LEAD = re.compile(r"[^\W\d_][^.;:!?()\n]{1,45}?(?:,|\s(?:là|la))\s+(?=[^\W\d_])")
_MOST_PARTS = 6
_PLACES = frozenset(word for word in load_words()["people"]["places"] if " " not in word)


class Intro(NamedTuple):
    """The words before a speech; ``end`` is where the speech begins. ``speaker`` has no title before the name."""

    speaker: str | None
    address: str | None
    end: int
    colon: bool
    title: str = ""


def read_marker(text: str, start: int = 0) -> int:
    """Where the words begin after a bullet or number (or two: "1. - "); ``start`` when there is none."""
    at = start
    for _ in range(2):
        found = MARKER.match(text, at)
        if found is None or found.end() == at:
            break
        at = found.end()
    return at


def read_intro(line: Line, start: int = 0, *, strict: bool = False) -> Intro | None:
    """The speaker that is named at ``start`` (after bullets and numbers), or ``None``.

    With ``strict`` (in the middle of a paragraph, where any person may be mentioned) a colon or a reporting verb
    must follow the name.
    """
    at = read_marker(line.text, start)
    opinion = _OPINION[line.plain].match(line.low, at)
    numbered = opinion is not None and bool(opinion[1] or re.search(r"\(|của|cua", opinion[0]))
    if opinion is not None and numbered:
        at = opinion.end()
    opened = at > start and line.text[at - 1 : at] == "("
    begin = _title(line, at)
    led = False
    if begin is None and (lead := _LEAD.match(line.text, at)) is not None:
        begin = _title(line, lead.end())
        led = begin is not None and line.text[begin : begin + 1].isupper()
        begin = begin if led else None
    if begin is None:
        return None if strict else (_untitled(line, at) or _group(line, at))
    end = _name(line.text, begin)
    if end == begin:
        return _careless(line, at, begin)
    address, speech, colon = read_address(line, end, opened=opened)
    if not colon and address is None and not numbered and _verb(line, speech) is None:
        return None
    if (strict or led) and not colon and _verb(line, speech) is None:
        return None
    return Intro(line.text[begin:end].strip(" ."), address, speech, colon, line.low[at:begin].strip(" .:"))


def _untitled(line: Line, at: int) -> Intro | None:
    """ "Y Thim Niê (buôn Kla): …": a name alone, then a colon."""
    name = name_at(line.text[at : at + 60], places=True)
    if name is None or not line.text.startswith(name, at):
        return None
    end = at + len(name)
    if re.match(r"\s*[:(,–-]", line.text[end : end + 3]) is None:
        return None
    address, speech, colon = read_address(line, end, opened=False)
    return Intro(name, address, speech, True) if colon and speech - end < 70 else None


def _verb(line: Line, at: int) -> re.Match[str] | None:
    return line.pattern("classes", "report_verb").match(line.low, at)


def _title(line: Line, at: int) -> int | None:
    """Where the name begins after one title or more ("cụ ông", "đ/c Bí thư chi bộ")."""
    if initial := _INITIAL.match(line.text, at):
        return initial.end()
    titles = line.pattern("people", "honorifics")
    end = None
    for _ in range(3):
        found = titles.match(line.low, at)
        if found is None:
            break
        at = found.end()
        while line.text[at : at + 1] in (" ", "."):
            at += 1
        end = at
    return end


def _name(text: str, at: int) -> int:
    """Where a run of capitalised syllables ends."""
    end, parts = at, 0
    while parts < _MOST_PARTS:
        begin = end + 1 if parts and text[end : end + 1] == " " else end
        found = _NAME_PART.match(text, begin)
        if found is None or not found[0][0].isupper() or (parts and begin == end):
            break
        if parts and found[0].lower() in _PLACES:
            break
        end, parts = found.end(), parts + 1
    return end


def _group(line: Line, at: int) -> Intro | None:
    """ "Một số hộ dân thôn 3 phản ánh: …": several people, no name."""
    found = line.pattern("people", "groups").match(line.low, at)
    if found is None:
        return None
    colon = line.text.find(":", found.end(), at + 120)
    if colon < 0 or SENTENCE.search(line.text, found.end(), colon):
        return None
    words = line.text[at:colon].strip()
    said = line.pattern("classes", "report_verb").search(line.low, found.end(), colon)
    who = line.text[at : said.start() if said else colon].strip(" ,;-–")
    return Intro(who or words, place_in(words), skip_blanks(line.text, colon + 1), True, found[0])


def _careless(line: Line, at: int, begin: int) -> Intro | None:
    """ "bà mận t3: …": a title, no capitals, a colon soon after."""
    colon = line.text.find(":", begin, begin + 45)
    if colon < 0 or SENTENCE.search(line.text, begin, colon):
        return None
    words = line.text[begin:colon].strip()
    if not words or _verb(line, begin) is not None:
        return None
    place = re.search(r"(?<!\w)(?:t|x|to|tdp|kp|k)\.?\s?\d+", fold(words)) or place_pattern(Line.of(words)).search(
        Line.of(words).low
    )
    name = re.sub(r"[(\[].*$", "", words[: place.start()] if place else words).strip(" ,;-–(")
    address = words[place.start() :].strip(" ()[]") if place else None
    return Intro(name or None, address, skip_blanks(line.text, colon + 1), True, line.low[at:begin].strip(" .:"))

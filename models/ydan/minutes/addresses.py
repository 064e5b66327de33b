"""Where a speaker lives: "(thôn 4)", "– ấp Tân Hoà", "ở xóm chùa", between the name and the speech."""

from __future__ import annotations

import re

from ydan.minutes.words import Line

ABOUT = 150
"""Characters within which an introduction must have ended."""
SENTENCE = re.compile(r"[.!?;…]\s")

_BRACKET = re.compile(r"\s*[,;–-]?\s*[(\[]([^()\[\]]{1,90})[)\]]")
_COLON = re.compile(r"\s*:\s*")
_JOINT = re.compile(r"\s*(?:[,;–—.-]|(?:ở|tại|của|người|dân|ngụ)\b)*\s*")
_FARTHEST = 110


def read_address(line: Line, at: int, *, opened: bool) -> tuple[str | None, int, bool]:
    """The address after a name, where the speech begins, and whether a colon stands before it."""
    text, address = line.text, None
    limit = min(len(text), at + ABOUT)
    if opened and (close := text.find(")", at, limit)) >= 0:
        address, at = text[at:close].strip(" ,;-–") or None, close + 1
    elif bracket := _BRACKET.match(text, at, limit):
        address, at = bracket[1].strip(), bracket.end()
    if after := _COLON.match(text, at):
        return _clean(address), after.end(), True
    joint = _JOINT.match(text, at)
    begin = at if joint is None else joint.end()
    sentence = SENTENCE.search(text, begin, limit)
    limit = limit if sentence is None else sentence.start()
    colon = text.find(":", begin, limit)
    if place := place_pattern(line).match(line.low, begin, limit):
        said = next((v for v in line.pattern("classes", "report_verb").finditer(line.low, place.end(), limit)), None)
        if colon >= 0 and (said is None or colon < said.start() or colon - said.end() < 40):
            stop = min(colon, said.start() if said else colon)
            return _clean(_join(address, text[begin:stop])), skip_blanks(text, colon + 1), True
        if said is not None:
            return _clean(_join(address, text[begin : said.start()])), said.start(), False
        comma = text.find(",", place.end(), limit)
        if comma >= 0:
            return _clean(_join(address, text[begin:comma])), skip_blanks(text, comma + 1), False
    if 0 <= colon < begin + _FARTHEST:
        return _clean(_join(address, place_in(text[begin:colon]))), skip_blanks(text, colon + 1), True
    return _clean(address), begin, False


def place_in(words: str) -> str | None:
    """The address among the words before a colon: "đại diện các hộ khu 3 phát biểu" → "khu 3"."""
    line = Line.of(words)
    found = place_pattern(line).search(line.low)
    if found is None:
        return None
    said = line.pattern("classes", "report_verb").search(line.low, found.end())
    return words[found.start() : said.start() if said else len(words)].strip(" ,;-–") or None


def skip_blanks(text: str, at: int) -> int:
    """Where the next words begin."""
    while text[at : at + 1] == " ":
        at += 1
    return at


def place_pattern(line: Line) -> re.Pattern[str]:
    """Words such as *thôn* by which an address begins, in the line's spelling."""
    return line.pattern("people", "places")


def _join(first: str | None, second: str | None) -> str | None:
    second = second.strip(" ,;-–:") if second else None
    return f"{first}, {second}" if first and second else first or second or None


def _clean(address: str | None) -> str | None:
    return None if address is None else address.strip(" ,;:-–.()") or None

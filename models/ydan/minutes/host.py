"""The office that holds the meeting, and its level."""

from __future__ import annotations

import re
from datetime import date
from itertools import takewhile

from ydan.minutes.extract import Extract
from ydan.minutes.words import folded
from ydan.opinion import DISTRICTS_ENDED
from ydan.text import fold

_TITLE = re.compile(rf"{folded('title', 'kinds')}(?!\w)")
_LETTERHEAD, _LONGEST, _WRAPPED = 14, 90, 3
_CHAIRED = re.compile(folded("host", "chaired"))
_ORGAN = re.compile(rf"(?<!\w){folded('host', 'organs')}(?!\w)")
_STATE = re.compile(folded("host", "state"))
_ABOUT = re.compile(folded("title", "subjects"))
_NUMBER = re.compile(r"so\W*\d")
_DEPARTMENT = re.compile(rf"{folded('host', 'departments')}(?!\w)")
_UNIT = re.compile(
    rf"(?<!\w)({folded('host', 'units')})(?!\w)\.?(?:\s+({folded('host', 'central')})(?!\w))?(?P<named>\s+[a-z0-9])?"
)
_ACTING = re.compile(rf"{folded('host', 'acting')}(?:,? (?:va )?{folded('host', 'acting_with')})*\s+$")
_PARTY = {"huyen uy": "huyen", "quan uy": "huyen", "thi uy": "huyen", "tinh uy": "tinh", "thanh uy": "tinh"}
_SOCIETY = re.compile(r"\s+hoi(?!\w)")
"""After "xã": "xã hội" is no commune."""

_LEVELS = ("commune", "district", "province")
_COMMUNES = ("xa", "phuong", "thi tran", "dac khu")
_CITIES = ("thanh pho", "tp")
_DISTRICTS = ("huyen", "quan", "thi xa")


def read_host(extract: Extract, head_end: int) -> str | None:
    """The office in the letterhead: the last line of its left half, with the line below when that names the unit."""
    lines: list[str] = []
    follows = False
    for text in map(_left, _first_lines(extract, head_end)):
        low = fold(text)
        if _TITLE.match(low):
            break
        named = bool(text) and len(text) < _LONGEST and not _ABOUT.search(low)
        if named and follows and (_wraps(text, lines[-1]) or lines[-1][-1] in "-–"):
            lines[-1] += f" {text}"
        elif named and (_ORGAN.search(low) or _UNIT.match(low)):
            lines.append(text)
            follows = True
        else:
            follows = False
    for at in range(len(lines) - 1, -1, -1):
        if _ORGAN.search(fold(lines[at])):
            unit = next((below for below in lines[at + 1 :] if _UNIT.match(fold(below))), None)
            return lines[at] if unit is None else f"{lines[at]} {unit}"
    return lines[-1] if lines else None


def read_level(title: str | None, host: str | None, head: str, day: date | None) -> str | None:
    """The host's level: by the title, the letterhead, the chair's office, in this order."""
    chaired = _CHAIRED.search(fold(head))
    office = head[max(0, chaired.start() - 160) : chaired.end() + 160] if chaired else None
    for words in (title, host, office, head[:900]):
        if words and (found := unit_level(words, day)):
            return found
    return None


def unit_level(words: str, day: date | None) -> str | None:
    """The level of the unit that words name: of a list "xã A, huyện B" the smallest, the one that acts.

    A city is a province once districts have ended, or when it is one of the six under the centre.

    >>> unit_level("UBND xã Minh Tân, huyện Nam Sách", None), unit_level("Tỉnh ủy Hải Dương", None)
    ('commune', 'province')
    """
    low = fold(words)
    for party, state in _PARTY.items():
        low = low.replace(party, state.ljust(len(party)))
    units = list(_UNIT.finditer(low))
    acting = [unit for unit in units if _ACTING.search(low[max(0, unit.start() - 60) : unit.start()])]
    if not acting:  # "liên quan", "cơ quan" are no districts: a name of one has a capital or is a number
        units = [unit for unit in units if unit[1] != "quan" or not words[unit.end(1) :].lstrip(" .")[:1].islower()]
    levels = [level for unit in acting or units if (level := _level(unit, low, day))]
    return min(levels, key=_LEVELS.index, default=None)


def is_upper(text: str) -> bool:
    """Whether a line is set in capitals."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 6 and sum(map(str.isupper, letters)) > 0.7 * len(letters)


def _level(unit: re.Match[str], low: str, day: date | None) -> str | None:
    kind = unit[1]
    if kind in _COMMUNES:
        return None if _SOCIETY.match(low, unit.end(1)) else "commune"
    if kind in _CITIES:
        return "province" if unit[2] or (day is not None and day >= DISTRICTS_ENDED) else "district"
    if kind in _DISTRICTS:
        return None if kind == "quan" and not unit["named"] and not unit[2] else "district"
    return "province"


def _left(text: str) -> str:
    """The capitals at the start of a line, less the state's or the party's half that a converter set beside them."""
    if _NUMBER.match(fold(text)):
        return ""
    whole = is_upper(text) and not _STATE.search(fold(text))  # TCVN3 has no capitals with marks: "VĨNH HIềN"
    words = text if whole else " ".join(takewhile(lambda word: word == word.upper(), text.split()))
    if " " not in words and words != text:
        return ""
    state = _STATE.search(fold(words))
    return words[: state.start() if state else len(words)].strip(" *")


def _wraps(text: str, above: str) -> bool:
    """Whether a line goes on with a unit's name that was too long for its half: "UBND PHƯỜNG NGỌC SƠN" / "TÂY"."""
    units = list(_UNIT.finditer(fold(above)))
    if not units or not text.replace(" ", "").isalpha():
        return False
    bare = units[-1].end() == len(above) and units[-1][2] is None and units[-1]["named"] is None
    return bare or (len(text.split()) <= _WRAPPED and units[-1]["named"] is not None and not _is_other(fold(text)))


def _is_other(low: str) -> bool:
    return _DEPARTMENT.match(low) is not None or _UNIT.match(low) is not None or _ORGAN.search(low) is not None


def _first_lines(extract: Extract, head_end: int) -> list[str]:
    """The lines at the top; the letterhead may be a table whose cells hold several lines."""
    lines: list[str] = []
    for block in extract.blocks[:_LETTERHEAD]:
        if block.start > max(head_end, 1):
            break
        lines += [" ".join(line.split()) for line in extract.of(block).split("\n")]
    return lines

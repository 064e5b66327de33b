"""The office that holds the meeting, and its level."""

from __future__ import annotations

import re
from datetime import date

from ydan.minutes.extract import Extract
from ydan.opinion import DISTRICTS_ENDED
from ydan.text import fold

_CENTRAL_CITIES = r"ha noi|hai phong|da nang|can tho|ho chi minh|hue"
_TITLE = re.compile(r"(?:bien ban|bieu|bang tong hop|tong hop|danh sach|bao cao|thong bao|so tiep|phieu|bb)(?!\w)")
_LETTERHEAD = 14
_CHAIRED = re.compile(r"chu (?:tri|toa)|nguoi tiep")
_ORG = re.compile(
    r"(?:uy ban nhan dan|ubnd|dang uy|huyen uy|tinh uy|thanh uy|quan uy|thi uy|dang bo|hdnd|hoi dong nhan dan|ban chap hanh dang bo|mttq|ubmttq|ban thuong vu)"
)
_UNIT = re.compile(
    r"(?<!\w)(xa|phuong|thi tran|dac khu|huyen|quan|thi xa|thanh pho|tp|tinh)(?!\w)\.?(?:\s+("
    + _CENTRAL_CITIES
    + r"))?"
)


def read_host(extract: Extract, head_end: int) -> str | None:
    """The office in the letterhead: the last line of its left half, with the line above when that names the organ."""
    lines: list[str] = []
    for text in _first_lines(extract, head_end):
        folded = fold(text)
        if _TITLE.match(folded):
            break
        if "cong hoa xa hoi" in folded or "doc lap" in folded or "dang cong san" in folded:
            continue
        upper = is_upper(text)
        if upper and (_ORG.search(folded) or _UNIT.match(folded)) and len(text) < 90:
            lines.append(text)
    for text in reversed(lines):
        if _ORG.search(fold(text)):
            below = lines[lines.index(text) + 1 :]
            return " ".join([text, *(b for b in below if _UNIT.match(fold(b)))][:2])
    return lines[-1] if lines else None


def read_level(title: str | None, host: str | None, head: str, day: date | None) -> str | None:
    """The host's level: by the title, the letterhead, the chair's office, in this order."""
    chaired = _CHAIRED.search(fold(head))
    office = head[max(0, chaired.start() - 160) : chaired.end() + 160] if chaired else None
    for words in (title, host, office, head[:900]):
        if words and (found := unit_level(words, day)):
            return found
    return None


_ORGAN = re.compile(
    r"(?:ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan|dang uy|dang bo|cap uy,? chinh quyen|chinh quyen|mttq|mat tran to quoc(?: viet nam)?|bi thu|chu tich|lanh dao)"
    r"(?:,? (?:va )?(?:ubnd|dang uy|chu tich|chu tich ubnd|chinh quyen|viet nam))*\s+$"
)


def unit_level(words: str, day: date | None) -> str | None:
    """The level of the first unit that words name: of a list "xã A, huyện B" the smallest, the one that acts.

    >>> unit_level("UBND xã Minh Tân, huyện Nam Sách", None), unit_level("Tỉnh ủy Hải Dương", None)
    ('commune', 'province')
    """
    folded = fold(words)
    folded = re.sub(r"huyen uy|quan uy|thi uy", "huyen", re.sub(r"tinh uy|thanh uy", "tinh", folded))
    ranks = {"commune": 0, "district": 1, "province": 2}
    best: str | None = None
    units = list(_UNIT.finditer(folded))
    acting = [unit for unit in units if _ORGAN.search(folded[max(0, unit.start() - 60) : unit.start()])]
    for found in acting or units:
        kind, city = found[1], found[2]
        if kind in ("xa", "phuong", "thi tran", "dac khu"):
            if re.match(r"\s+hoi", folded[found.end() :]):  # "xã hội"
                continue
            level = "commune"
        elif kind in ("thanh pho", "tp"):
            level = "province" if city or (day is not None and day >= DISTRICTS_ENDED) else "district"
        elif kind in ("huyen", "quan", "thi xa"):
            if kind == "quan" and not re.match(r"\s+(?:\d|[a-z]+)", folded[found.end() :]):
                continue
            level = "district"
        else:
            level = "province"
        if best is None or ranks[level] < ranks[best]:
            best = level
    return best


def _first_lines(extract: Extract, head_end: int) -> list[str]:
    """The lines at the top; the letterhead may be a table whose cells hold several lines."""
    lines: list[str] = []
    for block in extract.blocks[:_LETTERHEAD]:
        if block.start > max(head_end, 1):
            break
        lines += [" ".join(line.split()) for line in extract.of(block).split("\n")]
    return lines


def is_upper(text: str) -> bool:
    """Whether a line is set in capitals."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 6 and sum(map(str.isupper, letters)) > 0.7 * len(letters)

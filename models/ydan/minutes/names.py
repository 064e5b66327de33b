"""Names of persons as minutes write them: "Giàng A Lềnh", "K' Brêm", "NGUYỄN VĂN AN"."""

from __future__ import annotations

import re

from ydan.minutes.words import any_of, folded, load_words
from ydan.text import fold, lower, unify_tones

PART = r"(?:[^\W\d_]['’]\s?|[^\W\d_]-(?=[^\W\d_]))?[^\W\d_]+(?:['’][^\W\d_]+)*"
"""A syllable with what belongs to it: ``H'Loan``, ``K' Brêm``, ``H-Bia``."""

_NAME = re.compile(rf"{PART}(?: {PART}){{0,5}}")
_PARTS = re.compile(PART)
_MOST = 6
_OFFICE = any_of((*load_words()["names"]["offices"], *load_words()["names"]["marked"]))
_PLACE = any_of(load_words()["names"]["places"])
_PLAIN_OFFICE = re.compile(rf"{folded('names', 'offices')}(?!\w)")
_FIRST_NAME = re.compile(
    rf"(?P<name>{PART})(?=\s*(?:[,.;()–\n-]|$)|\s+(?:[A-ZĐ]{{2,}}|{folded('people_head', 'after_first_name')})(?!\w))"
)


def name_at(text: str, *, places: bool = False) -> str | None:
    """The run of two to six capitalised syllables at the start, as a name is written.

    With ``places`` a village may stand for those who speak ("Thôn Trung: …"). An office is none, told by its marks
    where it has any: *Trương* is a family, *Trưởng* is not. The peoples of the Central Highlands may have one
    syllable after an initial with an apostrophe.

    >>> name_at("Giàng A Lềnh - Bí thư"), name_at("Đảng ủy xã"), name_at("NGUYỄN VĂN AN"), name_at("K' Brêm, Phó")
    ('Giàng A Lềnh', None, 'Nguyễn Văn An', "K' Brêm")
    """
    found = _NAME.match(text)
    if found is None:
        return None
    parts: list[str] = []
    for part in _PARTS.findall(found[0])[:_MOST]:
        if not part[0].isupper() or (parts and part.isupper() and len(part) > 1 and not parts[0].isupper()):
            break
        parts.append(part)
    name = " ".join(parts)
    if not parts or (len(parts) == 1 and not re.match(r"\w['’]", name)) or is_office(name):
        return None
    if not places and _PLACE.match(unify_tones(lower(name))):
        return None
    return _spelled(name) if name.isupper() and max(map(len, parts)) > 1 else name


def first_name_at(text: str) -> str | None:
    """One capitalised syllable where a name must stand and the note-taker gave no more: "đ/c Hợi BTĐU".

    >>> first_name_at("Hợi BTĐU. TK"), first_name_at("Vinh VP."), first_name_at("Lãnh đạo xã")
    ('Hợi', 'Vinh', None)
    """
    found = _FIRST_NAME.match(text) or _FIRST_NAME.match(fold(text))
    if found is None or not text[0].isupper():
        return None
    name = text[: found.end("name")]
    return None if is_office(name) or (name.isupper() and len(name) > 1) else name


def is_office(name: str) -> bool:
    """Whether capitalised words begin an office, a body or a place instead of a name.

    >>> is_office("Đoàn Thanh"), is_office("Đoàn Văn Thuận"), is_office("Truong Van Dang"), is_office("Pho Chu")
    (True, False, False, True)
    """
    low = unify_tones(lower(name))
    return (_PLAIN_OFFICE if low.isascii() else _OFFICE).match(low) is not None


def _spelled(name: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name)

"""Which thing an opinion is about, as far as it is named: village 3, road 390, Hoà Kiến, house number 210."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ydan.cues import Document
from ydan.text import fold, split

AREA, THING = "area", "thing"


def _words(text: str) -> frozenset[str]:
    """The syllables of ``text``, with diacritics and without."""
    return frozenset(text.split()) | frozenset(fold(text).split())


_HEADS = {
    AREA: {
        "village": "thôn xóm ấp bản làng buôn bon sóc phum tổ khóm khối khu đội",
        "commune": "xã phường",
        "district": "huyện quận",
        "province": "tỉnh",
    },
    THING: {
        "road": "đường lộ phố ngõ ngách hẻm kiệt dốc",
        "water": "kênh mương sông suối rạch hồ đập đê kè hói ao",
        "culvert": "cống",
        "bridge": "cầu phà",
        "school": "trường lớp điểm",
        "market": "chợ",
        "site": "bến cảng bãi mỏ đình chùa",
        "company": "xưởng ty máy",
        "decision": "định",
        "plot": "thửa",
        "lamp": "cột",
        "house": "số",
    },
}
_KIND_OF = {head: (kind, family) for family, kinds in _HEADS.items() for kind, heads in kinds.items()
            for head in heads.split()}  # fmt: skip
_PLAIN_KIND_OF = {fold(head): found for head, found in _KIND_OF.items()}
FAMILY_OF = {kind: family for family, kinds in _HEADS.items() for kind in kinds}
KINDS = tuple(FAMILY_OF)
_SKIPPED = _words("số tỉnh xã huyện liên làng dân phố tiểu học mầm non mẫu giáo cá máy nhuộm may")
_INSIDE = _words("trong của cả toàn")
_OWN = _words("tôi tui em ta mình chúng này ni nhà tụi trong")
_NUMBER = re.compile(r"\d")
_JOINED = frozenset("/.-")
_VILLAGE = _words("thôn xóm ấp bản làng buôn sóc khóm khối")
_SURNAMES = frozenset({"hồ", "đường", "kiều", "ao"})
"""Heads that are also people's names: with a capital inside a sentence they are taken for one."""
MOST = 3
"""Syllables of a name, at most."""


class Names(NamedTuple):
    """``slots`` are (kind, folded name); ``words`` the folded syllables and numbers of all names.

    ``own_village`` says that the text speaks of "our village" and does not name it.
    """

    slots: tuple[tuple[str, str], ...]
    words: frozenset[str]
    own_village: bool


def find_names(document: Document) -> Names:
    """The named things of an opinion.

    A name begins with a capital or is a number; in a text that is all small or all capital letters only the
    numbers are told. What such a text leaves out, the other text of the pair shows: names are sought in its words.

    >>> from ydan.cues import read
    >>> find_names(read("Đề nghị sửa ĐT390 qua thôn 3, gần cầu Ca Tăng")).slots
    (('road', '390'), ('village', '3'), ('bridge', 'ca tang'))
    """
    parts = split(document.aligned.text)
    gaps, tokens = parts[2::2], parts[1::2]
    cased = _is_cased(tokens)
    small = document.words
    heads = _PLAIN_KIND_OF if document.undiacritized else _KIND_OF
    begins = {0, *document.breaks}
    slots: dict[tuple[str, str], None] = {}
    words: set[str] = set()
    own_village = False
    for at, word in enumerate(small):
        if cased and at not in begins and tokens[at][:1].isupper() and not _NUMBER.match(word):
            words.add(fold(word))
        if word not in heads or (cased and at not in begins and word in _SURNAMES and tokens[at][:1].isupper()):
            continue
        kind = heads[word][0]
        name = _name_after(tokens, gaps, at, cased, begins)
        if name and not (kind == "province" and _NUMBER.match(name[0])):  # đường tỉnh 390 is no province
            slots[kind, fold(" ".join(name))] = None
            words.update(fold(part) for part in name)
        elif word in _VILLAGE and not name:
            alone = at + 1 == len(small) or small[at + 1] in _OWN or bool(gaps[at].strip())
            own_village |= alone or (at > 0 and small[at - 1] in _INSIDE)
    named = any(kind == "village" for kind, _ in slots)
    return Names(tuple(slots), frozenset(words), own_village and not named)


def villages_of(address: Document) -> tuple[tuple[str, str], ...]:
    """The villages that an address names, for opinions that say "our village"."""
    return tuple(slot for slot in find_names(address).slots if slot[0] == "village")


def _is_cased(tokens: Sequence[str]) -> bool:
    """Whether capitals mean something: there are some, but not everywhere."""
    words = [token for token in tokens if token[:1].isalpha()]
    capital = sum(word[:1].isupper() for word in words)
    return 0 < capital < 0.7 * len(words)


def _name_after(tokens: Sequence[str], gaps: Sequence[str], at: int, cased: bool, begins: set[int]) -> list[str]:
    """The number or the capitalized syllables right after the head at ``at``."""
    first = at + 1
    while first < len(tokens) and first <= at + 2 and gaps[first - 1] == " " and tokens[first].lower() in _SKIPPED:
        if cased and tokens[first][:1].isupper():
            break
        first += 1
    name: list[str] = []
    for place in range(first, min(first + MOST, len(tokens))):
        if place in begins or (place > first and gaps[place - 1].strip() and gaps[place - 1] not in _JOINED):
            break
        number = bool(_NUMBER.match(tokens[place]))
        if number and name and _NUMBER.match(name[-1]) and gaps[place - 1] not in _JOINED:
            break
        if not number and not (cased and tokens[place][:1].isupper()):
            break
        name.append(tokens[place])
    return name

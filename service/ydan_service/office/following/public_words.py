"""Words for paper that leaves the office: whoever is named, and every house, is gone, not only covered."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ydan.documents.people import Person, place_of
from ydan.documents.redact import HIDDEN, Redactor, named_people
from ydan.documents.wording import capital, clean, shorten
from ydan.text import fold, mask
from ydan_service.office.masking import SIGN

_COVERED = re.compile(rf"{SIGN}+(?:[ .,]*{SIGN}+)*")
_INITIALS = re.compile(r"(?<![\w.])(?!U\.B\.|H\.Đ\.N\.D|T\.P\.|T\.T\.)(?:[A-ZĐÀ-Ỹ]\.){2,6}")
_TWICE = re.compile(rf"{re.escape(HIDDEN)}(?:[\s,;.–-]*{re.escape(HIDDEN)})+")
_HOUSE = re.compile(
    r"(?<!\w)(?:so nha|nha so|can so|sn|can ho(?: so)?)\s*\d+[a-z]?(?:/\d+[a-z]?)*"
    r"|(?<!\w)(?:ngo|ngach|hem|kiet)\s+\d+(?:/\d+)+"
)
_OWN = re.compile(
    r"(?<!\w)(?:gia dinh|nha|ho|con|con trai|con gai|chau|bo|ba|me|chong|vo|ong|anh trai|em trai|chi gai|em gai)\s+"
    r"(?:nha\s+)?(?:toi|tui|minh|chung toi|em|chau)(?!\w)|(?<!\w)ban than (?:toi|tui|em|chau)(?!\w)"
    r"|(?<!\w)(?:toi|tui) bi benh(?!\w)|(?<!\w)ho (?:ngheo|can ngheo) cua toi(?!\w)"
)


def plain_words(text: str, most: int = 0) -> str:
    """Covered words made readable: ``[đã che]`` for what is covered, names that are left and houses; at most ``most``.

    >>> plain_words("Ông ▇▇▇▇▇▇▇▇▇▇, số 0912345678: đường lầy.")
    'Ông [đã che], số [đã che]: đường lầy.'
    """
    text = re.sub(
        r"\[(?:số định danh|điện thoại|tài khoản|biển số|email|thửa đất|tờ bản đồ)\]", HIDDEN, mask(clean(text)).text
    )
    text = _COVERED.sub(HIDDEN, text)
    text = _without_names(_without_houses(text))
    text = _TWICE.sub(HIDDEN, text)
    text = capital(" ".join(text.split()))
    return shorten(text, most) if most else text


class Public:
    """The words of one meeting without anybody: the speakers, those whom opinions name, also the confidential ones."""

    def __init__(
        self, speakers: Iterable[tuple[str, str | None]], named: Iterable[str], officials: Iterable[str]
    ) -> None:
        people = [Person("", name, address, place_of(address), hidden=True) for name, address in speakers]
        self._redactor = Redactor(people, officials, accused=[name for name in named if len(name.split()) > 1])

    def of(self, text: str, most: int = 0) -> str:
        """The words; nothing in them tells who spoke or of whom."""
        return plain_words(self._redactor.of(text), most)


def speaks_of_own(text: str) -> bool:
    """Whether the words are about the speaker's own household: they would tell who it is, whatever is covered.

    >>> speaks_of_own("Nhà tôi chưa được cấp sổ đỏ"), speaks_of_own("Đường thôn lầy lội")
    (True, False)
    """
    return _OWN.search(fold(text)) is not None


def _without_names(text: str) -> str:
    for name in sorted(named_people(text), key=len, reverse=True):
        if name not in HIDDEN:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", HIDDEN, text)
    return _INITIALS.sub(HIDDEN, text)


def _without_houses(text: str) -> str:
    pieces, at = [], 0
    for found in _HOUSE.finditer(fold(text)):
        pieces += [text[at : found.start()], HIDDEN]
        at = found.end()
    return "".join([*pieces, text[at:]])

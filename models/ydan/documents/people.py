"""Who spoke, under a code: what leaves the office names nobody unless somebody decided so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ydan.documents.wording import clean
from ydan.minutes.records import Raised
from ydan.text import fold

NAMES = ("code", "full")
UNNAMED = "Không ghi tên"
_PLACE = re.compile(
    r"(?<!\w)(?:to dan pho|khu dan cu|khu pho|tieu khu|thon|xom|ap|khom|kdc|tdp|ban|lang|buon|bon|plei|phum|soc|to|khu"
    r"|doi|cum)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Person:
    """One speaker. ``place`` is the part of the address that may be shown: the village, never the house.

    ``hidden``: the person raised something confidential, and is shown under a code whatever the caller asks.
    """

    code: str
    name: str | None
    address: str | None
    place: str | None
    hidden: bool = False


def enrol(opinions: Iterable[Raised], confidential: set[str]) -> Mapping[str, Person]:
    """Opinion id → its speaker; the same name at the same address is one person.

    Codes follow the order of speaking in public: a gap would point at who raised what is confidential. Opinions
    without a name stay without one. Who raised an id of ``confidential`` is hidden in all.
    """
    opinions = list(opinions)
    order = {raised.id: at for at, raised in enumerate(opinions)}
    speakers: dict[tuple[str, str], list[Raised]] = {}
    unnamed: dict[str, Person] = {}
    for raised in opinions:
        if raised.speaker and clean(raised.speaker):
            speakers.setdefault(_key(raised), []).append(raised)
        else:
            hidden = raised.id in confidential
            unnamed[raised.id] = Person(UNNAMED, None, raised.address, place_of(raised.address), hidden)
    people = dict(unnamed)
    number = 0
    for said in sorted(speakers.values(), key=lambda said: _first_public(said, order, confidential)):
        first = said[0]
        hidden = any(raised.id in confidential for raised in said)
        number += any(raised.id not in confidential for raised in said)
        code = f"CD-{number:02d}" if any(raised.id not in confidential for raised in said) else ""
        person = Person(code, first.speaker, first.address, place_of(first.address), hidden)
        people.update({raised.id: person for raised in said})
    return people


def _first_public(said: Iterable[Raised], order: Mapping[str, int], confidential: set[str]) -> int:
    return min((order[raised.id] for raised in said if raised.id not in confidential), default=len(order))


def _key(raised: Raised) -> tuple[str, str]:
    return " ".join(fold(raised.speaker or "").split()), " ".join(fold(raised.address or "").split())


def place_of(address: str | None) -> str | None:
    """The village or street group of an address, without house numbers and lanes.

    >>> place_of("số nhà 12, ngõ 5, thôn Đông La"), place_of("Đông La"), place_of("12/5 Lê Lợi")
    ('thôn Đông La', 'Đông La', None)
    """
    if not address:
        return None
    words = clean(address)
    for part in re.split(r"[,;–()]| - ", words):
        found = _PLACE.search(fold(part))
        if found is not None and len(part) - found.start() <= 40:
            return part[found.start() :].strip()
    short = len(words.split()) <= 4 and not any(c.isdigit() for c in words)
    return words if short and all(word[0].isupper() for word in words.split()) else None

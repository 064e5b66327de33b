"""What is compared: one citizen's opinion with who said it, where they live and at which meeting."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ydan.text import fold

_TITLES = re.compile(r"^(?:(?:ong|ba|anh|chi|co|chu|bac|di|cau|em|cu|dong chi|dc|o|b)\b[.:]?\s*)+(?=\S)")
_BREAKS = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class AlikeItem:
    """One opinion. ``session`` is the meeting's id; ``place`` the commune the meeting is of, where that is known.

    ``address`` is where the speaker lives ("thôn 3"): it says which village "thôn tôi" is. Two meetings of different
    ``place`` each have a "thôn 3" of their own; without ``place`` all are taken for one commune's.
    """

    id: str
    text: str
    session: str = ""
    speaker: str | None = None
    address: str | None = None
    place: str | None = None


def person_key(speaker: str) -> str:
    """A speaker's name as it is compared: no title, no diacritics, no case.

    >>> person_key("Ông Nguyễn Văn An"), person_key("NGUYỄN VĂN AN")
    ('nguyen van an', 'nguyen van an')
    """
    plain = fold(speaker).strip()
    return " ".join(_BREAKS.sub(" ", _TITLES.sub("", plain)).split())


def place_key(address: str) -> str:
    """An address or a commune as it is compared.

    >>> place_key("Thôn 3,  xã Cẩm Giang"), place_key("thon 3 - Xã Cẩm Giang")
    ('thon 3 xa cam giang', 'thon 3 xa cam giang')
    """
    return " ".join(_BREAKS.sub(" ", fold(address)).split())


def count_people(items: Iterable[AlikeItem]) -> int:
    """How many different people spoke; an opinion without a name counts as one person.

    The same name at two addresses is two people, for half a village may be called Nguyễn Thị Hoa; a name without
    an address is taken for the one that has it.
    """
    unnamed = 0
    homes: dict[str, set[str]] = {}
    for item in items:
        name = person_key(item.speaker or "")
        if name:
            homes.setdefault(name, set()).add(place_key(item.address or ""))
        else:
            unnamed += 1
    return unnamed + sum(max(1, len(known - {""})) for known in homes.values())


def count_places(items: Iterable[AlikeItem]) -> int:
    """How many different addresses the people gave; opinions without one add none.

    The same address at meetings of two communes is two places.
    """
    return len({(place_key(item.place or ""), place_key(item.address)) for item in items if item.address})

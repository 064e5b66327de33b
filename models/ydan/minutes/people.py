"""Who chaired, who took the minutes and who else speaks for the authorities, however the head puts it."""

from __future__ import annotations

import re

from ydan.minutes.bearers import find_bearers, follows_and
from ydan.minutes.persons import find_persons, unit_names
from ydan.minutes.words import folded, loose
from ydan.text import fold, lower, unify_tones

_RANK = re.compile(rf"\s*[,(–-]?\s*{folded('people_head', 'ranks')}(?!\w)")
_MEETS = loose("people_head", "meets")
_HELD = re.compile(
    rf"\s*(?:[,(–-]|la)?\s*(?:{folded('people_head', 'held_before')}\W*)*"
    rf"(?P<held>{folded('people_head', 'held')})(?!\w)"
)
_VILLAGE = re.compile(folded("people_head", "village"))


def find_chairs(head: str) -> list[str]:
    """Those who chaired, in order; two at most.

    >>> find_chairs("Đồng chí Lê Hoàng Nam, Chủ tịch UBND xã chủ trì; bà Hà Thị Thu ghi biên bản.")
    ['Lê Hoàng Nam']
    >>> find_chairs("Chủ trì: ông Trần Văn Khoát. Thư ký: bà Lương Thị Thảo.")
    ['Trần Văn Khoát']
    """
    return find_bearers(head, "chairs", 2) or find_bearers(head, "chairs_weak", 2) or _by_office(head)


def find_secretary(head: str) -> str | None:
    """The one who took the minutes; two where the head speaks of a group ("Tổ thư ký").

    >>> find_secretary("Ông Lê An chủ trì; bà Hà Thị Thu ghi biên bản.")
    'Hà Thị Thu'
    """
    return "; ".join(find_bearers(head, "secretaries", 1)) or None


def find_officials(head: str) -> frozenset[str]:
    """Folded names of those whom the head introduces with an office, and of those who chair or take the minutes.

    Village heads are citizens at these meetings; "trưởng thôn" is no office here.
    """
    found = {fold(name) for name in (*find_chairs(head), *(find_secretary(head) or "").split("; ")) if name}
    low = fold(head)
    for person in find_persons(head, unit_names(head)):
        office = _HELD.match(low, person.end)
        if person.by_office or (office is not None and not _VILLAGE.match(low, office.start("held"))):
            found.add(fold(person.name))
    return frozenset(found)


def is_one_of(speaker: str, officials: frozenset[str]) -> bool:
    """Whether a speaker, perhaps called by the last syllable alone ("đ/c Huy"), is one of ``officials``."""
    own = fold(speaker).split()
    return bool(own) and any(name.split()[-len(own) :] == own for name in officials)


def _by_office(head: str) -> list[str]:
    """Nobody is said to chair: the Secretary or Chair of whom the head says that they met the people."""
    units = unit_names(head)
    for line in head.split("\n"):
        if not _MEETS.search(unify_tones(lower(line))):
            continue
        plain = fold(line)
        persons = [p for p in find_persons(line, units) if p.by_office or _RANK.match(plain, p.end)]
        if persons:
            joined = len(persons) > 1 and follows_and(plain, persons[1].start)
            return [person.name for person in persons[: 2 if joined else 1]]
    return []

"""Who chaired and who took the minutes, however the head puts it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ydan.minutes.names import first_name_at, name_at
from ydan.minutes.persons import Person, find_persons, unit_names
from ydan.minutes.words import folded, loose
from ydan.text import fold, lower, unify_tones

_TITLES = folded("people_head", "titles")
_WINDOW = 260
_COLON = re.compile(r"[^\n:.;]{0,20}:|\s*[–-]\s")
_POINTS = re.compile(
    rf"\s*(?:(?:{folded('people_head', 'between')}|(?:buoi|phien|cua|cuoc) [\w ]{{2,30}})(?!\w)\s*){{0,3}}"
    rf"(?:[:–-]|(?={_TITLES}\.?\s)|(?<=la )|(?={folded('people_head', 'offices')}\s))\s*"
)
_ROLE = re.compile(
    rf"(?:[;.\n(]\s*[-+*•\d.) ]*|,(?= {folded('people_head', 'others_after_comma')}) )"
    rf"(?:(?:nguoi )?{folded('people_head', 'others')}(?!\w)|i+[./]|[abc]\.)"
)
_TAKES = re.compile(r"(?<!\w)(?:ghi|chép)(?=[.;])")
_SENTENCE = re.compile(r"\n|\.\s|;\s")
_RANK = re.compile(rf"\s*[,(–-]?\s*(?:{folded('people_head', 'ranks')})(?!\w)")
_MEETS = loose("people_head", "meets")
_TOGETHER = re.compile(r"(?:dong|cung)\s+$")
_AND = re.compile(r"(?<!\w)va\s+(?:\w+ ){0,2}$")
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
    return _by_cue(head, "chairs", 2) or _by_cue(head, "chairs_weak", 2) or _by_office(head)


def find_secretary(head: str) -> str | None:
    """The one who took the minutes; two where the head speaks of a group ("Tổ thư ký").

    >>> find_secretary("Ông Lê An chủ trì; bà Hà Thị Thu ghi biên bản.")
    'Hà Thị Thu'
    """
    return "; ".join(_by_cue(head, "secretaries", 1)) or None


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


def _by_cue(head: str, role: str, most: int) -> list[str]:
    """The names after the words of a role ("Chủ trì: …"), or else before them ("… chủ trì")."""
    low, plain = unify_tones(lower(head)), fold(head)
    units = unit_names(head)
    for cue in _cues(low, role):
        many = max(most, 2) if plain.startswith("to thu ky", cue.start()) else most
        names = _after(head, plain, cue.end(), units)[:many]
        if names:
            return names
        begin = max((stop.end() for stop in _SENTENCE.finditer(plain, 0, cue.start())), default=0)
        persons = _persons(head[begin : cue.start()], units)
        if persons:
            both = most > 1 and _both(plain[begin : cue.start()], persons)
            return [person.name for person in persons[-2 if both else -1 :]]
    return []


def _cues(low: str, role: str) -> Iterable[re.Match[str]]:
    cues = list(loose("people_head", role).finditer(low))
    if role != "chairs_weak":
        cues += (hit for hit in loose("people_head", f"{role}_colon").finditer(low) if _COLON.match(low, hit.end()))
    if role == "secretaries":
        cues += _TAKES.finditer(low)
    return sorted(cues, key=re.Match.start)


def _after(head: str, plain: str, at: int, units: frozenset[str]) -> list[str]:
    """Names in the words that a role points at, up to the next role."""
    pointed = _POINTS.match(plain, at)
    if pointed is None:
        blank = len(plain) - len(plain[at:].lstrip(" "))
        name = name_at(head[blank : blank + 60]) if plain[at : at + 1] == " " else None
        return [] if name is None else [name]
    end = min(len(head), pointed.end() + _WINDOW)
    stop = _ROLE.search(plain, pointed.end(), end)
    window = head[pointed.end() : stop.start() if stop else end]
    line = re.split(r"\n|\. ", window.lstrip(), maxsplit=1)[0]
    persons = _persons(line, units) or _persons(window, units)
    return [person.name for person in persons] or _first_name(line, colon=":" in pointed[0])


def _persons(window: str, units: frozenset[str]) -> list[Person]:
    """Those named in words that are all about one role, where the first may go without a title."""
    at = len(window) - len(window.lstrip(" :-–\n1.)"))
    name = name_at(window[at : at + 60])
    persons = find_persons(window, units)
    if name is None or any(person.name == name for person in persons):
        return persons
    return [Person(name, at, at + len(name)), *persons]


def _first_name(line: str, *, colon: bool) -> list[str]:
    titles = re.compile(rf"(?:{_TITLES}\.?\s+)*").match(fold(line))
    name = first_name_at(line[titles.end() if titles else 0 :]) if colon else None
    return [] if name is None else [name]


def _both(before: str, persons: list[Person]) -> bool:
    return len(persons) > 1 and bool(_TOGETHER.search(before) or _AND.search(before[: persons[-1].start]))


def _by_office(head: str) -> list[str]:
    """Nobody is said to chair: the Secretary or Chair of whom the head says that they met the people."""
    units = unit_names(head)
    for line in head.split("\n"):
        if not _MEETS.search(unify_tones(lower(line))):
            continue
        plain = fold(line)
        persons = [p for p in find_persons(line, units) if p.by_office or _RANK.match(plain, p.end)]
        if persons:
            joined = len(persons) > 1 and _AND.search(plain[: persons[1].start])
            return [person.name for person in persons[: 2 if joined else 1]]
    return []

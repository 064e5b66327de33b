"""Those who bear a role at the meeting, by the words of the role: "Chủ trì: …", "… chủ trì", "Đ/c Hà ghi biên bản"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ydan.minutes.names import first_name_at, name_at
from ydan.minutes.persons import Person, find_persons, unit_names
from ydan.minutes.words import folded, loose
from ydan.text import fold, lower, unify_tones

_TITLES = folded("people_head", "titles")
_WINDOW, _LONGEST, _NEAR = 260, 60, 300
_COLON = re.compile(r"[^\n:.;]{0,20}:|[^\S\n]*[–-]\s")
_POINTS = re.compile(
    rf"[^\S\n]*(?:(?:{folded('people_head', 'between')}|(?:buoi|phien|cua|cuoc) [\w ]{{2,30}})(?!\w)[^\S\n]*){{0,3}}"
    rf"(?:[:–-]|(?={_TITLES}\.?\s)|(?<=la )|(?={folded('people_head', 'offices')}\s))(?P<listed>\s*\n)?\s*"
)
_ROLE = re.compile(
    rf"(?:[;.\n(]\s*[-+*•\d.) ]*|,(?= {folded('people_head', 'others_after_comma')}) )"
    rf"(?:(?:nguoi )?{folded('people_head', 'others')}(?!\w)|i+[./]|[abc]\.)"
)
_TAKES = re.compile(r"(?<!\w)(?:ghi|chép)(?=[.;])")
_SENTENCE = re.compile(r"\n|\.\s|;\s")
_TOGETHER = re.compile(r"(?<!\w)(?:dong|cung)\s+$")
_AND = re.compile(r"(?<!\w)va\s+(?:\w+ ){0,2}$")
_TITLED = re.compile(rf"(?:{_TITLES}\.?\s+)*")
_CALLED = re.compile(rf"(?<![\w/]){_TITLES}\.?\s+(?P<name>[^\W\d_]+)\s*$")


def find_bearers(head: str, role: str, most: int) -> list[str]:
    """The names that the words of a role point at, ``most`` at most; ``role`` is a list of ``[people_head]``.

    The names after the words are taken, else the nearest before them. A second one is asked for only where the head
    says *đồng chủ trì* or *cùng chủ trì* nearby.

    >>> find_bearers("Ông Lê An - Bí thư: Chủ trì\\nBà Vũ Thị Na - Chủ tịch: Đồng chủ trì", "chairs", 2)
    ['Lê An', 'Vũ Thị Na']
    """
    low, plain = unify_tones(lower(head)), fold(head)
    units = unit_names(head)
    names: list[str] = []
    until = len(head)
    for cue in _cues(low, role):
        together = _TOGETHER.search(plain[: cue.start()]) is not None
        if names and (not together or cue.start() > until):
            continue
        many = max(most, 2) if plain.startswith("to thu ky", cue.start()) else most
        found = _after(head, plain, cue.end(), units)[:many] or _before(head, plain, cue.start(), units, most)
        if found and not names:
            until = cue.end() + _NEAR
        names += [name for name in found if name not in names]
        if len(names) >= most:
            break
    return names


def follows_and(plain: str, at: int) -> bool:
    """Whether *và* (and perhaps a title) stands right before ``at``."""
    return _AND.search(plain[:at]) is not None


def _cues(low: str, role: str) -> Iterator[re.Match[str]]:
    cues = list(loose("people_head", role).finditer(low))
    if role != "chairs_weak":
        cues += (hit for hit in loose("people_head", f"{role}_colon").finditer(low) if _COLON.match(low, hit.end()))
    if role == "secretaries":
        cues += _TAKES.finditer(low)
    return iter(sorted(cues, key=re.Match.start))


def _after(head: str, plain: str, at: int, units: frozenset[str]) -> list[str]:
    """Names in the words that a role points at, up to the next role; over several lines where they are listed."""
    pointed = _POINTS.match(plain, at)
    if pointed is None:
        blank = len(plain) - len(plain[at:].lstrip(" "))
        name = name_at(head[blank : blank + _LONGEST]) if plain[at : at + 1] == " " else None
        return [] if name is None else [name]
    end = min(len(head), pointed.end() + _WINDOW)
    stop = _ROLE.search(plain, pointed.end(), end)
    window = head[pointed.end() : stop.start() if stop else end]
    line = window if pointed["listed"] else re.split(r"\n|\. ", window.lstrip(), maxsplit=1)[0]
    persons = _persons(line, units) or _persons(window, units)
    return [person.name for person in persons] or _first_name(line, colon=":" in pointed[0])


def _before(head: str, plain: str, at: int, units: frozenset[str], most: int) -> list[str]:
    begin = max((stop.end() for stop in _SENTENCE.finditer(plain, max(0, at - _NEAR), at)), default=max(0, at - _NEAR))
    persons = _persons(head[begin:at], units)
    if persons:
        before = plain[begin:at]
        joined = _TOGETHER.search(before) is not None or follows_and(before, persons[-1].start)
        return [person.name for person in persons[-2 if joined and most > 1 else -1 :]]
    called = _CALLED.search(plain, begin, at)
    if called is None or not head[called.start("name")].isupper():
        return []
    short = called["name"]
    return [p.name for p in find_persons(head[:begin], units) if fold(p.name).split()[-1] == short][:1]


def _persons(window: str, units: frozenset[str]) -> list[Person]:
    """Those named in words that are all about one role, where the first may go without a title."""
    at = len(window) - len(window.lstrip(" :-–\n1.)"))
    name = name_at(window[at : at + _LONGEST])
    persons = find_persons(window, units)
    if name is None or any(person.name == name for person in persons):
        return persons
    return [Person(name, at, at + len(name)), *persons]


def _first_name(line: str, *, colon: bool) -> list[str]:
    titles = _TITLED.match(fold(line))
    name = first_name_at(line[titles.end() if titles else 0 :]) if colon else None
    return [] if name is None else [name]

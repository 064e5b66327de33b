"""What citizens said, person by person, before it is split into matters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ydan.minutes.extract import Block, Extract
from ydan.minutes.roles import ANSWER, TURN
from ydan.minutes.speeches import Speech
from ydan.minutes.words import Line
from ydan.text import fold

_PRINTED = re.compile(
    r"\W*(?:(?:y kien|kien nghi|cau hoi|cau|noi dung|luot)\s*)?(?:thu\s+|so\s+)?(\d{1,2})(?!\d|[/.]\d)"
)
"""The number that a turn bears in the minutes."""
_LEAD = 12
"""Characters that may stand before the word for a place in a heading that names one."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person said, ``extract.text[start:end]``.

    ``opening`` says how it was introduced (``colon``, ``verb``, ``none``, ``cell``), ``number`` is the one that the
    minutes give it, else its place among the turns, ``row`` the table and row that it stands in.
    """

    start: int
    end: int
    block: Block
    opening: str
    speaker: str | None
    address: str | None
    group: str | None
    number: int
    row: tuple[int, int] | None = None


def spoken_turns(extract: Extract, speeches: Sequence[Speech], roles: Sequence[str]) -> Iterator[Turn]:
    """Speeches of citizens; one without a name of its own goes on from the person before, in the same group."""
    speaker: str | None = None
    address: str | None = None
    count = 0
    for speech, role in zip(speeches, roles, strict=True):
        if speech.heading is not None:
            speaker = address = None
        if speech.intro is not None and role != ANSWER:
            speaker, address = speech.intro.speaker, speech.intro.address
        if role != TURN or speech.words >= speech.end:
            continue
        intro = speech.intro
        if intro is None and not speech.marked and not _continues(speeches, speech):
            speaker = address = None
        opening = "none" if intro is None else "colon" if intro.colon else "verb"
        count += intro is not None or speech.marked
        printed = _PRINTED.match(fold(extract.text[speech.start : speech.words]))
        yield Turn(
            speech.words,
            speech.end,
            extract.blocks[speech.block],
            opening,
            speaker,
            address or place_of(speech.group),
            group_of(speech.group),
            int(printed[1]) if printed else count,
        )


def group_of(heading: str | None) -> str | None:
    """The heading that a turn stands under, when it names a place or a field; "Ý KIẾN" groups nothing.

    >>> group_of("Thôn Đông La"), group_of("Lĩnh vực đất đai"), group_of("PHÁT BIỂU CỦA NHÂN DÂN")
    ('Thôn Đông La', 'Lĩnh vực đất đai', None)
    """
    if heading is None:
        return None
    names_field = Line.of(heading).pattern("people", "fields").match(Line.of(heading).low) is not None
    return heading if names_field or place_of(heading) is not None else None


def place_of(group: str | None) -> str | None:
    """The heading that a turn stands under, as an address, when it names a place.

    >>> place_of("1. Thôn Đông La:"), place_of("Lĩnh vực đất đai")
    ('Thôn Đông La', None)
    """
    if group is None:
        return None
    line = Line.of(group)
    found = line.pattern("people", "places").search(line.low)
    return group[found.start() :].strip(" :.(") if found and found.start() < _LEAD else None


def _continues(speeches: Sequence[Speech], speech: Speech) -> bool:
    """Whether an unnamed paragraph stands right under a named one."""
    before = [other for other in speeches if other.block == speech.block - 1]
    return bool(before) and (before[-1].intro is not None or not before[-1].marked)

"""The taxonomy in memory: frozen records and look-ups that name the near ids when one is mistyped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from ydan.errors import TaxonomyError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Topic:
    """One of the 22 fields; ``goes_elsewhere`` maps a neighbouring topic to what belongs there instead."""

    id: str
    label: str
    definition: str
    includes: str
    goes_elsewhere: Mapping[str, str]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """One kind of thing to be settled; the competence table is keyed by it because topics are too wide."""

    id: str
    topic: str
    label: str
    description: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpinionType:
    """What the speaker does with the words: asks, reports, contests, accuses…"""

    id: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class Level:
    """A level of competence; ``rank`` is None outside the chain of people's committees."""

    id: str
    label: str
    definition: str
    rank: int | None = None
    valid_until: date | None = None

    def exists_on(self, day: date) -> bool:
        """District ended on 30/06/2025: a later meeting can never be answered with it."""
        return self.valid_until is None or day <= self.valid_until


@dataclass(frozen=True, slots=True)
class EscalationCode:
    """A reason for which an opinion goes up; ``not_when`` keeps look-alikes down."""

    id: str
    label: str
    definition: str
    not_when: str


@dataclass(frozen=True, slots=True)
class BodyName:
    """What a body was called at one level in one span of time, ``until`` excluded.

    ``topics`` narrows it: before 01/03/2025 roads had their own sở, buildings another, under one body id.
    """

    level: str
    topics: frozenset[str]
    start: date | None
    until: date | None
    label: str
    office: str

    def covers(self, day: date) -> bool:
        """Whether the name was in use on that day."""
        return (self.start is None or self.start <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Body:
    """Who does the work, by field; names differ by level and by date."""

    id: str
    label: str
    names: tuple[BodyName, ...]

    def levels(self) -> tuple[str, ...]:
        """The levels at which the body has ever existed."""
        return tuple(dict.fromkeys(name.level for name in self.names))

    def name_at(self, level: str, day: date, topic: str | None = None) -> BodyName | None:
        """The name at ``level`` on ``day``, that of ``topic`` first; None where the body does not exist."""
        current = [n for n in self.names if n.level == level and n.covers(day)]
        own = [n for n in current if topic is not None and topic in n.topics]
        general = [n for n in current if not n.topics]
        return next(iter(own + general), None)


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All labels of one version. Look-ups raise `TaxonomyError` with the near ids."""

    version: str
    topics: Mapping[str, Topic]
    matters: Mapping[str, Matter]
    types: Mapping[str, OpinionType]
    levels: Mapping[str, Level]
    escalation_codes: Mapping[str, EscalationCode]
    bodies: Mapping[str, Body]

    def topic(self, topic_id: str) -> Topic:
        """The topic of an id."""
        return _find(self.topics, topic_id, "chủ đề")

    def matter(self, matter_id: str) -> Matter:
        """The matter of an id."""
        return _find(self.matters, matter_id, "loại việc")

    def type(self, type_id: str) -> OpinionType:
        """The type of an id."""
        return _find(self.types, type_id, "loại ý kiến")

    def level(self, level_id: str) -> Level:
        """The level of an id."""
        return _find(self.levels, level_id, "cấp")

    def escalation_code(self, code: str) -> EscalationCode:
        """The escalation code of an id."""
        return _find(self.escalation_codes, code, "mã chuyển lên")

    def body(self, body_id: str) -> Body:
        """The body of an id."""
        return _find(self.bodies, body_id, "cơ quan")

    def matters_of(self, topic_id: str) -> tuple[Matter, ...]:
        """The matters of a topic, in file order."""
        topic = self.topic(topic_id)
        return tuple(m for m in self.matters.values() if m.topic == topic.id)

    def is_above(self, level_id: str, host_level_id: str) -> bool:
        """Whether a level outranks the host; never true outside the chain (that goes sideways, not up)."""
        level, host = self.level(level_id).rank, self.level(host_level_id).rank
        return level is not None and host is not None and level > host


def near(wanted: str, known: Mapping[str, object]) -> str:
    """The ids that the caller probably meant, as the end of an error message; all of them when few."""
    from difflib import get_close_matches  # late: only a mistake pays for the import

    close = get_close_matches(wanted, known, n=5, cutoff=0.5)
    if close:
        return f"Gần nhất: {', '.join(close)}."
    if len(known) <= 30:
        return f"Các mã có: {', '.join(known)}."
    return f"Có {len(known)} mã, xem bằng lệnh: ydan labels."


def _find(table: Mapping[str, T], wanted: str, noun: str) -> T:
    try:
        return table[wanted]
    except KeyError:
        raise TaxonomyError(f"Không có {noun} “{wanted}”. {near(wanted, table)}") from None

"""The cue files, validated on load, and the search for them in a document."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import NamedTuple

from ydan.cues.document import Document
from ydan.cues.matcher import PhraseMatcher
from ydan.rules import Negation, load_level_cues, load_negation, load_rules
from ydan.text import normalize


@dataclass(frozen=True, slots=True)
class Cue:
    """Phrases that speak for one answer.

    ``about`` says of what: ``level`` (jurisdiction), ``code`` (escalation). ``strength`` is ``owner`` or
    ``hint`` for levels, ``strong``, ``weak`` or ``cancel`` for codes.
    """

    id: str
    about: str
    target: str
    strength: str
    phrases: tuple[str, ...]


class CueHit(NamedTuple):
    """A cue in a document: words ``first`` to ``last``, switched off where ``negated``."""

    cue: Cue
    first: int
    last: int
    negated: bool


class CueLexicon:
    """All cues, one automaton. Negation and "đã xử lý xong" are resolved here, once."""

    def __init__(self, cues: list[Cue], negation: Negation) -> None:
        self.cues = tuple(cues)
        self._reach = negation.reach
        special = ((negation.before, -1), (negation.settled, -2), (negation.not_a_negator, -3))
        phrases = [(phrase, number) for number, cue in enumerate(cues) for phrase in cue.phrases]
        phrases += [(_clean(phrase), key) for group, key in special for phrase in group]
        self._matcher = PhraseMatcher(phrases)

    def find(self, document: Document) -> list[CueHit]:
        """Every cue in the document; a longer phrase of the same cue swallows a shorter one inside it."""
        raw = self._matcher.find(document)
        if not raw:
            return []
        shields = {(hit.first) for hit in raw if hit.key == -3}
        negators = [hit for hit in raw if hit.key == -1 and hit.first not in shields]
        settled = [hit for hit in raw if hit.key == -2]
        breaks = document.breaks
        hits: dict[int, list[tuple[int, int]]] = {}
        for key, first, last in raw:
            if key >= 0:
                hits.setdefault(key, []).append((first, last))
        found: list[CueHit] = []
        for key, spans in hits.items():
            for first, last in _outermost(spans):
                negated = any(
                    0 < first - n.last <= self._reach and not _between(breaks, n.last, first) for n in negators
                ) or any(not _between(breaks, *sorted((s.first, first))) for s in settled)
                found.append(CueHit(self.cues[key], first, last, negated))
        return found


def _outermost(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    if len(spans) == 1:
        return spans
    kept: list[tuple[int, int]] = []
    for first, last in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if not kept or last > kept[-1][1]:
            kept.append((first, last))
    return kept


def _between(breaks: list[int], low: int, high: int) -> bool:
    return any(low < at <= high for at in breaks)


def _clean(phrase: str) -> str:
    return normalize(phrase).text.lower()


@functools.cache
def load_cues() -> CueLexicon:
    """The cues that ship with the package: those of the levels, then those of the escalation codes."""
    cues = [Cue(cue.id, "level", cue.level, cue.strength, tuple(map(_clean, cue.phrases))) for cue in load_level_cues()]
    for rule in load_rules().values():
        for strength, phrases in (("strong", rule.strong), ("weak", rule.weak), ("cancel", rule.cancel)):
            if phrases:
                cues.append(Cue(f"{rule.id}.{strength}", "code", rule.id, strength, tuple(map(_clean, phrases))))
    return CueLexicon(cues, load_negation())

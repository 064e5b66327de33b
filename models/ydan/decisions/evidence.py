"""The words behind a score: which of the opinion's own characters spoke for a label."""

from __future__ import annotations

from ydan.assessment import Evidence, Span
from ydan.cues import CueHit, Document
from ydan.features.keys import CUE, FIRST, LAST, PLAIN
from ydan.model.heads import LinearHeads
from ydan.model.signals import Reading


def word_evidence(
    heads: LinearHeads, reading: Reading, row: int, head: str, label: int, *, most: int
) -> list[Evidence]:
    """Up to ``most`` non-overlapping spans of the opinion, the heaviest first, with their share of the score."""
    features, shares = heads.contributions(reading.rows, row, head, label)
    if not len(features):
        return []
    total = float(shares[shares > 0].sum()) or 1.0
    document, hits = reading.documents[row], reading.hits[row]
    found: list[Evidence] = []
    taken: list[tuple[int, int]] = []
    for at in shares.argsort()[::-1][: most * 4]:
        share = float(shares[at])
        if share <= 0 or len(found) == most:
            break
        place = locate(heads.vocabulary.keys[features[at]], document, hits)
        if place is None or any(place[0] <= last and first <= place[1] for first, last in taken):
            continue
        taken.append(place)
        found.append(Evidence(document.span(*place), round(share / total, 4), head))
    return found


def locate(key: str, document: Document, hits: list[CueHit]) -> tuple[int, int] | None:
    """The first and last word of a feature's first occurrence; ``None`` for features that have no place."""
    if key.startswith(CUE):
        for cue, first, last, negated in hits:
            if key == CUE + ("!" if negated else "") + cue.id:
                return first, last
        return None
    if key.startswith((FIRST, LAST)):
        return None
    words = document.words
    if key.startswith(PLAIN):
        key, words = key[len(PLAIN) :], document.plain
    wanted = key.split(" ")
    begin, length = -1, len(wanted)
    while True:
        try:
            begin = words.index(wanted[0], begin + 1)
        except ValueError:
            return None
        if words[begin : begin + length] == wanted:
            return begin, begin + length - 1


def cue_span(document: Document, hits: list[CueHit], target: str, strengths: tuple[str, ...]) -> Span | None:
    """The span of the strongest cue of ``target`` that is not switched off, the longest when several are."""
    best: tuple[int, int, CueHit] | None = None
    for hit in hits:
        if hit.cue.target == target and not hit.negated and hit.cue.strength in strengths:
            rank = (-strengths.index(hit.cue.strength), hit.last - hit.first)
            if best is None or rank > best[:2]:
                best = (*rank, hit)
    return None if best is None else document.span(best[2].first, best[2].last)

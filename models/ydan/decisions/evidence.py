"""The words behind a score: which of the opinion's own characters spoke for a label."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from ydan.assessment import Evidence, Span
from ydan.cues import CueHit, Document
from ydan.features.keys import CUE, FIRST, LAST, word_keys
from ydan.model.heads import Floats, Integers, LinearHeads
from ydan.model.signals import Reading


def word_evidence(
    heads: LinearHeads, reading: Reading, head: str, labels: Sequence[int], *, most: int
) -> list[list[Evidence]]:
    """For each row up to ``most`` non-overlapping spans that spoke for its label, the heaviest first.

    ``weight`` is a span's share of all that spoke for the label.
    """
    rows = reading.rows
    features, all_shares = rows.indices, heads.shares(rows, head, np.array(labels, dtype=np.int64))
    found: list[list[Evidence]] = []
    for row, (begin, end) in enumerate(pairwise(rows.indptr.tolist())):
        shares = all_shares[begin:end]
        total = float(np.add.reduce(shares[shares > 0])) or 1.0
        span = reading.documents[row].span
        places = _heaviest(heads, reading, row, features[begin:end], shares, most)
        found.append([Evidence(span(*place), round(share / total, 4), head) for place, share in places])
    return found


def word_span(heads: LinearHeads, reading: Reading, row: int, head: str, label: int) -> Span | None:
    """The span of the heaviest piece of evidence alone."""
    features, shares = heads.contributions(reading.rows, row, head, label)
    found = _heaviest(heads, reading, row, features, shares, 1)
    return reading.documents[row].span(*found[0][0]) if found else None


def _heaviest(
    heads: LinearHeads, reading: Reading, row: int, features: Integers, shares: Floats, most: int
) -> list[tuple[tuple[int, int], float]]:
    """The first and last word of up to ``most`` features that speak for the label, and what each adds."""
    keys, document, hits = heads.vocabulary.keys, reading.documents[row], reading.hits[row]
    order = shares.argsort()[::-1][: most * 4]
    found: list[tuple[tuple[int, int], float]] = []
    for feature, share in zip(features[order].tolist(), shares[order].tolist(), strict=True):
        if share <= 0 or len(found) == most:
            break
        place = locate(keys[feature], document, hits)
        if place is None or any(place[0] <= last and first <= place[1] for (first, last), _ in found):
            continue
        found.append((place, share))
    return found


def locate(key: str, document: Document, hits: list[CueHit]) -> tuple[int, int] | None:
    """The first and last word of a feature's first occurrence; ``None`` for features that have no place."""
    if key[0] == CUE:
        for cue, first, last, negated in hits:
            if key == CUE + ("!" if negated else "") + cue.id:
                return first, last
        return None
    if key[0] in (FIRST, LAST):
        return None
    words, wanted = word_keys(document), key.split(" ")
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

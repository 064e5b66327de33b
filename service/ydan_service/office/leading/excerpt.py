"""A few words of an opinion, with what was searched for marked in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ydan.text import fold

LONGEST = 260
_LEAD = 60
"""Letters kept before the first hit where the beginning is cut off."""


class Piece(NamedTuple):
    """A stretch of words; ``marked`` ones are to be seen at once."""

    text: str
    marked: bool = False


def excerpt(text: str, search: str = "", most: int = LONGEST) -> tuple[Piece, ...]:
    """At most about ``most`` letters of ``text``, around the first of the searched words, each of them marked.

    >>> [tuple(piece) for piece in excerpt("Đường thôn Đông lầy lội", "lay duong")]
    [('Đường', True), (' thôn Đông ', False), ('lầy', True), (' lội', False)]
    """
    spans = _hits(text, search)
    begin = 0
    if len(text) > most and spans and spans[0][1] > most:
        begin = text.find(" ", max(0, spans[0][0] - _LEAD)) + 1
    end = len(text)
    if end - begin > most:
        cut = text.rfind(" ", begin, begin + most)
        end = cut if cut > begin else begin + most
    shown = [(max(a, begin), min(b, end)) for a, b in spans if a < end and b > begin]
    pieces = cut_at(text[begin:end].rstrip(" ,;"), [(a - begin, b - begin) for a, b in shown])
    before = (Piece("… "),) if begin else ()
    after = (Piece(" …"),) if end < len(text) else ()
    return (*before, *pieces, *after)


def cut_at(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    """``text`` in pieces, those within the half-open ``spans`` marked; spans may overlap or lie beyond the end."""
    pieces: list[Piece] = []
    at = 0
    for start, end in _merged(spans):
        start, end = max(start, 0), min(end, len(text))
        if end <= start:
            continue
        if start > at:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], True))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return tuple(pieces)


def _hits(text: str, search: str) -> list[tuple[int, int]]:
    plain = fold(text)
    if len(plain) != len(text):  # decomposed letters: places in one are no places in the other
        return []
    found = []
    for word in fold(search).split():
        at = plain.find(word)
        while at >= 0:
            found.append((at, at + len(word)))
            at = plain.find(word, at + len(word))
    return _merged(found)


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    ordered: Sequence[tuple[int, int]] = sorted(spans)
    for start, end in ordered:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged

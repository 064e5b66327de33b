"""Find many phrases at once, with gaps, in one pass over a document."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

import ahocorasick

from ydan.cues.document import Document
from ydan.text import fold

GAP = 4
"""Syllables that a ``*`` may stand for, at most."""


class Hit(NamedTuple):
    """A phrase found: which one, and its first and last word (both included)."""

    key: int
    first: int
    last: int


class PhraseMatcher:
    """An Aho-Corasick automaton over syllables: cost grows with the text, not with the number of phrases.

    Phrases match whole syllables only, so ``đê`` is not found in ``đêm``. A text typed without diacritics is
    matched against the phrases without theirs; a text with diacritics never is, so ``mạ`` is not taken
    for ``ma``.
    """

    def __init__(self, phrases: Iterable[tuple[str, int]]) -> None:
        """``phrases`` are ``(phrase, key)`` pairs; a ``*`` in a phrase is a gap of up to four syllables."""
        self._gapped: list[tuple[int, int]] = []
        parts: dict[str, list[tuple[int, int]]] = {}
        for phrase, key in phrases:
            pieces = [" ".join(piece.split()) for piece in phrase.lower().split("*")]
            pieces = [piece for piece in pieces if piece]
            if not pieces:
                raise ValueError(f"Cụm từ rỗng cho khoá {key}. Hãy bỏ dòng này hoặc điền chữ.")
            if len(pieces) == 1:
                parts.setdefault(pieces[0], []).append((-1, key))
            else:
                number = len(self._gapped)
                self._gapped.append((key, len(pieces)))
                for order, piece in enumerate(pieces):
                    parts.setdefault(piece, []).append((number * 16 + order, key))
        self._exact = _automaton(parts)
        self._plain = _automaton(_folded(parts))

    def find(self, document: Document) -> list[Hit]:
        """Every phrase in the document, in the order of its last word."""
        automaton, text = (
            (self._plain, document.joined_plain) if document.undiacritized else (self._exact, document.joined)
        )
        if automaton is None or not document.words:
            return []
        hits: list[Hit] = []
        loose: dict[int, list[tuple[int, int, int]]] = {}
        for end, (width, syllables, owners) in automaton.iter(text):
            first = document.word_at(end - width + 1)
            last = first + syllables - 1
            for part, key in owners:
                if part < 0:
                    hits.append(Hit(key, first, last))
                else:
                    loose.setdefault(part // 16, []).append((part % 16, first, last))
        for number, found in loose.items():
            hits.extend(self._close_gaps(number, found))
        return hits

    def _close_gaps(self, number: int, found: list[tuple[int, int, int]]) -> list[Hit]:
        """Chains of a gapped phrase's parts that stand in order, at most ``GAP`` syllables apart."""
        key, length = self._gapped[number]
        chains = [(first, last) for order, first, last in found if order == 0]
        for wanted in range(1, length):
            places = sorted((first, last) for order, first, last in found if order == wanted)
            grown = []
            for begin, end in chains:
                at = bisect_left(places, (end + 1, 0))
                if at < len(places) and places[at][0] - end - 1 <= GAP:
                    grown.append((begin, places[at][1]))
            chains = grown
        return [Hit(key, first, last) for first, last in chains]


_Parts = dict[str, list[tuple[int, int]]]


def _folded(parts: _Parts) -> _Parts:
    merged: _Parts = {}
    for piece, owners in parts.items():
        merged.setdefault(fold(piece), []).extend(owners)
    return merged


def _automaton(parts: _Parts) -> ahocorasick.Automaton | None:
    """Each part is kept as `` part `` with its blanks, so that only whole syllables match."""
    if not parts:
        return None
    automaton = ahocorasick.Automaton()
    for piece, owners in parts.items():
        # width: characters from the first letter to the closing blank
        automaton.add_word(f" {piece} ", (len(piece) + 1, piece.count(" ") + 1, tuple(owners)))
    automaton.make_automaton()
    return automaton

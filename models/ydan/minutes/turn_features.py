"""One citizen's turn as the splitter sees it: features of every syllable, and of where the subject may change."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ydan.minutes.changes import change_features
from ydan.minutes.words import Line
from ydan.text import Token, syllables

Floats = npt.NDArray[np.float32]

_CLASSES = ("report_verb", "ask", "greeting", "agree", "thanks", "ordinal", "connective", "request")
_SENTENCE = re.compile(r"[.!?…;]+[\"”)]?(?=\s)|\n")
_CLAUSE = re.compile(r"[,:.!?…;–]+[\"”)]?(?=\s)|\s[-–]\s|\n")
_ITEM = re.compile(r"(?:^|(?<=[.;:!?…])\s+|\n)\(?(\d{1,2}(?:\.\d{1,2})?)[.)/](?=\s)")
_BACK = 4
_BINS = (0.08, 0.2, 0.4, 0.65)
_NEW = (0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 0.95)


class _Likeness(NamedTuple):
    """Of each piece: the topics it shares with the one before, the most it shares with any of the four before, how
    sure its own topic is; 0 to 1."""

    same: list[float]
    earlier: list[float]
    sure: list[float]


def _likeness(topics: Floats) -> _Likeness:
    count = len(topics)
    same, earlier = np.zeros(count), np.zeros(count)
    for lag in range(1, min(_BACK, count - 1) + 1):
        shared = np.minimum(topics[lag:], topics[:-lag]).sum(axis=1)
        earlier[lag:] = np.maximum(earlier[lag:], shared)
        if lag == 1:
            same[1:] = shared
    return _Likeness(same.tolist(), earlier.tolist(), topics.max(axis=1).tolist())


class TurnText:
    """One turn cut into sentences, clauses and syllables."""

    def __init__(self, text: str, opening: str, source: str) -> None:
        self.line = Line.of(text)
        self.tokens: list[Token] = syllables(text)
        self.opening = opening
        self.source = source
        self.sentences = _pieces(_SENTENCE, text)
        self.clauses = _pieces(_CLAUSE, text)
        self._hits = {
            name: [hit.span() for hit in self.line.pattern("classes", name).finditer(self.line.low)]
            for name in _CLASSES
        }

    def stretches(self) -> list[str]:
        """The sentences, then the clauses: what the classifier is asked the topics of."""
        text = self.line.text
        return [text[a:b] for a, b in (*self.sentences, *self.clauses)]

    def change_rows(self, topics: Floats) -> list[list[str]]:
        """For every sentence and clause but the first, the features that tell whether it opens another matter.

        ``topics`` are those of :meth:`stretches`.
        """
        text, count = self.line.text, len(self.sentences)
        rows = []
        for pieces, own in ((self.sentences, topics[:count]), (self.clauses, topics[count:])):
            for at in range(1, len(pieces)):
                low = max(0, at - 2)
                before, after = text[pieces[low][0] : pieces[at - 1][1]], text[slice(*pieces[at])]
                rows.append(change_features(before, after, own[low:at].mean(axis=0), own[at]))
        return rows

    def features(self, topics: Floats, new: Sequence[float]) -> list[list[str]]:
        """The features of every syllable; ``new`` are the probabilities for :meth:`change_rows`."""
        low = self.line.low
        words = [low[token.start : token.end] for token in self.tokens]
        marks = self._marks()
        sentence_starts = [begin for begin, _end in self.sentences]
        clause_starts = [begin for begin, _end in self.clauses]
        sentence_has = [self._classes_in(*span) for span in self.sentences]
        clause_has = [self._classes_in(*span) for span in self.clauses]
        of_sentences = _likeness(topics[: len(self.sentences)])
        of_clauses = _likeness(topics[len(self.sentences) :])
        new_sentences = [1.0, *new[: len(self.sentences) - 1]]
        new_clauses = [1.0, *new[len(self.sentences) - 1 :]]
        result = []
        count = len(words)
        previous_sentence = previous_clause = -1
        for at, (token, word) in enumerate(zip(self.tokens, words, strict=True)):
            before = words[at - 1] if at else "^"
            after = words[at + 1] if at + 1 < count else "$"
            gap = low[self.tokens[at - 1].end : token.start] if at else "^"
            ahead = low[token.end : self.tokens[at + 1].start] if at + 1 < count else "$"
            lead, trail = _gap(gap), _gap(ahead)
            row = [
                "bias",
                f"w={word}",
                f"w-={before}",
                f"w+={after}",
                f"p={lead}",
                f"n={trail}",
                f"ww={before}_{word}",
                f"w+w={word}_{after}",
                f"p|w={lead}|{word}",
                f"n|w={trail}|{word}",
                f"www={word}_{after}_{words[at + 2] if at + 2 < count else '$'}",
                f"w-2={words[at - 2] if at > 1 else '^'}",
                f"cap={token.text[:1].isupper()}|{lead}",
            ]
            row += [f"c:{mark}" for mark in marks.get(at, ())]
            row += [f"c:{mark}|p={lead}" for mark in marks.get(at, ())]
            sentence = bisect_right(sentence_starts, token.start) - 1
            clause = bisect_right(clause_starts, token.start) - 1
            row += [f"s:{name}" for name in sentence_has[sentence]]
            row += [f"k:{name}" for name in clause_has[clause]]
            if not sentence_has[sentence]:
                row.append("s:none")
            row.append(f"s#{min(sentence, 4)}/{min(len(self.sentences), 5)}")
            length = self.clauses[clause][1] - self.clauses[clause][0]
            row.append(f"k:len={min(5, length // 15)}|s#{min(sentence, 2)}")
            if at < 3:
                row += [f"at={at}|{self.opening}", f"at={at}|{self.opening}|w={word}"]
            if count - at <= 3:
                row.append(f"end={count - at}")
            if sentence != previous_sentence:
                row += self._edge("S", sentence, sentence_has, of_sentences, new_sentences)
                previous_sentence = sentence
            if clause != previous_clause:
                row += self._edge("K", clause, clause_has, of_clauses, new_clauses)
                previous_clause = clause
            result.append(row)
        return result

    def _edge(
        self,
        name: str,
        at: int,
        has: Sequence[tuple[str, ...]],
        topics: _Likeness,
        new: Sequence[float],
    ) -> list[str]:
        """What is known where a sentence (S) or clause (K) begins: does the subject change here?"""
        row = [f"{name}|start", f"{name}|start|{self.source}", *(f"{name}|has={kind}" for kind in has[at])]
        if at == 0:
            return [*row, f"{name}|first"]
        same = _bin(topics.same[at])
        row += [f"{name}|same={same}", f"{name}|any={_bin(topics.earlier[at])}"]
        row.append(f"{name}|sure={_bin(topics.sure[at])}|{_bin(topics.sure[at - 1])}|{same}")
        row += [f"{name}|new>{edge}" for edge in _NEW if new[at] > edge] or [f"{name}|old"]
        level = sum(new[at] > edge for edge in _NEW)
        begin = self.sentences[at][0] if name == "S" else self.clauses[at][0]
        lead = self.line.text[max(0, begin - 9) : begin].rstrip()[-1:]
        row += [f"{name}|new={level}|{'connective' in has[at]}", f"{name}|new={level}|{lead}|{self.source}"]
        asked = "request" in has[at - 1] or "ask" in has[at - 1]
        asks = "request" in has[at] or "ask" in has[at]
        row += [f"{name}|asked={asked}|asks={asks}", f"{name}|asked={asked}|same={same}"]
        row += [f"{name}|-has={kind}" for kind in has[at - 1]]
        return row

    def _marks(self) -> dict[int, list[str]]:
        """For each syllable, the phrase classes that begin at it, cover it, or ended just before it."""
        starts = {token.start: at for at, token in enumerate(self.tokens)}
        ends = {token.end: at for at, token in enumerate(self.tokens)}
        marks: dict[int, list[str]] = {}
        for name in _CLASSES:
            for begin, end in self._hits[name]:
                first, last = starts.get(begin), ends.get(end)
                if first is None or last is None:
                    continue
                marks.setdefault(first, []).append(f">{name}")
                for at in range(first + 1, last + 1):
                    marks.setdefault(at, []).append(f"={name}")
                marks.setdefault(last + 1, []).append(f"<{name}")
        for hit in _ITEM.finditer(self.line.text):
            first = starts.get(hit.start(1))
            if first is not None:
                marks.setdefault(first, []).append(">item")
                marks.setdefault(first + 1, []).append("<item")
        return marks

    def _classes_in(self, begin: int, end: int) -> tuple[str, ...]:
        """The classes of phrases that stand whole inside a stretch."""
        return tuple(
            name for name, hits in self._hits.items() if any(begin <= start and stop <= end for start, stop in hits)
        )


def _pieces(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """The stretches between the hits of a pattern; never none."""
    bounds = [0, *(hit.end() for hit in pattern.finditer(text)), len(text)]
    return [(a, b) for a, b in pairwise(bounds) if text[a:b].strip()] or [(0, len(text))]


def _gap(gap: str) -> str:
    stripped = gap.strip()
    return stripped[:1] or " " if gap not in "^$" else gap


def _bin(value: float) -> int:
    return sum(value > edge for edge in _BINS)

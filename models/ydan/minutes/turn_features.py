"""One citizen's turn as the splitter sees it: features of every syllable, and of where the subject may change."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ydan.minutes.chain import Observed
from ydan.minutes.changes import Said, change_features
from ydan.minutes.words import Line
from ydan.text import Token, syllables

Floats = npt.NDArray[np.float32]
Span = tuple[int, int, Sequence[str]]

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
            said = [Said.of(text[begin:end]) for begin, end in pieces]
            for at in range(1, len(pieces)):
                low = max(0, at - 2)
                before = said[at - 1] if low == at - 1 else said[low].then(said[at - 1])
                rows.append(change_features(before, said[at], own[low:at].mean(axis=0), own[at]))
        return rows

    def observe(self, topics: Floats, new: Sequence[float]) -> Observed:
        """What every syllable shows; ``new`` are the probabilities for :meth:`change_rows`."""
        low, count = self.line.low, len(self.tokens)
        words = [low[token.start : token.end] for token in self.tokens]
        bounds = [token.start for token in self.tokens]
        gaps = [low[a.end : b.start] for a, b in pairwise(self.tokens)]
        leads = [_gap(gap) for gap in ("^", *gaps)][:count]
        trails = [*leads[1:], _gap("$")][:count]
        before, after = ["^", *words[:-1]][:count], [*words[1:], "$"][:count]
        pairs = [f"{a}_{b}" for a, b in zip(["^", *words], [*words, "$"], strict=True)]
        beyond = [*words[2:], "$", "$"][:count]
        columns: dict[str, Sequence[str]] = {
            "w": words,
            "w-": before,
            "w+": after,
            "p": leads,
            "n": trails,
            "ww": pairs[:-1],
            "w+w": pairs[1:],
            "p|w": [f"{lead}|{word}" for lead, word in zip(leads, words, strict=True)],
            "n|w": [f"{trail}|{word}" for trail, word in zip(trails, words, strict=True)],
            "www": [f"{pair}_{word}" for pair, word in zip(pairs[1:], beyond, strict=True)],
            "w-2": ["^", "^", *words[:-2]][:count],
            "cap": [f"{t.text[:1].isupper()}|{lead}" for t, lead in zip(self.tokens, leads, strict=True)],
        }
        spans: list[Span] = [(0, count, ["bias"])]
        for at, marks in self._marks().items():
            if at < count:
                found = [f"c:{mark}" for mark in marks]
                spans.append((at, at + 1, [*found, *(f"{mark}|p={leads[at]}" for mark in found)]))
        for at in range(min(3, count)):
            spans.append((at, at + 1, [f"at={at}|{self.opening}", f"at={at}|{self.opening}|w={words[at]}"]))
        for left in range(1, min(3, count) + 1):
            spans.append((count - left, count - left + 1, [f"end={left}"]))
        split = len(self.sentences) - 1
        spans += self._of_pieces("S", topics[: split + 1], [1.0, *new[:split]], bounds)
        spans += self._of_pieces("K", topics[split + 1 :], [1.0, *new[split:]], bounds)
        return Observed(count, columns, spans)

    def _of_pieces(self, name: str, topics: Floats, new: Sequence[float], bounds: Sequence[int]) -> Iterator[Span]:
        """What the syllables of each sentence (S) or clause (K) share, and what is known where it begins."""
        pieces = self.sentences if name == "S" else self.clauses
        has = [self._classes_in(*span) for span in pieces]
        likeness = _likeness(topics)
        begins = [begin for begin, _end in self.sentences]
        for at, ((begin, end), classes) in enumerate(zip(pieces, has, strict=True)):
            following = pieces[at + 1][0] if at + 1 < len(pieces) else len(self.line.text)
            first, last = bisect_left(bounds, begin), bisect_left(bounds, following)
            if first == last:
                continue
            sentence = bisect_right(begins, bounds[first]) - 1
            if name == "S":
                shared = [f"s:{kind}" for kind in classes] or ["s:none"]
                shared.append(f"s#{min(at, 4)}/{min(len(pieces), 5)}")
            else:
                shared = [f"k:{kind}" for kind in classes]
                shared.append(f"k:len={min(5, (end - begin) // 15)}|s#{min(sentence, 2)}")
            yield first, last, shared
            yield first, first + 1, self._edge(name, at, has, likeness, new)

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

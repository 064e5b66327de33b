"""A reply cut where it turns to another opinion, each part with the opinions that it speaks of."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ydan.minutes.linking import LIKELY, Floats, Linker, speaks_of_none, speaks_of_several

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S)|\n+")
_ALSO = 0.5
"""Share of the best likelihood from which a further opinion of the same row, number or name is meant too."""
_INSIST = 0.5
"""Likelihood from which a sentence of its own may begin another answer."""

Places = frozenset[int]
"""Where opinions stand in the list of their meeting."""


class Sentence(NamedTuple):
    """A sentence of a reply, half-open offsets into the extract, and the classifier's topics of it."""

    start: int
    end: int
    topic: npt.NDArray[np.float32]


class Part(NamedTuple):
    """A stretch of a reply, half-open offsets into the extract, and the opinions that it speaks of."""

    start: int
    end: int
    opinions: Places


def sentence_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of ``text[start:end]``; never none.

    >>> sentence_spans("Đã sửa. Sẽ thay bóng.", 0, 21)
    [(0, 7), (8, 21)]
    """
    bounds = [start, *(hit.end() for hit in _SENTENCE.finditer(text, start, end)), end]
    spans = [(a, a + len(text[a:b].rstrip())) for a, b in pairwise(bounds)]
    return [(a, b) for a, b in spans if any(c.isalnum() for c in text[a:b])] or [(start, end)]


def link_among(text: str, linker: Linker, sentences: Sequence[Sentence], among: Places) -> list[Part]:
    """A reply to a few known opinions: its sentences go to them in order, one after the other."""
    whole = Part(sentences[0].start, sentences[-1].end, among)
    places = sorted(among)
    if len(places) < 2 or speaks_of_several(text[whole.start : whole.end]):
        return [whole]
    scores = np.array([linker.likelihoods(text[a:b], topic, among)[places] for a, b, topic in sentences])
    if len(sentences) == 1:
        return [whole._replace(opinions=frozenset(places[at] for at in _best(scores[0])))]
    owners = in_order(scores)
    firsts = [at for at, owner in enumerate(owners) if at == 0 or owner != owners[at - 1]]
    return [
        Part(sentences[first].start, sentences[following - 1].end, frozenset({places[owners[first]]}))
        for first, following in pairwise([*firsts, len(sentences)])
    ]


def link_numbered(text: str, linker: Linker, sentences: Sequence[Sentence], numbers: Collection[int]) -> Part:
    """A reply that names opinions by number: where a number stands for several, those that its words are like."""
    start, end = sentences[0].start, sentences[-1].end
    found: set[int] = set()
    for number in numbers:
        among = frozenset(place for place, one in enumerate(linker.candidates) if one.number == number)
        found |= _best(linker.likelihoods(text[start:end], _topic_of(sentences), among))
    return Part(start, end, frozenset(found))


def link_freely(text: str, linker: Linker, sentences: Sequence[Sentence]) -> list[Part]:
    """A reply that may speak of any opinion: another part begins where a sentence insists on another one."""
    runs: list[tuple[list[Sentence], Places, Floats]] = []
    for sentence in sentences:
        scores = linker.likelihoods(text[sentence.start : sentence.end], sentence.topic)
        sure = _above(scores, _INSIST)
        if not runs or (sure and runs[-1][1] and not sure & runs[-1][1]):
            runs.append(([sentence], sure, scores))
        else:
            runs[-1] = ([*runs[-1][0], sentence], runs[-1][1] | sure, scores)
    parts = []
    for run, _sure, scores in runs:
        words = text[run[0].start : run[-1].end]
        if len(run) > 1:
            scores = linker.likelihoods(words, _topic_of(run))
        parts.append(Part(run[0].start, run[-1].end, _spoken_of(linker, words, scores)))
    return parts


def in_order(scores: Floats) -> list[int]:
    """For each sentence the opinion that it belongs to, never going back, so that the sum of the scores is highest.

    ``scores`` has shape ``(sentences, opinions)``.

    >>> in_order(np.array([[0.9, 0.1], [0.2, 0.3], [0.5, 0.6]]))
    [0, 1, 1]
    """
    best = scores[0]
    back = np.zeros(scores.shape, dtype=np.intp)
    for at in range(1, len(scores)):
        back[at] = [best[: column + 1].argmax() for column in range(len(best))]
        best = best[back[at]] + scores[at]
    path = [int(best.argmax())]
    for at in range(len(scores) - 1, 0, -1):
        path.append(int(back[at, path[-1]]))
    return path[::-1]


def _spoken_of(linker: Linker, text: str, scores: Floats) -> Places:
    """Of all opinions those that a text speaks of: first of the people it names, then by their likelihoods."""
    if speaks_of_none(text):
        return frozenset()
    theirs = linker.named(text)
    if not theirs:
        return _above(scores, LIKELY) | linker.listed(text)
    if speaks_of_several(text):
        return theirs
    of_theirs = np.zeros_like(scores)
    of_theirs[sorted(theirs)] = scores[sorted(theirs)]
    return _best(of_theirs)


def _best(scores: Floats) -> Places:
    return _above(scores, _ALSO * float(scores.max(initial=0.0)))


def _above(scores: Floats, least: float) -> Places:
    return frozenset(np.flatnonzero((scores > 0) & (scores >= least)).tolist())


def _topic_of(sentences: Sequence[Sentence]) -> npt.NDArray[np.float32]:
    """The topics of several sentences, each counted by its length."""
    sizes = np.array([end - start for start, end, _topic in sentences], dtype=np.float32)
    topics = np.array([topic for _start, _end, topic in sentences])
    return np.asarray(sizes @ topics / max(float(sizes.sum()), 1.0), dtype=np.float32)

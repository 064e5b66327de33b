"""A reply cut where it turns to another opinion, each part with the opinions that it speaks of."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ydan.minutes.linking import LIKELY, Floats, Linker, speaks_of_none, speaks_of_several

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S)|\n+")
_ALSO = 0.5
"""Share of the best likelihood from which a further opinion of the same row, number or name is meant too."""
_INSIST = 0.5
"""Likelihood from which a sentence of its own may begin another answer."""
_TOGETHER = 64
"""Replies looked at together."""

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
    scores = _likelihoods(text, linker, sentences, among)[:, places]
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
        found |= _best(linker.likelihoods([text[start:end]], [_topic_of(sentences)], among)[0])
    return Part(start, end, frozenset(found))


def link_freely(text: str, linker: Linker, replies: Sequence[Sequence[Sentence]]) -> Iterator[list[Part]]:
    """Replies that may speak of any opinion: another part begins where a sentence insists on another one.

    Yields the parts of each reply, in order; many replies are asked about together, which is several times as fast.
    """
    for begin in range(0, len(replies), _TOGETHER):
        some = replies[begin : begin + _TOGETHER]
        scores = iter(_likelihoods(text, linker, [*chain.from_iterable(some)]))
        runs = [_runs(sentences, scores) for sentences in some]
        long = [run.sentences for run in chain.from_iterable(runs) if len(run.sentences) > 1]
        words = [text[run[0].start : run[-1].end] for run in long]
        whole = iter(linker.likelihoods(words, [_topic_of(run) for run in long]))
        for found in runs:
            parts = []
            for run in found:
                one = next(whole) if len(run.sentences) > 1 else run.scores
                start, end = run.sentences[0].start, run.sentences[-1].end
                parts.append(Part(start, end, _spoken_of(linker, text[start:end], one)))
            yield parts


class _Run(NamedTuple):
    """Sentences of a reply that go together, the opinions that they insist on, the likelihoods of the last one."""

    sentences: list[Sentence]
    sure: Places
    scores: Floats


def _runs(sentences: Sequence[Sentence], scores: Iterator[Floats]) -> list[_Run]:
    runs: list[_Run] = []
    for sentence, own in zip(sentences, scores, strict=False):
        sure = _above(own, _INSIST)
        if not runs or (sure and runs[-1].sure and not sure & runs[-1].sure):
            runs.append(_Run([sentence], sure, own))
        else:
            runs[-1] = _Run([*runs[-1].sentences, sentence], runs[-1].sure | sure, own)
    return runs


def _likelihoods(text: str, linker: Linker, sentences: Sequence[Sentence], among: Places | None = None) -> Floats:
    topics = [sentence.topic for sentence in sentences]
    return linker.likelihoods([text[one.start : one.end] for one in sentences], topics, among)


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

"""Replies as answers: cut where they turn to another opinion, linked to their opinions, with the tasks they give out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ydan.minutes.extract import Extract
from ydan.minutes.linking import (
    LIKELY,
    Candidate,
    Linker,
    named_by_person,
    numbered_opinions,
    speaks_of_none,
    speaks_of_several,
)
from ydan.minutes.records import Answer, Raised, Source, Task
from ydan.minutes.replies import Reply
from ydan.minutes.splitting import TopicsOf
from ydan.minutes.tasks import read_tasks
from ydan.minutes.turns import Turn

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S)|\n+")
_ALSO = 0.5
"""Share of the best likelihood from which a further opinion of the same row, number or name is meant too."""
_INSIST = 0.5
"""Likelihood from which a sentence of its own may begin another answer."""

Places = frozenset[int]
Likelihoods = npt.NDArray[np.float64]


class Part(NamedTuple):
    """A stretch of a reply and the places of the opinions that it speaks of."""

    start: int
    end: int
    opinions: Places


def build_answers(
    extract: Extract,
    replies: Sequence[Reply],
    opinions: Sequence[Raised],
    owners: Mapping[str, Turn],
    day: date | None,
    topics: TopicsOf,
) -> list[Answer]:
    """Every reply as one answer or several; ``owners`` is the turn that each opinion was part of.

    ``topics`` is asked once, for the opinions and the sentences of all replies together; ``day`` is the meeting's.
    """
    candidates = [Candidate(o.id, o.text, o.speaker, owners[o.id].number or at) for at, o in enumerate(opinions, 1)]
    sentences = [_sentences(extract, reply) for reply in replies]
    texts = [one.text for one in opinions] + [extract.text[a:b] for cut in sentences for a, b in cut]
    rows = topics(texts) if texts else np.zeros((0, 1), dtype=np.float32)
    linker = Linker(candidates, rows[: len(opinions)])
    alternating = _alternates(list(owners.values()), replies)
    at = len(opinions)
    answers: list[Answer] = []
    for reply, cut in zip(replies, sentences, strict=True):
        topic = rows[at : at + len(cut)]
        at += len(cut)
        if reply.row is not None:
            among = frozenset(place for place, o in enumerate(opinions) if owners[o.id].row == reply.row)
            parts = _link_among(extract, linker, cut, topic, among)
        elif numbered := numbered_opinions(extract.text[reply.start : reply.end], candidates):
            parts = [Part(reply.start, reply.end, _meant(extract, linker, reply, topic, numbered))]
        elif alternating and reply.kind == "answer" and (among := _just_before(reply, replies, opinions)):
            parts = _link_among(extract, linker, cut, topic, among)
        else:
            parts = _link_freely(extract, linker, cut, topic)
        for part in parts:
            text = extract.text[part.start : part.end]
            source = Source(reply.block.place, part.start, part.end)
            linked = tuple(opinions[place].id for place in sorted(part.opinions))
            tasks = read_tasks(text, part.start, day)
            if not tasks and reply.body:
                tasks = (Task(reply.body, " ".join(text.split()), reply.deadline, None, (part.start, part.end)),)
            answers.append(Answer(f"a{len(answers) + 1}", text, reply.kind, source, reply.speaker, linked, tasks))
    return answers


def _sentences(extract: Extract, reply: Reply) -> list[tuple[int, int]]:
    """The sentences of a reply, as offsets into the extract; never none."""
    text = extract.text[reply.start : reply.end]
    bounds = [0, *(hit.end() for hit in _SENTENCE.finditer(text)), len(text)]
    spans = [(a, a + len(text[a:b].rstrip())) for a, b in pairwise(bounds)]
    return [(reply.start + a, reply.start + b) for a, b in spans if any(c.isalnum() for c in text[a:b])] or [
        (reply.start, reply.end)
    ]


def _link_among(
    extract: Extract,
    linker: Linker,
    cut: Sequence[tuple[int, int]],
    topic: npt.NDArray[np.float32],
    among: Places,
) -> list[Part]:
    """A reply to a few known opinions: its sentences go to them in order, one after the other."""
    places = sorted(among)
    if len(places) < 2:
        return [Part(cut[0][0], cut[-1][1], among)]
    if speaks_of_several(extract.text[cut[0][0] : cut[-1][1]]):
        return [Part(cut[0][0], cut[-1][1], among)]
    if len(cut) < 2:
        return [Part(*cut[0], _best(linker.likelihoods(extract.text[slice(*cut[0])], topic[0], among)))]
    scores = np.array([linker.likelihoods(extract.text[slice(*one)], row, among)[places] for one, row in zip(cut, topic, strict=True)])
    return [
        Part(cut[first][0], cut[last][1], frozenset({places[owner]}))
        for first, last, owner in _runs(_in_order(scores))
    ]


def _in_order(scores: Likelihoods) -> list[int]:
    """For each sentence the column that it belongs to, never going back; shape ``(sentences, opinions)``."""
    count, width = scores.shape
    best = scores[0].copy()
    back = np.zeros((count, width), dtype=np.intp)
    for at in range(1, count):
        fresh = np.zeros(width)
        for column in range(width):
            back[at, column] = best[: column + 1].argmax()
            fresh[column] = best[back[at, column]] + scores[at, column]
        best = fresh
    path = [int(best.argmax())]
    for at in range(count - 1, 0, -1):
        path.append(int(back[at, path[-1]]))
    return path[::-1]


def _runs(path: Sequence[int]) -> list[tuple[int, int, int]]:
    """First, last and value of every run of equal values."""
    runs: list[tuple[int, int, int]] = []
    for at, value in enumerate(path):
        if runs and runs[-1][2] == value:
            runs[-1] = (runs[-1][0], at, value)
        else:
            runs.append((at, at, value))
    return runs


def _link_freely(
    extract: Extract, linker: Linker, cut: Sequence[tuple[int, int]], topic: npt.NDArray[np.float32]
) -> list[Part]:
    """A reply that may speak of any opinion: another answer begins where a sentence insists on another one."""
    runs: list[tuple[int, int, Places]] = []
    for at, (one, row) in enumerate(zip(cut, topic, strict=True)):
        scores = linker.likelihoods(extract.text[slice(*one)], row)
        sure = frozenset(np.flatnonzero(scores >= _INSIST).tolist())
        if not runs or (sure and runs[-1][2] and not sure & runs[-1][2]):
            runs.append((at, at, sure))
        else:
            runs[-1] = (runs[-1][0], at, runs[-1][2] | sure)
    parts = []
    for first, last, _sure in runs:
        span = (cut[first][0], cut[last][1])
        text = extract.text[slice(*span)]
        scores = linker.likelihoods(text, _mean(cut[first : last + 1], topic[first : last + 1]))
        parts.append(Part(*span, _spoken_of(linker, text, scores)))
    return parts


def _spoken_of(linker: Linker, text: str, scores: Likelihoods) -> Places:
    """Of all opinions those that a text speaks of: first of the people it names, then by likelihood."""
    if speaks_of_none(text):
        return frozenset()
    named = {one.id for one in named_by_person(text, linker.candidates)}
    theirs = np.array([one.id in named for one in linker.candidates], dtype=bool)
    if not theirs.any():
        likely = frozenset(np.flatnonzero(scores >= LIKELY).tolist())
    elif speaks_of_several(text):
        likely = frozenset(np.flatnonzero(theirs).tolist())
    else:
        likely = _best(np.where(theirs, scores, 0.0))
    return likely | linker.listed(text)


def _meant(
    extract: Extract, linker: Linker, reply: Reply, topic: npt.NDArray[np.float32], numbered: Sequence[Candidate]
) -> Places:
    """Of the opinions that bear the numbers a reply names: of each number those that its words are like."""
    text = extract.text[reply.start : reply.end]
    found: set[int] = set()
    for number in {one.number for one in numbered}:
        among = frozenset(place for place, one in enumerate(linker.candidates) if one.number == number)
        found |= _best(linker.likelihoods(text, topic.mean(axis=0), among))
    return frozenset(found)


def _best(scores: Likelihoods) -> Places:
    return frozenset(np.flatnonzero((scores > 0) & (scores >= _ALSO * scores.max())).tolist())


def _mean(spans: Sequence[tuple[int, int]], topic: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The topics of several sentences, each counted by its length."""
    sizes = np.array([end - start for start, end in spans], dtype=np.float32)
    return np.asarray((topic * (sizes / sizes.sum())[:, None]).sum(axis=0), dtype=np.float32)


def _alternates(turns: Sequence[Turn], replies: Sequence[Reply]) -> bool:
    """Whether answers follow their opinions one by one, as in questions and answers."""
    begins = {turn.start for turn in turns}
    marks = sorted([(start, 0) for start in begins] + [(reply.start, 1) for reply in replies])
    changes = sum(a[1] != b[1] for a, b in pairwise(marks))
    return bool(replies) and changes >= 1.2 * min(len(begins), len(replies))


def _just_before(reply: Reply, replies: Sequence[Reply], opinions: Sequence[Raised]) -> Places:
    """The opinions right before: those since the last answer that an opinion followed."""
    begin = max((opinion.source.start for opinion in opinions if opinion.source.start < reply.start), default=0)
    since = max((other.end for other in replies if other.end <= begin), default=0)
    return frozenset(place for place, o in enumerate(opinions) if since <= o.source.start < reply.start)

"""Replies as answers: linked to the opinions that they speak of, with the tasks that they give out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from ydan.minutes.extract import Extract
from ydan.minutes.linking import Candidate, Linker, numbered_opinions
from ydan.minutes.parts import Part, Places, Sentence, link_among, link_freely, link_numbered, sentence_spans
from ydan.minutes.records import Answer, Raised, Source, Task
from ydan.minutes.replies import Reply
from ydan.minutes.splitting import TopicsOf
from ydan.minutes.tasks import column_task, read_tasks
from ydan.minutes.turns import Turn
from ydan.parallel import in_parts
from ydan.text import fold

_ALTERNATING = 1.2
"""Changes between citizens and officials, as a share of the fewer of both, from which minutes are a dialogue."""
_LEAST = 100
"""Replies that are worth a process of their own."""


def build_answers(
    extract: Extract,
    replies: Sequence[Reply],
    opinions: Sequence[Raised],
    owners: Mapping[str, Turn],
    day: date | None,
    topics: TopicsOf,
    processes: int = 1,
) -> list[Answer]:
    """Every reply as one answer or several; ``owners`` is the turn that each opinion was part of.

    ``topics`` is asked for the opinions and the sentences of the replies; ``day`` is the meeting's. So many
    ``processes`` may share the work.
    """
    if not replies:
        return []
    candidates = [Candidate(o.id, o.text, o.speaker, owners[o.id].number or at) for at, o in enumerate(opinions, 1)]
    linker = Linker(candidates, topics([one.text for one in opinions]))
    among = _Among(replies, opinions, owners)

    def answer(places: Sequence[int]) -> list[list[tuple[Part, tuple[Task, ...]]]]:
        some = [replies[place] for place in places]
        linked = _link(extract.text, some, linker, [among.of(reply) for reply in some], topics)
        return [
            [(part, _tasks_of(reply, extract.text[part.start : part.end], part, day)) for part in parts]
            for reply, parts in zip(some, linked, strict=True)
        ]

    found = in_parts(answer, range(len(replies)), processes, _LEAST)
    told = [(reply, *one) for reply, parts in zip(replies, found, strict=True) for one in parts]
    return [
        Answer(
            f"a{at}",
            extract.text[part.start : part.end],
            reply.kind,
            Source(reply.block.place, part.start, part.end),
            reply.speaker,
            tuple(opinions[place].id for place in sorted(part.opinions)),
            tasks,
        )
        for at, (reply, part, tasks) in enumerate(told, 1)
    ]


def _link(
    text: str, replies: Sequence[Reply], linker: Linker, among: Sequence[Places | None], topics: TopicsOf
) -> list[list[Part]]:
    """The parts of each reply; ``among`` are the opinions that it can only speak of, where that is known."""
    cuts = [sentence_spans(text, reply.start, reply.end) for reply in replies]
    rows = iter(topics([text[a:b] for cut in cuts for a, b in cut]))
    parts: dict[int, list[Part]] = {}
    free: dict[int, list[Sentence]] = {}
    for at, (reply, cut, places) in enumerate(zip(replies, cuts, among, strict=True)):
        sentences = [Sentence(a, b, next(rows)) for a, b in cut]
        numbered = numbered_opinions(text[reply.start : reply.end], linker.candidates) if reply.row is None else []
        if numbered:
            parts[at] = [link_numbered(text, linker, sentences, {one.number for one in numbered})]
        elif places is not None:
            parts[at] = link_among(text, linker, sentences, places)
        else:
            free[at] = sentences
    parts.update(zip(free, link_freely(text, linker, list(free.values())), strict=True))
    return [parts[at] for at in range(len(replies))]


def _tasks_of(reply: Reply, text: str, part: Part, day: date | None) -> tuple[Task, ...]:
    """The tasks of the words; of a row also what its columns say, unless the words say it of the same office."""
    tasks = read_tasks(text, part.start, day)
    if reply.body is None or any(fold(task.body) == fold(reply.body) and task.deadline_text for task in tasks):
        return tasks
    others = (task for task in tasks if fold(task.body) != fold(reply.body or ""))
    return (column_task(reply.body, text, reply.deadline, (part.start, part.end), day), *others)


class _Among:
    """Which opinions a reply can only speak of: those of its row, or those right before it in a dialogue."""

    def __init__(self, replies: Sequence[Reply], opinions: Sequence[Raised], owners: Mapping[str, Turn]) -> None:
        self._replies, self._opinions = replies, opinions
        self._in_row: dict[object, set[int]] = {}
        for place, one in enumerate(opinions):
            self._in_row.setdefault(owners[one.id].row, set()).add(place)
        self._dialogue = _is_dialogue([turn.start for turn in owners.values()], replies)

    def of(self, reply: Reply) -> Places | None:
        """``None`` where it may speak of any."""
        if reply.row is not None:
            return frozenset(self._in_row.get(reply.row, ()))
        return (self._just_before(reply) or None) if self._dialogue and reply.kind == "answer" else None

    def _just_before(self, reply: Reply) -> Places:
        """Those since the last answer that an opinion followed."""
        until = bisect_left(self._opinions, reply.start, key=_begin)
        begin = self._opinions[until - 1].source.start if until else 0
        earlier = bisect_left(self._replies, reply.start, key=lambda other: other.start)
        since = next((end for at in range(earlier - 1, -1, -1) if (end := self._replies[at].end) <= begin), 0)
        return frozenset(range(bisect_left(self._opinions, since, key=_begin), until))


def _begin(opinion: Raised) -> int:
    return opinion.source.start


def _is_dialogue(begins: Sequence[int], replies: Sequence[Reply]) -> bool:
    """Whether answers follow their opinions one by one, as in questions and answers."""
    turns = set(begins)
    marks = sorted([(begin, False) for begin in turns] + [(reply.start, True) for reply in replies])
    changes = sum(before[1] != after[1] for before, after in pairwise(marks))
    return changes >= _ALTERNATING * min(len(turns), len(replies))

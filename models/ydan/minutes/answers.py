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
from ydan.text import fold

_ALTERNATING = 1.2
"""Changes between citizens and officials, as a share of the fewer of both, from which minutes are a dialogue."""


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
    if not replies:
        return []
    text = extract.text
    cuts = [sentence_spans(text, reply.start, reply.end) for reply in replies]
    rows = topics([one.text for one in opinions] + [text[a:b] for cut in cuts for a, b in cut])
    candidates = [Candidate(o.id, o.text, o.speaker, owners[o.id].number or at) for at, o in enumerate(opinions, 1)]
    linker = Linker(candidates, rows[: len(opinions)])
    following = iter(rows[len(opinions) :])
    dialogue = _is_dialogue([turn.start for turn in owners.values()], replies)
    in_row: dict[object, set[int]] = {}
    for place, one in enumerate(opinions):
        in_row.setdefault(owners[one.id].row, set()).add(place)
    parts: dict[int, list[Part]] = {}
    free: dict[int, list[Sentence]] = {}
    for at, (reply, cut) in enumerate(zip(replies, cuts, strict=True)):
        sentences = [Sentence(a, b, next(following)) for a, b in cut]
        if reply.row is not None:
            parts[at] = link_among(text, linker, sentences, frozenset(in_row.get(reply.row, ())))
        elif numbered := numbered_opinions(text[reply.start : reply.end], candidates):
            parts[at] = [link_numbered(text, linker, sentences, {one.number for one in numbered})]
        elif dialogue and reply.kind == "answer" and (among := _just_before(reply, replies, opinions)):
            parts[at] = link_among(text, linker, sentences, among)
        else:
            free[at] = sentences
    parts.update(zip(free, link_freely(text, linker, list(free.values())), strict=True))
    told = [(reply, part) for at, reply in enumerate(replies) for part in parts[at]]
    return [_answer(extract, reply, part, at, opinions, day) for at, (reply, part) in enumerate(told, 1)]


def _answer(
    extract: Extract, reply: Reply, part: Part, number: int, opinions: Sequence[Raised], day: date | None
) -> Answer:
    text = extract.text[part.start : part.end]
    source = Source(reply.block.place, part.start, part.end)
    linked = tuple(opinions[place].id for place in sorted(part.opinions))
    return Answer(f"a{number}", text, reply.kind, source, reply.speaker, linked, _tasks_of(reply, text, part, day))


def _tasks_of(reply: Reply, text: str, part: Part, day: date | None) -> tuple[Task, ...]:
    """The tasks of the words; of a row also what its columns say, unless the words say it of the same office."""
    tasks = read_tasks(text, part.start, day)
    if reply.body is None or any(fold(task.body) == fold(reply.body) and task.deadline_text for task in tasks):
        return tasks
    others = (task for task in tasks if fold(task.body) != fold(reply.body or ""))
    return (column_task(reply.body, text, reply.deadline, (part.start, part.end), day), *others)


def _is_dialogue(begins: Sequence[int], replies: Sequence[Reply]) -> bool:
    """Whether answers follow their opinions one by one, as in questions and answers."""
    turns = set(begins)
    marks = sorted([(begin, False) for begin in turns] + [(reply.start, True) for reply in replies])
    changes = sum(before[1] != after[1] for before, after in pairwise(marks))
    return changes >= _ALTERNATING * min(len(turns), len(replies))


def _just_before(reply: Reply, replies: Sequence[Reply], opinions: Sequence[Raised]) -> Places:
    """The opinions right before: those since the last answer that an opinion followed."""
    until = bisect_left(opinions, reply.start, key=_begin)
    begin = opinions[until - 1].source.start if until else 0
    earlier = bisect_left(replies, reply.start, key=lambda other: other.start)
    since = next((end for at in range(earlier - 1, -1, -1) if (end := replies[at].end) <= begin), 0)
    return frozenset(range(bisect_left(opinions, since, key=_begin), until))


def _begin(opinion: Raised) -> int:
    return opinion.source.start

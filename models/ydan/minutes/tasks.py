"""Who is to do what by when, out of an answer's or a conclusion's words."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from ydan.minutes.bodies import Body, find_bodies
from ydan.minutes.deadlines import Deadline, day_of, find_deadlines
from ydan.minutes.phrases import choice, phrase
from ydan.minutes.records import Task
from ydan.minutes.words import Line
from ydan.text import fold

_SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n")
_CLAUSE_END = re.compile(r"(?:^|[.;:,–\n]|\s-)\s*$")
_ANSWERS_FOR = re.compile(r"\s*(?:chịu trách nhiệm|chủ trì|phụ trách|chiu trach nhiem|chu tri|phu trach)\b")
_MARK = re.compile(r"[,;:]")
_APART = re.compile(r"[,;:–-]|\s(?:và|va)\s")
_NEAR = 120
"""Characters around an office's name that say what it has to do with the sentence."""
_HAPPENED = re.compile(r"(?<!\w)(?:đã|đa|da|có (?:công văn|văn bản)|co (?:cong van|van ban)|sẽ|se)(?!\w)")


class _Charged(NamedTuple):
    """An office that is to act: where its charge begins, itself, and whether a deadline must confirm it."""

    start: int
    body: Body
    sure: bool
    joined: bool


def read_tasks(text: str, start: int, meeting: date | None) -> tuple[Task, ...]:
    """The tasks that ``text`` (which stands at ``start`` in the extract) gives out.

    An office has a task when it is charged ("giao …"), or when it is the one who acts and a deadline or a verb of
    action follows; what was done already, and what citizens are asked, is none.

    >>> [(t.body, t.deadline_text) for t in read_tasks("Giao Công an xã xử lý, xong trước 15/5.", 0, None)]
    [('Công an xã', 'xong trước 15/5')]
    """
    found: list[Task] = []
    begin = 0
    before: Deadline | None = None
    for stop in [*(hit.start() for hit in _SENTENCE.finditer(text)), len(text)]:
        sentence = text[begin:stop]
        line = Line.of(sentence)
        deadlines = list(find_deadlines(sentence, meeting))
        found += _tasks_of(line, deadlines, before, start + begin)
        before = _best(deadlines)
        begin = stop
    return tuple(found)


def column_task(body: str, what: str, deadline: str | None, span: tuple[int, int], meeting: date | None) -> Task:
    """The task that a row of a table says in columns of its own: an office, perhaps a deadline."""
    day = day_of(fold(deadline), meeting) if deadline else None
    return Task(body, " ".join(what.split()), deadline, day, span)


def _tasks_of(line: Line, deadlines: Sequence[Deadline], before: Deadline | None, at: int) -> Iterator[Task]:
    """The tasks of one sentence that stands at ``at``; ``before`` is the last deadline of the sentence before."""
    charged = list(_charged(line, deadlines))
    ends = [len(line.text)] * len(charged)
    for number in range(len(charged) - 1, 0, -1):
        ends[number - 1] = ends[number] if charged[number].joined else charged[number].start
    starts = [one.start for one in deadlines]
    for (begin, body, sure, _joined), end in zip(charged, ends, strict=True):
        own = deadlines[bisect_left(starts, body.end) : bisect_left(starts, end)]
        deadline = _best(own)
        if deadline is None:
            close = deadlines[max(0, bisect_left(starts, begin) - 1) : bisect_left(starts, begin)]
            deadline = _best([one for one in close if not line.text[one.end : begin].strip(" ,:")])
        if deadline is None and _ANSWERS_FOR.match(line.low, body.end):
            deadline = _best(deadlines) or before
        if deadline is None and not sure:
            continue
        yield Task(
            line.text[body.start : body.end],
            " ".join(line.text[body.end : end].split()).strip(" ,.;–-"),
            None if deadline is None else " ".join(deadline.words.split()),
            None if deadline is None else deadline.day,
            (at + begin, at + end),
        )


def _charged(line: Line, deadlines: Sequence[Deadline]) -> Iterator[_Charged]:
    """The offices of a sentence that are to act, in order."""
    strong, weak, lead, join = _openings(line.plain)
    done, verbs = phrase("acts", "done", line.plain), phrase("acts", "verbs", line.plain)
    ends = {one.end for one in deadlines}
    last: _Charged | None = None
    for body in find_bodies(line):
        since = max(0, body.start - _NEAR)
        head, rest = line.low[since : body.start], line.low[body.end : body.end + _NEAR].lstrip()
        if not since and not head.strip():
            rest = rest.removeprefix(":").lstrip()
        opens = _CLAUSE_END.search(head) is not None and (bool(head.strip()) or not since)
        if last is not None and join.fullmatch(line.low, last.body.end, body.start):
            last = _Charged(last.start, body, last.sure, True)
        elif hit := strong.search(head):
            last = _Charged(since + hit.start(), body, True, False)
        elif hit := weak.search(head):
            asked = since + hit.start()
            if last is not None and not _APART.search(line.low, last.body.end, asked):
                continue  # whom the office is to ask, is part of its task
            told = body.person or _HAPPENED.search(_MARK.split(head[: hit.start()])[-1]) is not None
            begins = _CLAUSE_END.search(head[: hit.start()]) is not None and not _HAPPENED.search(head)
            last = None if told else _Charged(asked, body, begins and not body.loose, False)
        elif body.person or done.match(rest) or not rest[:1].isalpha():
            last = None
        elif opens:
            last = _Charged(body.start, body, not body.loose and verbs.match(rest) is not None, False)
        elif lead.search(head) or since + len(head.rstrip()) in ends:
            last = _Charged(body.start, body, False, False)
        else:
            last = None
        if last is not None:
            yield last


@functools.cache
def _openings(plain: bool) -> tuple[re.Pattern[str], ...]:
    """What ends right before an office that is charged, asked, acts; and what joins a second office to the first."""
    between = rf"(?:\s+{choice('charges', 'between', plain)})*\s+$"
    strong = rf"(?<!\w){choice('charges', 'strong', plain)}{between}"
    weak = rf"(?<!\w){choice('charges', 'weak', plain)}{between}"
    lead = rf"(?<!\w){choice('acts', 'leads', plain)}\s+$"
    join = rf"(?:\s*,\s*|\s+){choice('charges', 'joins', plain)}\s+"
    return tuple(map(re.compile, (strong, weak, lead, join)))


def _best(deadlines: Sequence[Deadline]) -> Deadline | None:
    """Of several deadlines the one that says when it is to be done, rather than when it begins."""

    def rank(one: Deadline) -> tuple[bool, bool, bool, int]:
        sure = one.firm and one.day is not None
        return sure, one.written, one.day is not None, one.start if sure else -one.start

    return max(deadlines, key=rank, default=None)

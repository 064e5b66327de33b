"""From the text of a file to the meeting, its opinions, its answers; the order of the steps is the order here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ydan.minutes.answers import build_answers
from ydan.minutes.columns import Grid, read_grids
from ydan.minutes.extract import Extract
from ydan.minutes.meeting import read_meeting
from ydan.minutes.model import MinutesModel
from ydan.minutes.records import Answer, Minutes, Raised, Source
from ydan.minutes.replies import spoken_replies
from ydan.minutes.rest import rest_of
from ydan.minutes.roles import role_features
from ydan.minutes.rows import row_replies, row_turns
from ydan.minutes.speeches import Speech, read_speeches
from ydan.minutes.splitting import TopicsOf, observe_turns, spans_of
from ydan.minutes.turns import Turn, spoken_turns
from ydan.parallel import in_parts

_FEWEST = 3
"""Syllables below which a stretch is no opinion."""
_LEAST = 100
"""Turns that are worth a process of their own."""
_HEAD = 300
"""Characters that the description of the meeting has at least."""


def read_minutes(extract: Extract, model: MinutesModel, topics: TopicsOf, processes: int = 1) -> Minutes:
    """Everything that the minutes say; nothing of the text is lost: what is neither opinion nor answer is ``rest``.

    ``topics`` gives the classifier's topic probabilities, by which the splitter sees that the subject changes; so
    many ``processes`` may share the work.
    """
    grids = read_grids(extract)
    speeches = read_speeches(extract)
    roles = model.roles.decode(role_features(extract, speeches, any(grid.holds_opinions for grid in grids)))
    turns = [*spoken_turns(extract, speeches, roles), *row_turns(extract, grids)]
    turns.sort(key=lambda turn: turn.start)
    replies = [*spoken_replies(extract, speeches, roles), *row_replies(extract, grids)]
    replies.sort(key=lambda reply: reply.start)
    first = min([turn.start for turn in turns] + [reply.start for reply in replies] + [len(extract.text)])
    head = read_meeting(extract, _head_end(speeches, grids, extract, first))
    meeting = replace(head, agenda=_agenda(extract, speeches))
    opinions, owners = _split(extract, turns, model, topics, processes)
    answers = build_answers(extract, replies, opinions, owners, meeting.date, topics, processes)
    rest = rest_of(extract, speeches, roles, [*(one.source for one in opinions), *(one.source for one in answers)])
    return Minutes(meeting, _with_answers(opinions, answers), tuple(answers), tuple(rest), extract)


def _split(
    extract: Extract, turns: Sequence[Turn], model: MinutesModel, topics: TopicsOf, processes: int
) -> tuple[list[Raised], dict[str, Turn]]:
    """Every turn split into its matters; with the turn that each opinion was part of."""

    def split(part: Sequence[Turn]) -> list[list[tuple[int, int]]]:
        texts = [extract.text[turn.start : turn.end] for turn in part]
        observed = observe_turns(texts, [turn.opening for turn in part], topics, model.changes)
        tagged = model.splitter.best(model.splitter.observe(observed))
        return [spans_of(text, tags) for text, tags in zip(texts, tagged, strict=True)]

    opinions: list[Raised] = []
    owners: dict[str, Turn] = {}
    for turn, spans in zip(turns, in_parts(split, turns, processes, _LEAST), strict=True):
        for begin, end in spans:
            words = extract.text[turn.start + begin : turn.start + end]
            if len(words.split()) < _FEWEST:
                continue
            id_ = str(len(opinions) + 1)
            source = Source(turn.block.place, turn.start + begin, turn.start + end)
            opinions.append(Raised(id_, words, source, turn.speaker, turn.address, turn.group))
            owners[id_] = turn
    return opinions, owners


def _with_answers(opinions: Sequence[Raised], answers: Sequence[Answer]) -> tuple[Raised, ...]:
    said: dict[str, list[str]] = {}
    for answer in answers:
        for id_ in answer.opinions:
            said.setdefault(id_, []).append(answer.id)
    return tuple(replace(opinion, answers=tuple(said.get(opinion.id, ()))) for opinion in opinions)


def _head_end(speeches: Sequence[Speech], grids: Sequence[Grid], extract: Extract, first: int) -> int:
    """Where the description of the meeting ends: at the first part that is about something else."""
    parts = [s.start for s in speeches if s.heading is not None and s.heading.section in ("opinions", "answers")]
    tables = [
        extract.blocks[min(grid.rows[min(grid.rows)].values())].start
        for grid in grids
        if grid.holds_opinions and grid.rows
    ]
    return min([first, *(at for at in (*parts, *tables) if at > _HEAD)])


def _agenda(extract: Extract, speeches: Sequence[Speech]) -> tuple[str, ...]:
    """The headings that open a part of the minutes, in order."""
    parts = [s for s in speeches if s.heading is not None and s.heading.strong and s.heading.section is not None]
    return tuple(" ".join(extract.text[s.start : s.end].split()) for s in parts)

"""From the text of a file to the meeting, its opinions, its answers; the order of the steps is the order here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ydan.minutes.columns import Grid, cell_text, read_grids
from ydan.minutes.extract import Block, Extract
from ydan.minutes.linking import Candidate, named_opinions, resembling_opinions, word_weights
from ydan.minutes.meeting import read_meeting
from ydan.minutes.model import MinutesModel
from ydan.minutes.records import Answer, Meeting, Minutes, Raised, Rest, Source, Task
from ydan.minutes.roles import ANSWER, OTHER, TURN, role_features
from ydan.minutes.speakers import read_intro, read_marker
from ydan.minutes.speeches import Speech, read_speeches
from ydan.minutes.splitting import TopicsOf, spans_of, split_features
from ydan.minutes.tasks import read_tasks
from ydan.minutes.words import Line

_PART_NUMBER = re.compile(r"[IVX]{1,5}[.)]?|[A-EĐ][.)]?")
_FEWEST = 3
"""Syllables below which a stretch is no opinion."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person said, ``extract.text[start:end]``, before it is split into matters."""

    start: int
    end: int
    block: Block
    opening: str
    speaker: str | None
    address: str | None
    group: str | None
    number: int | None
    row: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What an official said; ``row`` is its table row, ``after`` the turns that it directly follows."""

    start: int
    end: int
    block: Block
    kind: str
    speaker: str | None
    row: tuple[int, int] | None = None
    body: str | None = None
    deadline: str | None = None


def read_minutes(extract: Extract, model: MinutesModel, topics: TopicsOf) -> Minutes:
    """Everything that the minutes say; nothing of the text is lost: what is neither opinion nor answer is ``rest``.

    ``topics`` gives the classifier's topic probabilities, by which the splitter sees that the subject changes.
    """
    grids = read_grids(extract)
    speeches = read_speeches(extract)
    roles = model.roles.decode(role_features(extract, speeches, any(grid.holds_opinions for grid in grids)))
    turns = [*spoken_turns(extract, speeches, roles), *row_turns(extract, grids)]
    turns.sort(key=lambda turn: turn.start)
    replies = [*_spoken_replies(extract, speeches, roles), *_row_replies(extract, grids)]
    replies.sort(key=lambda reply: reply.start)
    opinions, numbers, rows = _opinions(extract, turns, model, topics)
    first = min([turn.start for turn in turns] + [reply.start for reply in replies] + [len(extract.text)])
    meeting = _with_agenda(read_meeting(extract, _head_end(speeches, grids, extract, first)), extract, speeches)
    answers = _answers(extract, replies, opinions, numbers, rows, turns, meeting)
    said: dict[str, list[str]] = {}
    for answer in answers:
        for id_ in answer.opinions:
            said.setdefault(id_, []).append(answer.id)
    opinions = [replace(opinion, answers=tuple(said.get(opinion.id, ()))) for opinion in opinions]
    rest = tuple(_rest(extract, speeches, roles, turns, opinions, answers))
    return Minutes(meeting, tuple(opinions), tuple(answers), rest, extract)


def spoken_turns(extract: Extract, speeches: Sequence[Speech], roles: Sequence[str]) -> Iterator[Turn]:
    """Speeches of citizens; one without a name of its own goes on from the person before, in the same group."""
    speaker: str | None = None
    address: str | None = None
    count = 0
    for speech, role in zip(speeches, roles, strict=True):
        if speech.heading is not None:
            speaker = address = None
        if speech.intro is not None and role != ANSWER:
            speaker, address = speech.intro.speaker, speech.intro.address
        if role != TURN or speech.words >= speech.end:
            continue
        intro = speech.intro
        if intro is None and not speech.marked and not _continues(speeches, speech):
            speaker = address = None
        opening = "none" if intro is None else "colon" if intro.colon else "verb"
        count += intro is not None or speech.marked
        block = extract.blocks[speech.block]
        yield Turn(
            speech.words,
            speech.end,
            block,
            opening,
            speaker,
            address or _place_group(speech.group),
            speech.group,
            count,
        )


def _continues(speeches: Sequence[Speech], speech: Speech) -> bool:
    """Whether an unnamed paragraph stands right under a named one."""
    before = [other for other in speeches if other.block == speech.block - 1]
    return bool(before) and (before[-1].intro is not None or not before[-1].marked)


def _place_group(group: str | None) -> str | None:
    """The heading as an address, when it names a place."""
    if group is None:
        return None
    line = Line.of(group)
    found = line.pattern("people", "places").search(line.low)
    return group[found.start() :].strip(" :.(") if found and found.start() < 12 else None


def row_turns(extract: Extract, grids: Sequence[Grid]) -> Iterator[Turn]:
    for grid in grids:
        if not grid.holds_opinions:
            continue
        group: str | None = None
        speaker: str | None = None
        address: str | None = None
        count = 0
        for row in sorted(grid.rows):
            if row < grid.body_from:
                continue
            cells = [extract.blocks[number] for number in grid.rows[row].values()]
            filled = [block for block in cells if extract.of(block).strip()]
            if _is_group_row(extract, grid, filled):
                title = next((b for b in filled if len(extract.of(b).strip()) > 5), filled[0])
                group, speaker, address = extract.of(title).strip(), None, None
                continue
            content = cell_text(extract, grid, row, "content")
            if (
                content is None
                or not content[0].strip()
                or (content[1].cell is not None and content[1].cell.row != row)
            ):
                continue
            text, block = content
            own = _speaker_of_row(extract, grid, row)
            if own != (None, None):
                speaker, address = own
            numbered = cell_text(extract, grid, row, "number")
            count += numbered is None or bool(numbered[0].strip())
            line = Line.of(text)
            intro = read_intro(line)
            begin = intro.end if intro is not None else read_marker(text)
            who = intro.speaker if intro is not None and "speaker" not in grid.columns else speaker
            where = intro.address if intro is not None and intro.address else address
            yield Turn(
                block.start + begin,
                block.end,
                block,
                "cell",
                who,
                where or _place_group(group),
                group,
                count,
                (grid.number, row),
            )


def _is_group_row(extract: Extract, grid: Grid, filled: Sequence[Block]) -> bool:
    """A row with one short cell that is not the content alone: "Thôn Đông La", "II. Lĩnh vực đất đai"."""
    texts = [extract.of(block).strip() for block in filled]
    if len(texts) >= 2 and _PART_NUMBER.fullmatch(texts[0]) and len(texts[1]) <= 100:
        return True
    if len(texts) == 2 and len(texts[0]) <= 5:
        texts, filled = texts[1:], filled[1:]
    if len(texts) != 1 or len(texts[0]) > 100 or texts[0].endswith((".", "?")):
        return False
    cell = filled[0].cell
    return cell is not None and (cell.column_span > 1 or cell.column != grid.columns["content"])


def _speaker_of_row(extract: Extract, grid: Grid, row: int) -> tuple[str | None, str | None]:
    """Name and address of a row; a combined column ("Nguyễn Văn A, thôn 3") is taken apart."""
    named, placed = cell_text(extract, grid, row, "speaker"), cell_text(extract, grid, row, "address")
    address = " ".join(placed[0].split()) or None if placed is not None else None
    if named is None or not named[0].strip():
        return None, address
    name = named[0].strip()
    line = Line.of(name + ":")
    intro = read_intro(line)
    if intro is not None and intro.speaker:
        return intro.speaker, address or intro.address
    first, *others = [
        part.strip(" ;,–-") for part in name.replace("\n", ", ").replace(" - ", ", ").replace("(", ", ").split(", ")
    ]
    rest = ", ".join(other.strip(" )") for other in others if other.strip(" )"))
    return first or None, address or rest or None


def _row_replies(extract: Extract, grids: Sequence[Grid]) -> Iterator[Reply]:
    for grid in grids:
        if not grid.holds_opinions or "answer" not in grid.columns:
            continue
        for row in sorted(grid.rows):
            if row < grid.body_from:
                continue
            found = cell_text(extract, grid, row, "answer")
            if found is None or len(found[0].split()) < 2 or (found[1].cell is not None and found[1].cell.row != row):
                continue
            body, deadline = (cell_text(extract, grid, row, name) for name in ("body", "deadline"))
            yield Reply(
                found[1].start,
                found[1].end,
                found[1],
                "answer",
                None,
                (grid.number, row),
                " ".join(body[0].split()) or None if body else None,
                " ".join(deadline[0].split()) or None if deadline else None,
            )


def _spoken_replies(extract: Extract, speeches: Sequence[Speech], roles: Sequence[str]) -> Iterator[Reply]:
    for speech, role in zip(speeches, roles, strict=True):
        if role == ANSWER and speech.end > speech.start:
            kind = "conclusion" if speech.section == "conclusion" else "answer"
            begin = speech.start + read_marker(extract.text[speech.start : speech.end])
            who = speech.intro.speaker if speech.intro is not None and speech.reply else None
            yield Reply(begin, speech.end, extract.blocks[speech.block], kind, who)


def _opinions(
    extract: Extract, turns: Sequence[Turn], model: MinutesModel, topics: TopicsOf
) -> tuple[list[Raised], dict[str, int], dict[str, Turn]]:
    """Every turn split into its matters; with each opinion's number in the minutes and its turn."""
    texts = [extract.text[turn.start : turn.end] for turn in turns]
    features = split_features(texts, [turn.opening for turn in turns], topics, model.changes)
    opinions: list[Raised] = []
    numbers: dict[str, int] = {}
    owners: dict[str, Turn] = {}
    for turn, text, sequence in zip(turns, texts, features, strict=True):
        for begin, end in spans_of(text, model.splitter.decode(sequence)):
            words = text[begin:end]
            if len(words.split()) < _FEWEST:
                continue
            id_ = str(len(opinions) + 1)
            source = Source(turn.block.place, turn.start + begin, turn.start + end)
            opinions.append(Raised(id_, words, source, turn.speaker, turn.address, turn.group))
            numbers[id_] = turn.number or len(opinions)
            owners[id_] = turn
    return opinions, numbers, owners


def _answers(
    extract: Extract,
    replies: Sequence[Reply],
    opinions: Sequence[Raised],
    numbers: dict[str, int],
    owners: dict[str, Turn],
    turns: Sequence[Turn],
    meeting: Meeting,
) -> list[Answer]:
    weights = word_weights([opinion.text for opinion in opinions])
    candidates = [Candidate(o.id, o.text, o.speaker, numbers[o.id]) for o in opinions]
    alternating = _alternates(turns, replies)
    answers = []
    for count, reply in enumerate(replies, 1):
        text = extract.text[reply.start : reply.end]
        if reply.row is not None:
            linked = tuple(o.id for o in opinions if owners[o.id].row == reply.row)
        else:
            linked = named_opinions(text, candidates, weights)
            if not linked and alternating and reply.kind == "answer":
                linked = _just_before(reply, replies, opinions)
            linked = linked or resembling_opinions(text, candidates, weights)
        tasks = read_tasks(text, reply.start, meeting.date)
        if not tasks and reply.body:
            tasks = (Task(reply.body, " ".join(text.split()), reply.deadline, None, (reply.start, reply.end)),)
        source = Source(reply.block.place, reply.start, reply.end)
        answers.append(Answer(f"a{count}", text, reply.kind, source, reply.speaker, linked, tasks))
    return answers


def _alternates(turns: Sequence[Turn], replies: Sequence[Reply]) -> bool:
    """Whether answers follow their opinions one by one, as in questions and answers."""
    marks = sorted([(t.start, 0) for t in turns] + [(r.start, 1) for r in replies])
    changes = sum(a[1] != b[1] for a, b in zip(marks, marks[1:], strict=False))
    return bool(replies) and changes >= 1.2 * min(len(turns), len(replies))


def _just_before(reply: Reply, replies: Sequence[Reply], opinions: Sequence[Raised]) -> tuple[str, ...]:
    """The opinions right before: those since the last answer that an opinion followed."""
    begin = max((opinion.source.start for opinion in opinions if opinion.source.start < reply.start), default=0)
    since = max((other.end for other in replies if other.end <= begin), default=0)
    return tuple(o.id for o in opinions if since <= o.source.start < reply.start)


def _head_end(speeches: Sequence[Speech], grids: Sequence[Grid], extract: Extract, first: int) -> int:
    """Where the description of the meeting ends: at the first part that is about something else."""
    parts = [s.start for s in speeches if s.heading is not None and s.heading.section in ("opinions", "answers")]
    tables = [
        extract.blocks[min(grid.rows[min(grid.rows)].values())].start
        for grid in grids
        if grid.holds_opinions and grid.rows
    ]
    later = [at for at in (*parts, *tables) if at > 300]
    return min([first, *later])


def _with_agenda(meeting: Meeting, extract: Extract, speeches: Sequence[Speech]) -> Meeting:
    """The headings that open a part of the minutes, in order."""
    parts = [s for s in speeches if s.heading is not None and s.heading.strong and s.heading.section is not None]
    return replace(meeting, agenda=tuple(" ".join(extract.text[s.start : s.end].split()) for s in parts))


def _rest(
    extract: Extract,
    speeches: Sequence[Speech],
    roles: Sequence[str],
    turns: Sequence[Turn],
    opinions: Sequence[Raised],
    answers: Sequence[Answer],
) -> Iterator[Rest]:
    """Every stretch of a block that is part of neither an opinion nor an answer."""
    taken = sorted((item.source.start, item.source.end) for item in (*opinions, *answers))
    kinds = {}
    for speech, role in zip(speeches, roles, strict=True):
        kinds[speech.block] = speech.section or "head" if role == OTHER else "courtesy"
    at = 0
    for number, block in enumerate(extract.blocks):
        begin = block.start
        while at < len(taken) and taken[at][1] <= block.start:
            at += 1
        pieces = []
        for start, end in taken[at:]:
            if start >= block.end:
                break
            pieces.append((begin, start))
            begin = end
        pieces.append((begin, block.end))
        for start, end in pieces:
            text = extract.text[start:end]
            if any(c.isalnum() for c in text):
                kind = "cell" if block.cell is not None else kinds.get(number, "head")
                yield Rest(text.strip(), kind, Source(block.place, start, end))

"""What the two chains learn from: speeches with their role, turns with every syllable tagged."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ydan.minutes.columns import read_grids
from ydan.minutes.extract import Extract, Piece, build_extract
from ydan.minutes.people import find_officials
from ydan.minutes.readers import read_file
from ydan.minutes.roles import ANSWER, HEAD, OTHER, TURN, role_features, speaks_as_citizen
from ydan.minutes.rows import row_turns
from ydan.minutes.speeches import read_speeches
from ydan.minutes.splitting import BEGIN, INSIDE, OUTSIDE
from ydan.minutes.turns import spoken_turns
from ydan.text import lower, syllables, unify_tones
from ydan_training.minutes.turns import Turn

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One text with its gold: where the opinions and the answers stand in the extract. ``author`` groups folds."""

    name: str
    author: str
    extract: Extract
    opinions: tuple[Span, ...]
    answers: tuple[Span, ...]
    single: bool = False


@dataclass(frozen=True, slots=True)
class TaggedTurn:
    """A citizen's turn with a tag for every syllable."""

    name: str
    author: str
    text: str
    opening: str
    tags: tuple[str, ...]


def document_lessons(folder: Path) -> list[Lesson]:
    """Every document of a folder beside its ``NAME.gold.json``, read as a user's file would be.

    Gold words are sought in the extract, in order; what a reader lost cannot be learned and is reported by
    :func:`ydan_training.minutes.evaluate`, not here.
    """
    lessons = []
    for gold_path in sorted(folder.glob("*.gold.json")):
        name = gold_path.name.removesuffix(".gold.json")
        file = next(p for p in sorted(folder.glob(name + ".*")) if not p.name.endswith(".gold.json"))
        gold = json.loads(gold_path.read_text(encoding="utf-8"))
        extract = read_file(file)
        opinions = locate([o["text"] for o in gold["opinions"]], extract.text)
        answers = locate([a["text"] for a in gold["answer_texts"]], extract.text)
        lessons.append(Lesson(name, name.split("-")[0], extract, opinions, answers))
    return lessons


def turn_lessons(turns: Iterable[Turn]) -> list[Lesson]:
    """A line of the turns files as a document of one paragraph."""
    lessons = []
    for turn in turns:
        extract = build_extract([Piece(turn.text)], "txt")
        answers = () if turn.is_citizen else ((0, len(turn.text)),)
        lessons.append(
            Lesson(f"{turn.file}:{turn.line}", turn.file.split("-")[0], extract, turn.opinions, answers, True)
        )
    return lessons


def locate(wanted: Sequence[str], text: str) -> tuple[Span, ...]:
    """Where each text stands, by its words alone (spaces, case, tone placement and marks aside).

    >>> locate(["đường lầy", "đèn hỏng"], "1. Đường  lầy. 2. ĐÈN hỏng!")
    ((3, 13), (18, 26))
    """
    tokens = syllables(text)
    words = [_key(token.text) for token in tokens]
    places: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        places.setdefault(word, []).append(at)
    found = []
    used: set[int] = set()
    for sought in wanted:
        keys = [_key(token.text) for token in syllables(sought)]
        begins = (at for at in places.get(keys[0], []) if words[at : at + len(keys)] == keys) if keys else iter(())
        place = next((at for at in begins if at not in used), None)
        if place is not None:
            used.update(range(place, place + len(keys)))
            found.append((tokens[place].start, tokens[place + len(keys) - 1].end))
    return tuple(sorted(found))


def _key(word: str) -> str:
    return unify_tones(lower(word))


def role_sequence(lesson: Lesson) -> tuple[list[list[str]], list[str]]:
    """Features and role of every speech of a lesson."""
    grids = read_grids(lesson.extract)
    speeches = read_speeches(lesson.extract)
    features = role_features(lesson.extract, speeches, any(grid.holds_opinions for grid in grids))
    officials = find_officials(lesson.extract.text[:HEAD])
    roles = []
    for speech in speeches:
        span = (speech.start, speech.end)
        if any(_overlap(span, o) > 3 for o in lesson.opinions):
            roles.append(TURN)
        elif any(_overlap(span, a) > 3 for a in lesson.answers):
            roles.append(ANSWER)
        elif (speech.section == "opinions" or lesson.single) and speaks_as_citizen(lesson.extract, speech, officials):
            roles.append(
                TURN
            )  # thanks, agreement: a citizen's turn all the same; that it holds nothing is not told here
        else:
            roles.append(OTHER)
    return features, roles


def _overlap(a: Span, b: Span) -> int:
    return min(a[1], b[1]) - max(a[0], b[0])


def tagged_turns(lesson: Lesson) -> list[TaggedTurn]:
    """The turns of a lesson, as the reader would cut them if it knew every role."""
    grids = read_grids(lesson.extract)
    speeches = read_speeches(lesson.extract)
    _features, roles = role_sequence(lesson)
    if not lesson.opinions and not lesson.answers:
        roles = [TURN] * len(roles)  # a line of thanks: a turn without an opinion
    turns = [*spoken_turns(lesson.extract, speeches, roles), *row_turns(lesson.extract, grids)]
    found = []
    for turn in turns:
        text = lesson.extract.text[turn.start : turn.end]
        tags = []
        before: Span | None = None
        for token in syllables(text):
            place = (turn.start + token.start, turn.start + token.end)
            owner = next((o for o in lesson.opinions if _overlap(place, o) > 0), None)
            tags.append(OUTSIDE if owner is None else INSIDE if owner == before else BEGIN)
            before = owner
        if tags:
            found.append(TaggedTurn(lesson.name, lesson.author, text, turn.opening, tuple(tags)))
    return found

"""What a reader must find in a document: the rows of a source's third part, and the JSON beside the document."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from ydan_training.minutes.source import Source

_DATE_LIKE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
FIRST_WORDS = 8
"""How many words of an answer are enough to tell it from the others."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """One gold opinion; ``number`` counts from 1 in reading order."""

    number: int
    speaker: str
    address: str
    topic: str
    level: str
    escalate: bool
    answered: bool
    text: str = ""

    def with_text(self, text: str) -> Opinion:
        """The same, with the marked words."""
        return replace(self, text=text)


class Task(NamedTuple):
    """Who is charged with what an answer says; the deadline is an ISO date, or words, or empty."""

    answer: int
    body: str
    deadline: str


class Answer(NamedTuple):
    """One answer, promise or point of a conclusion."""

    text: str
    opinions: tuple[int, ...]
    tasks: tuple[Task, ...]


Row = Opinion | Task


def read_gold_row(line: str) -> Row:
    """``1 | speaker | address | topic | level | yes/no | answered/open`` or ``a1 | body | deadline``.

    :raises ValueError: other fields, or a word that is not among the choices.
    """
    fields = [field.strip() for field in line.split("|")]
    if fields[0].startswith("a") and fields[0][1:].isdecimal():
        if len(fields) != 3 or not fields[1]:
            raise ValueError(f"a task has 3 fields, answer | body | deadline, not {len(fields)}")
        if _DATE_LIKE.fullmatch(fields[2]):
            date.fromisoformat(fields[2])
        return Task(int(fields[0][1:]), fields[1], fields[2])
    if len(fields) != 7 or not fields[0].isdecimal():
        raise ValueError(
            f"{len(fields)} fields; 7 wanted: number | speaker | address | topic | level | escalate | answered"
        )
    number, speaker, address, topic, level, escalate, answered = fields
    if escalate not in ("yes", "no"):
        raise ValueError(f"escalate “{escalate}” is neither yes nor no")
    if answered not in ("answered", "open"):
        raise ValueError(f"“{answered}” is neither answered nor open")
    return Opinion(int(number), speaker, address, topic, level, escalate == "yes", answered == "answered")


def gold_json(source: Source, change: Callable[[str], str]) -> dict[str, Any]:
    """The gold of a document; ``change`` is what the layout did to every letter (diacritics taken off)."""
    header = source.header
    return {
        "meeting_type": header["meeting_type"],
        "host_level": header["host_level"],
        "date": header["date"],
        "place": change(header["place"]),
        "chair": change(header["chair"]),
        "secretary": change(header["secretary"]),
        "attendance": int(header["attendance"]) if header["attendance"] else None,
        "invited": int(header["invited"]) if header["invited"] else None,
        "warning": header["warning"],
        "opinions": [
            {
                "text": change(opinion.text),
                "speaker": change(opinion.speaker),
                "address": change(opinion.address),
                "topic": opinion.topic,
                "level": opinion.level,
                "escalate": opinion.escalate,
                "answered": opinion.answered,
            }
            for opinion in source.opinions
        ],
        "answers": [" ".join(change(answer.text).split()[:FIRST_WORDS]) for answer in source.answers],
        "answer_texts": [
            {
                "text": change(answer.text),
                "opinions": list(answer.opinions),
                "tasks": [
                    {"body": change(task.body), "deadline": change(task.deadline) or None} for task in answer.tasks
                ],
            }
            for answer in source.answers
        ],
    }

"""What is read out of minutes: the meeting, what citizens said, what was answered, who is to do what by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from ydan.minutes.extract import Extract, Place

MEETING_TYPES = ("txdt", "txct", "tcd", "complaint_dialogue", "mixed")
ANSWER_KINDS = ("answer", "conclusion")


class Source(NamedTuple):
    """Where words stand: in the file, and as half-open character offsets into the extracted text."""

    place: Place
    start: int
    end: int

    def to_json(self) -> dict[str, Any]:
        return {**self.place.to_json(), "start": self.start, "end": self.end}


class Notice(NamedTuple):
    """What a secretary should look at; it never blocks. ``span`` are the words that show it."""

    code: str
    message: str
    span: tuple[int, int] | None = None

    def to_json(self) -> dict[str, Any]:
        return {"code": self.code, "message": self.message, "span": None if self.span is None else list(self.span)}


@dataclass(frozen=True, slots=True)
class Meeting:
    """The session that the minutes are of; what they do not say is ``None`` (or ``unclear`` for the type)."""

    title: str | None = None
    meeting_type: str = "unclear"
    host_level: str | None = None
    host: str | None = None
    date: date | None = None
    place: str | None = None
    chair: str | None = None
    secretary: str | None = None
    attendance: int | None = None
    invited: int | None = None
    agenda: tuple[str, ...] = ()
    warnings: tuple[Notice, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The first line of ``ydan read``."""
        return {
            "title": self.title,
            "meeting_type": self.meeting_type,
            "host_level": self.host_level,
            "host": self.host,
            "date": None if self.date is None else self.date.isoformat(),
            "place": self.place,
            "chair": self.chair,
            "secretary": self.secretary,
            "attendance": self.attendance,
            "invited": self.invited,
            "agenda": list(self.agenda),
            "warnings": [warning.to_json() for warning in self.warnings],
        }


class Task(NamedTuple):
    """Who is to do what by when, as an answer or the conclusion says; ``deadline`` only where a day can be told."""

    body: str
    what: str
    deadline_text: str | None
    deadline: date | None
    span: tuple[int, int]

    def to_json(self) -> dict[str, Any]:
        return {
            "body": self.body,
            "what": self.what,
            "deadline_text": self.deadline_text,
            "deadline": None if self.deadline is None else self.deadline.isoformat(),
            "span": list(self.span),
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """An official's answer on the spot or a point of the conclusion; ``opinions`` are the ids that it speaks of."""

    id: str
    text: str
    kind: str
    source: Source
    speaker: str | None = None
    opinions: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "text": self.text,
            "kind": self.kind,
            "speaker": self.speaker,
            "opinions": list(self.opinions),
            "tasks": [task.to_json() for task in self.tasks],
            "source": self.source.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Raised:
    """One matter that one person raised. ``group`` is the heading it stood under (a village, a field)."""

    id: str
    text: str
    source: Source
    speaker: str | None = None
    address: str | None = None
    group: str | None = None
    answers: tuple[str, ...] = ()
    lineage: tuple[str, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether anything was said to it at the meeting."""
        return bool(self.answers)

    def to_json(self) -> dict[str, Any]:
        """One line of ``ydan read``."""
        return {
            "id": self.id,
            "text": self.text,
            "speaker": self.speaker,
            "address": self.address,
            "group": self.group,
            "answered": self.answered,
            "answers": list(self.answers),
            "lineage": list(self.lineage),
            "source": self.source.to_json(),
        }


class Rest(NamedTuple):
    """Text taken for neither opinion nor answer, and what it seems to be (head, report, greeting, closing …)."""

    text: str
    kind: str
    source: Source

    def to_json(self) -> dict[str, Any]:
        return {"text": self.text, "kind": self.kind, "source": self.source.to_json()}


@dataclass(frozen=True, slots=True)
class Minutes:
    """A whole file, read."""

    meeting: Meeting
    opinions: tuple[Raised, ...]
    answers: tuple[Answer, ...]
    rest: tuple[Rest, ...]
    extract: Extract

"""The conclusion as a person sees it: every line with what the minutes say beside what persons decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ydan.documents.item import Item
from ydan.documents.letters import UP, addressees
from ydan.documents.rows import BRIEF, body_of, row
from ydan.documents.ruled import LISTS, list_of
from ydan.documents.wording import BLANK, shorten
from ydan_service.office.papers.entries import FIELDS, mark
from ydan_service.office.papers.opening import Opened
from ydan_service.office.papers.ordering import items_of
from ydan_service.office.review.standing import Standing
from ydan_service.person import Person
from ydan_service.store.tables import Account

LIST_NAMES = tuple(LISTS)
"""``settled``, ``open``, ``forwarded``, ``guided``."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a line. ``value`` is what the form shows, ``printed`` what the document will say, ``said`` what the
    minutes and the model say; ``by`` and ``at`` tell of a person's decision, ``mark`` is that of ``value``."""

    name: str
    value: str
    printed: str
    said: str
    by: str | None = None
    at: datetime | None = None

    @property
    def decided(self) -> bool:
        """Whether a person decided it."""
        return self.at is not None

    @property
    def mark(self) -> str:
        """By which the form tells what it showed."""
        return mark(self.value)


@dataclass(frozen=True, slots=True)
class Line:
    """One opinion in its list; ``fields`` by name. All words are redacted, but those of ``Field.value`` are a person's
    own where the reader may see names. ``also`` are further letters (way, office) that the matter goes into."""

    key: str
    opinion_id: int
    version: int
    number: int
    list: str
    text: str
    brief: str
    speaker: str
    place: str
    topic: str | None
    type: str | None
    level: str | None
    body: str
    urgency: str | None
    alike: int
    withheld: bool
    reason: str
    because: str
    said_because: str
    reviewed: bool
    fields: Mapping[str, Field]
    also: tuple[tuple[str, str], ...]

    @property
    def confirmed(self) -> bool:
        """Whether a person stands for the status."""
        return self.fields["status"].decided


@dataclass(frozen=True, slots=True)
class Conclusion:
    """The lists by name, each in order; ``hidden`` is how many confidential opinions there are besides."""

    lists: Mapping[str, tuple[Line, ...]]
    hidden: int

    @property
    def lines(self) -> tuple[Line, ...]:
        """All of them, list after list."""
        return tuple(line for name in LIST_NAMES for line in self.lists[name])

    def find(self, key: str) -> Line | None:
        """The line of an opinion."""
        return next((line for line in self.lines if line.key == key), None)


def read_conclusion(session: Session, person: Person, opened: Opened) -> Conclusion:
    """Every line that a document lists; persons' words in full only for who may read names."""
    names = _names(session)
    full = person.may("names.read")
    lists = {
        name: tuple(_line(item, opened, names, full=full) for item in items_of(opened, name)) for name in LIST_NAMES
    }
    return Conclusion(lists, len(opened.dossier.confidential))


def _line(item: Item, opened: Opened, names: Mapping[int, str], *, full: bool) -> Line:
    opinion, shown = opened.rows[item.id], row(item, opened.dossier)
    to = addressees(item, opened.dossier.host_level)
    way = "side" if item.status.code == "chuyen_co_quan_khac" else UP
    said = item.derived or item
    return Line(
        key=item.id,
        opinion_id=opinion.id,
        version=opinion.version,
        number=item.number,
        list=list_of(item.status.code),
        text=item.text,
        brief=shown["brief"],
        speaker=item.speaker,
        place=item.place,
        topic=opinion.topic,
        type=opinion.type,
        level=opinion.level,
        body=body_of(item, opened.dossier),
        urgency=opinion.urgency,
        alike=item.alike,
        withheld=item.withheld,
        reason=shown["reason"],
        because=item.status.because,
        said_because=said.status.because,
        reviewed=opinion.reviewed_by is not None,
        fields=_fields(item, opened, shown, names, full=full),
        also=tuple((kind, _office(name)) for kind, name in to if kind != way or item.status.code not in _AWAY),
    )


_AWAY = LISTS["forwarded"]


def _fields(
    item: Item, opened: Opened, shown: Mapping[str, Any], names: Mapping[int, str], *, full: bool
) -> dict[str, Field]:
    opinion = opened.rows[item.id]
    decided, words = opened.decided[opinion.id], opened.words[opinion.id] if full else {}
    said = item.derived or item
    host = opened.dossier.host_level
    printed = {
        "status": item.status.code,
        "wording": shown["brief"],
        "reply": item.reply,
        "charged": item.charged,
        "deadline": item.deadline,
        "addressee": _first_office(item, host),
    }
    before = {
        "status": said.status.code,
        "wording": shorten(said.text, BRIEF),
        "reply": said.reply,
        "charged": said.charged,
        "deadline": said.deadline,
        "addressee": _first_office(said, host),
    }
    found = {}
    for name in FIELDS:
        by, at = _who(name, decided, names)
        found[name] = Field(name, words.get(name, printed[name]), printed[name], before[name], by, at)
    last = opened.changes.get(opinion.id)
    if last is not None and last.by is not None and not found["status"].decided:
        code = item.status.code
        found["status"] = Field("status", code, code, said.status.code, names.get(last.by, ""), last.at)
    return found


def _first_office(item: Item, host_level: str) -> str:
    """Whom the letter about a forwarded matter goes to; a blank is shown as dots."""
    if item.status.code not in _AWAY:
        return _office(item.addressee or "")
    way = UP if item.status.code == "kien_nghi_cap_tren" else "side"
    return next((_office(name) for one, name in addressees(item, host_level) if one == way), "")


def _office(name: str) -> str:
    """An office with the dots that a person fills in; of one that nobody knows nothing."""
    return "" if BLANK.fullmatch(name.strip()) else BLANK.sub("……", name).strip()


def _who(field: str, decided: Standing, names: Mapping[int, str]) -> tuple[str | None, datetime | None]:
    if field not in decided:
        return None, None
    return names.get(decided[field].by or 0, ""), decided[field].at


def _names(session: Session) -> dict[int, str]:
    """Who may have decided something: an office has few people, one question is cheaper than many ids."""
    return {row.id: row.display_name for row in session.execute(select(Account.id, Account.display_name))}

"""Files and what was read out of them, sealed: an opinion list is replayed from here, the file is not read again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from ydan.assessment import dump_json
from ydan.minutes.extract import Block, Cell, Extract, Place
from ydan.minutes.records import Answer, Meeting, Minutes, Notice, Raised, Rest, Source, Task
from ydan_service.office.masking import cover, people_of
from ydan_service.store import files
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import KeptFile

Json = Mapping[str, Any]
NAME = "extract.json"


@dataclass(frozen=True, slots=True)
class KeptMinutes:
    """The minutes as they were read, the people in them, and the extract with them covered (as long as the extract)."""

    minutes: Minutes
    people: tuple[str, ...]
    covered: str


def keep_minutes(session: Session, keys: KeyRing, meeting_id: int, minutes: Minutes, by: int | None) -> KeptMinutes:
    """Keep minutes as the meeting's ``extract``, in the place of an earlier reading."""
    for old in session.scalars(select(KeptFile).where(*_is_extract(meeting_id))):
        session.delete(old)
    people = people_of(minutes)
    kept = KeptMinutes(minutes, people, cover(minutes.extract.text, people))
    data = dump_json(_to_json(kept)).encode()
    files.keep(session, keys, meeting_id, "extract", NAME, "application/json", data, by)
    return kept


def load_minutes(session: Session, keys: KeyRing, meeting_id: int) -> KeptMinutes | None:
    """The minutes of a meeting, or ``None`` while they are not read."""
    file = session.scalar(select(KeptFile).options(undefer(KeptFile.sealed)).where(*_is_extract(meeting_id)))
    return None if file is None else _from_json(json.loads(files.read(keys, file)))


def _is_extract(meeting_id: int) -> tuple[Any, ...]:
    return KeptFile.meeting_id == meeting_id, KeptFile.kind == "extract"


def _to_json(kept: KeptMinutes) -> dict[str, Any]:
    minutes, extract = kept.minutes, kept.minutes.extract
    return {
        "text": extract.text,
        "covered": kept.covered,
        "people": list(kept.people),
        "format": extract.format,
        "pages": extract.pages,
        "dropped": list(extract.dropped),
        "blocks": [
            [one.kind, one.start, one.end, one.place.to_json(), None if one.cell is None else list(one.cell)]
            for one in extract.blocks
        ],
        "meeting": minutes.meeting.to_json(),
        "opinions": [one.to_json() for one in minutes.opinions],
        "answers": [one.to_json() for one in minutes.answers],
        "rest": [one.to_json() for one in minutes.rest],
    }


def _from_json(raw: Json) -> KeptMinutes:
    blocks = tuple(
        Block(kind, start, end, Place(**place), None if cell is None else Cell(*cell))
        for kind, start, end, place, cell in raw["blocks"]
    )
    extract = Extract(raw["text"], blocks, raw["format"], raw["pages"], tuple(raw["dropped"]))
    minutes = Minutes(
        _meeting(raw["meeting"]),
        tuple(_raised(one) for one in raw["opinions"]),
        tuple(_answer(one) for one in raw["answers"]),
        tuple(Rest(one["text"], one["kind"], source_of(one["source"])) for one in raw["rest"]),
        extract,
    )
    return KeptMinutes(minutes, tuple(raw["people"]), raw["covered"])


def source_of(raw: Json) -> Source:
    """A :class:`Source` again."""
    place = {name: raw.get(name) for name in Place._fields}
    return Source(Place(**place), raw["start"], raw["end"])


def _day(raw: str | None) -> date | None:
    return None if raw is None else date.fromisoformat(raw)


def _pair(raw: Any) -> tuple[int, int]:
    return raw[0], raw[1]


def _meeting(raw: Json) -> Meeting:
    warnings = tuple(
        Notice(one["code"], one["message"], None if one["span"] is None else _pair(one["span"]))
        for one in raw["warnings"]
    )
    plain = {name: value for name, value in raw.items() if name not in ("date", "agenda", "warnings")}
    return Meeting(**plain, date=_day(raw["date"]), agenda=tuple(raw["agenda"]), warnings=warnings)


def _raised(raw: Json) -> Raised:
    return Raised(
        raw["id"],
        raw["text"],
        source_of(raw["source"]),
        raw["speaker"],
        raw["address"],
        raw["group"],
        tuple(raw["answers"]),
        tuple(raw["lineage"]),
    )


def _answer(raw: Json) -> Answer:
    tasks = tuple(
        Task(one["body"], one["what"], one["deadline_text"], _day(one["deadline"]), _pair(one["span"]))
        for one in raw["tasks"]
    )
    source, opinions = source_of(raw["source"]), tuple(raw["opinions"])
    return Answer(raw["id"], raw["text"], raw["kind"], source, raw["speaker"], opinions, tasks)

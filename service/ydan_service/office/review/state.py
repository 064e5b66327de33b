"""A meeting under review as one person sees it: everything once, then what changed."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ydan.errors import YDanError
from ydan_service.errors import Conflict
from ydan_service.office.intake.kept import KeptMinutes, load_minutes
from ydan_service.office.intake.labels import date_of
from ydan_service.office.masking import cover
from ydan_service.office.review.choices import choices
from ydan_service.office.review.hiding import covered_extract
from ydan_service.office.review.opinions import Json, alike_json, opinions_json
from ydan_service.office.review.presence import who_is_here
from ydan_service.office.review.secret import find_hidden
from ydan_service.office.scope import opinions_open_to, visible_meeting
from ydan_service.person import Person
from ydan_service.store import personal
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import Answer, AnswerTo, Meeting, Operation, Opinion


class Seen(NamedTuple):
    """What a person gets to see, and the ids of what is confidential in it: a look at that is written down."""

    json: Json
    secret: list[int]


def read_state(session: Session, keys: KeyRing, person: Person, meeting_id: int, moment: datetime) -> Seen:
    """Everything that the page shows.

    :raises NotFound: no such meeting in the person's scope.
    :raises Conflict: it is not read yet.
    """
    meeting = visible_meeting(session, person, meeting_id)
    kept = load_minutes(session, keys, meeting_id)
    if kept is None or meeting.stage in ("reading", "failed"):
        raise Conflict("Biên bản này chưa đọc xong nên chưa xem lại được. Hãy đợi hoặc xem lỗi ở trang cuộc họp.")
    rows, hidden = _rows(session, person, meeting_id)
    opinions = opinions_json(session, keys, person, rows, kept.people)
    state = {
        "meeting": _meeting_json(meeting),
        "me": {"id": person.id, "name": person.display_name},
        "csrf": person.csrf_token,
        "extract": _extract_json(session, keys, person, meeting_id, kept),
        "opinions": opinions,
        "choices": choices(session, meeting.commune_id, date_of(meeting)),
        "measured": measured(),
        **_common(session, keys, person, meeting, rows, hidden, kept, moment),
    }
    return Seen(state, _secret(rows))


def read_changes(
    session: Session, keys: KeyRing, person: Person, meeting_id: int, since: int, moment: datetime
) -> Seen:
    """What is another than at revision ``since``.

    :raises NotFound: no such meeting in the person's scope.
    """
    meeting = visible_meeting(session, person, meeting_id)
    rows, hidden = _rows(session, person, meeting_id)
    changed = [row for row in rows if row.version > since or since > meeting.revision]
    kept = None
    if any(row.confidential for row in changed) and not person.may("names.read"):
        kept = load_minutes(session, keys, meeting_id)
    changes = {
        "revision": meeting.revision,
        "opinions": opinions_json(session, keys, person, changed, () if kept is None else kept.people),
        "order": [row.key for row in rows],
        "stage": meeting.stage,
        **_common(session, keys, person, meeting, rows, hidden, kept, moment),
    }
    return Seen(changes, _secret(changed))


def read_opinion(session: Session, keys: KeyRing, person: Person, meeting_id: int, key: str) -> Json | None:
    """One opinion as it stands, for who was overtaken; ``None`` if the person may not see it (any more)."""
    rows = [row for row in _rows(session, person, meeting_id)[0] if row.key == key]
    kept = load_minutes(session, keys, meeting_id) if rows and rows[0].confidential else None
    found = opinions_json(session, keys, person, rows, () if kept is None else kept.people)
    return found[0] if found else None


@cache
def measured() -> Mapping[str, Any]:
    """How often the model erred among held-out opinions, by confidence; empty where nothing was measured."""
    if importlib.util.find_spec("ydan.measured") is None:
        return {}
    try:
        found = importlib.import_module("ydan.measured").load_measured()
    except YDanError:
        return {}
    plain = found.to_json() if hasattr(found, "to_json") else found
    return plain if isinstance(plain, dict) else {}


def _rows(session: Session, person: Person, meeting_id: int) -> tuple[list[Opinion], int]:
    """The live opinions that the person may see, in order, and how many there are besides."""
    live = Opinion.meeting_id == meeting_id, Opinion.state == "live"
    rows = session.scalars(
        select(Opinion).where(*live, opinions_open_to(person)).order_by(Opinion.position, Opinion.id)
    ).all()
    total = session.scalar(select(func.count()).select_from(Opinion).where(*live)) or 0
    return list(rows), total - len(rows)


def _common(
    session: Session,
    keys: KeyRing,
    person: Person,
    meeting: Meeting,
    rows: Sequence[Opinion],
    hidden: int,
    kept: KeptMinutes | None,
    moment: datetime,
) -> Json:
    mine = select(Operation.id).where(
        Operation.meeting_id == meeting.id,
        Operation.by == person.id,
        Operation.kind != "undo",
        Operation.undone_by.is_(None),
    )
    return {
        "answers": _answers_json(session, keys, person, meeting.id, rows, hidden, kept),
        "alike": alike_json(session, meeting.id, {row.id: row.key for row in rows}),
        "present": who_is_here(session, person, meeting.id, {row.key for row in rows}, moment),
        "can_undo": session.execute(mine.limit(1)).first() is not None,
        "done": hidden == 0 and all(row.reviewed_by is not None for row in rows),
        "hidden": hidden,
    }


def _meeting_json(meeting: Meeting) -> Json:
    return {
        "id": meeting.id,
        "title": meeting.title,
        "held_on": None if meeting.held_on is None else meeting.held_on.isoformat(),
        "host_level": meeting.host_level,
        "stage": meeting.stage,
        "revision": meeting.revision,
        "warnings": meeting.warnings,
    }


def _extract_json(session: Session, keys: KeyRing, person: Person, meeting_id: int, kept: KeptMinutes) -> Json:
    extract, full = kept.minutes.extract, person.may("names.read")
    hidden = find_hidden(session, keys, person, meeting_id)
    text = extract.text if full else kept.covered
    blocks = []
    for block in extract.blocks:
        cell = None if block.cell is None else list(block.cell)
        blocks.append([block.kind, block.start, block.end, block.place.to_json(), cell])
    return {"text": covered_extract(text, extract, hidden.spans, hidden.shown, hidden.names), "blocks": blocks}


def _answers_json(
    session: Session,
    keys: KeyRing,
    person: Person,
    meeting_id: int,
    rows: Sequence[Opinion],
    hidden: int,
    kept: KeptMinutes | None,
) -> list[Json]:
    """Answers in the order of the minutes; one that speaks of something hidden from the person is left out."""
    found = session.execute(
        select(Answer.id, Answer.key, Answer.kind, Answer.text, Answer.speaker, Answer.span)
        .where(Answer.meeting_id == meeting_id)
        .order_by(Answer.id)
    ).all()
    links: dict[int, list[int]] = {}
    query = (
        select(AnswerTo.answer_id, AnswerTo.opinion_id)
        .join(Opinion)
        .where(Opinion.meeting_id == meeting_id, Opinion.state == "live")
    )
    for answer_id, opinion_id in session.execute(query):
        links.setdefault(answer_id, []).append(opinion_id)
    seen = {row.id: row.key for row in rows}
    open_ = [answer for answer in found if answer.text or _may_read(links.get(answer.id, []), seen, hidden)]
    full = personal.read(session, keys, "answer", [one.id for one in open_], "text") if open_ else {}
    if not person.may("names.read"):
        closed = {one.id for one in open_ if not one.text}
        if closed and kept is None:
            kept = load_minutes(session, keys, meeting_id)
        people = () if kept is None else kept.people
        full = {id_: cover(text, people) for id_, text in full.items() if id_ in closed}
    return [
        {
            "key": answer.key or f"n{answer.id}",
            "kind": answer.kind,
            "text": full.get(answer.id, answer.text),
            "speaker": answer.speaker,
            "opinions": [key for id_, key in seen.items() if id_ in links.get(answer.id, ())],
            "span": answer.span or None,
        }
        for answer in open_
    ]


def _may_read(linked: Sequence[int], seen: Mapping[int, str], hidden: int) -> bool:
    """An answer that is closed is for those who may read all that it speaks of; of one unlinked, all there is."""
    return all(id_ in seen for id_ in linked) and (bool(linked) or hidden == 0)


def _secret(rows: Sequence[Opinion]) -> list[int]:
    return [row.id for row in rows if row.confidential]

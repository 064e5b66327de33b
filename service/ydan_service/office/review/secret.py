"""Confidential opinions under review: set and lifted by hand, and what of the minutes goes with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ydan_service.errors import Invalid
from ydan_service.office.intake.kept import KeptMinutes
from ydan_service.office.intake.rows import add_tasks
from ydan_service.office.intake.sealing import seal, unseal
from ydan_service.office.review.desk import Desk, key_of, reason_of
from ydan_service.office.review.hiding import Span
from ydan_service.office.scope import opinions_open_to
from ydan_service.person import Person
from ydan_service.store import personal
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import Answer, ConfidentialReader, Opinion


@dataclass(frozen=True, slots=True)
class Hidden:
    """What one person may not read of a meeting: keys of live opinions, their spans and speakers; ``shown`` spans."""

    keys: frozenset[str]
    spans: tuple[Span, ...]
    shown: tuple[Span, ...]
    names: tuple[str, ...]


def find_hidden(
    session: Session, keys: KeyRing, person: Person, meeting_id: int, kept: KeptMinutes | None = None
) -> Hidden:
    """What ``person`` may not read; ``kept`` are the minutes, if they are at hand (not needed where nothing is)."""
    live = Opinion.meeting_id == meeting_id, Opinion.state == "live"
    gone = session.execute(
        select(Opinion.id, Opinion.key, Opinion.source).where(*live, ~opinions_open_to(person))
    ).all()
    if not gone:
        return Hidden(frozenset(), (), (), ())
    open_ = session.scalars(select(Opinion.source).where(*live, opinions_open_to(person)))
    names = personal.read(session, keys, "opinion", [row.id for row in gone], "name")
    spans = [_span(row.source) for row in gone]
    closed = select(Answer.span).where(Answer.meeting_id == meeting_id, Answer.key.is_not(None), Answer.text == "")
    spans += [(span[0], span[1]) for span in session.scalars(closed) if len(span) == 2]
    return Hidden(
        frozenset(row.key for row in gone),
        tuple(spans),
        tuple(_span(source) for source in open_),
        tuple(dict.fromkeys(names.values())),
    )


def hidden_from(desk: Desk) -> Hidden:
    """What the person at the desk may not read."""
    return find_hidden(desk.session, desk.keys, desk.person, desk.meeting.id)


def _span(source: Mapping[str, Any]) -> Span:
    return source["start"], source["end"]


def mark(desk: Desk, op: Mapping[str, Any]) -> None:
    """Make an opinion confidential, or lift it; only one of its readers finds it to lift it.

    :raises Invalid: no reason, or nothing to do.
    """
    value, reason = op.get("value"), reason_of(op)
    if not isinstance(value, bool):
        raise Invalid("Thao tác thiếu value (true: giữ kín, false: thôi giữ kín).")
    if len(reason) < 3:
        raise Invalid("Muốn giữ kín hoặc thôi giữ kín một ý kiến phải ghi lý do.")
    (opinion,) = desk.find([key_of(op)])
    if opinion.confidential == value:
        raise Invalid("Ý kiến này đã được giữ kín rồi." if value else "Ý kiến này không phải ý kiến giữ kín.")
    readers = readers_of(desk, opinion)
    desk.decide(opinion, "confidential", value, not value, reason=desk.keep_reason(opinion, reason))
    set_secret(desk, opinion, value, desk.setting.readers)
    desk.operation.kind = "confidential"
    desk.operation.detail = {"keys": [opinion.key], "value": value, "readers": readers}
    desk.record("opinion.confidential" if value else "opinion.not_confidential", opinion)


def set_secret(desk: Desk, opinion: Opinion, value: bool, readers: Sequence[int | None]) -> None:
    """Seal or unseal an opinion with the rows of those that it came of, for they hold its words too."""
    family = _family(desk, opinion)
    if not value and any(row.confidential and row.state == "live" for row in family if row is not opinion):
        family = [opinion]
    for row in [opinion, *(one for one in family if one is not opinion and one.state != "live")]:
        if row.confidential == value:
            continue
        if value:
            seal(desk.session, desk.keys, row, readers, desk.person.id)
        else:
            unseal(desk.session, desk.keys, row, desk.kept.people, _next_code(desk))
    if not value:
        minutes = desk.opinions.minutes()
        tasks = [task for answer in minutes.answers if opinion.key in answer.opinions for task in answer.tasks]
        add_tasks(desk.session, opinion, tasks, desk.kept.people)
    desk.touch(opinion)
    desk.settle(opinion)
    desk.cover_answers()


def readers_of(desk: Desk, opinion: Opinion) -> list[int]:
    """The accounts that may read a confidential opinion."""
    rows = select(ConfidentialReader.account_id).where(ConfidentialReader.opinion_id == opinion.id)
    return sorted(desk.session.scalars(rows))


def _family(desk: Desk, opinion: Opinion) -> list[Opinion]:
    """Every row, live or not, that shares words with the opinion by splitting, merging or correcting."""
    rows = list(desk.session.scalars(select(Opinion).where(Opinion.meeting_id == desk.meeting.id)))
    by_key = {row.key: row for row in rows}
    near: dict[str, set[str]] = {row.key: set() for row in rows}
    for row in rows:
        for parent in row.lineage:
            if parent in near:
                near[parent].add(row.key)
                near[row.key].add(parent)
    found, rest = {opinion.key}, [opinion.key]
    while rest:
        for key in near[rest.pop()] - found:
            found.add(key)
            if by_key[key].state != "live":  # what lives on its own is a matter of its own
                rest.append(key)
    return [by_key[key] for key in sorted(found)]


def _next_code(desk: Desk) -> str:
    codes = desk.session.scalars(
        select(Opinion.speaker_code).where(Opinion.meeting_id == desk.meeting.id, Opinion.speaker_code.like("CD-%"))
    )
    numbers = [int(digits) for code in codes if (digits := code[3:5]).isdigit()]
    return f"CD-{max(numbers, default=0) + 1:02d}"

"""What goes to a higher level: how many and why, and those that still have to be sent, the most urgent first."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Text, case, cast, false, func, select
from sqlalchemy.orm import Session

from ydan.rules import URGENCIES
from ydan.taxonomy import load_taxonomy
from ydan_service.office import settings
from ydan_service.office.leading.conditions import opinions_meant
from ydan_service.office.leading.excerpt import Piece, cut_at, excerpt
from ydan_service.office.leading.narrowing import NONE, Narrowing
from ydan_service.office.supervision.limits import limits_for
from ydan_service.office.supervision.workdays import after_workdays
from ydan_service.person import Person
from ydan_service.store.tables import Assessed, Commune, Meeting, Opinion

SHOWN = 6
"""Opinions told one by one; the rest is behind a link."""
SOON_DAYS = 3
"""Working days that the urgency ``soon`` leaves."""
_AROUND = 90
"""Letters kept on each side of the words that show a reason."""


@dataclass(frozen=True, slots=True)
class Up:
    """An opinion to be sent; ``words`` are covered, those that show the first reason marked.

    ``to`` is whom the model would send it to; ``report_by`` and ``left`` (days, negative: late) are None where nothing
    sets a day.
    """

    id: int
    words: tuple[Piece, ...]
    commune: str
    meeting_id: int
    held_on: date | None
    topic: str | None
    level: str | None
    urgency: str | None
    codes: tuple[str, ...]
    to: str
    reviewed: bool
    report_by: date | None
    left: int | None


@dataclass(frozen=True, slots=True)
class GoingUp:
    """``waiting``: not sent yet and not settled; ``by_urgency`` and ``by_code`` are of those waiting.

    An opinion may have several codes. ``lines`` are empty for somebody who may not read opinions.
    """

    waiting: int
    by_urgency: tuple[tuple[str, int], ...]
    by_code: tuple[tuple[str, int], ...]
    lines: tuple[Up, ...]


def meant(narrowing: Narrowing) -> Narrowing:
    """Those that wait to be sent."""
    return narrowing.but(escalate=True, sent=False, open=True)


def find_going_up(session: Session, person: Person, narrowing: Narrowing, today: date) -> GoingUp:
    """Two questions, and for readers of opinions two more."""
    # escalate as an expression: its index would lead SQLite through every session's opinions
    where = opinions_meant(meant(narrowing).but(escalate=None), person, today) & func.coalesce(
        Opinion.escalate, false()
    )
    codes = cast(Opinion.codes, Text)
    urgencies: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for urgency, raw, n in session.execute(
        select(Opinion.urgency, codes, func.count()).where(where).group_by(Opinion.urgency, codes)
    ):
        urgencies[urgency or NONE] += n
        for code in set(json.loads(raw or "[]")):
            reasons[code] += n
    lines = _lines(session, where, today) if urgencies and person.may("meetings.read") else ()
    known = [*load_taxonomy().escalation_codes, *sorted(reasons)]
    return GoingUp(
        urgencies.total(),
        tuple((urgency, urgencies[urgency]) for urgency in (*URGENCIES, NONE) if urgencies[urgency]),
        tuple(
            sorted(((code, reasons[code]) for code in dict.fromkeys(known) if reasons[code]), key=lambda one: -one[1])
        ),
        lines,
    )


def report_by(urgency: str | None, held_on: date | None, conclusion_days: int | None) -> date | None:
    """The last day to report an opinion of a session; None where only the periodic report or nothing sets one.

    >>> report_by("immediate", date(2026, 3, 6), 10), report_by("soon", date(2026, 3, 6), 10)
    (datetime.date(2026, 3, 7), datetime.date(2026, 3, 11))
    """
    if held_on is None:
        return None
    if urgency == "immediate":
        return held_on + timedelta(days=1)
    if urgency == "soon":
        return after_workdays(held_on, SOON_DAYS)
    if urgency == "with_conclusion" and conclusion_days is not None:
        return held_on + timedelta(days=conclusion_days)
    return None


def _lines(session: Session, where: Any, today: date) -> tuple[Up, ...]:
    """Of one urgency the newest first: what was said yesterday must not hide behind what nobody sent last spring."""
    rank = case({urgency: at for at, urgency in enumerate(URGENCIES)}, value=Opinion.urgency, else_=len(URGENCIES))
    order = rank, Meeting.held_on.is_(None), Meeting.held_on.desc(), Meeting.id.desc(), Opinion.id
    ids = session.scalars(
        select(Opinion.id).join(Meeting, Meeting.id == Opinion.meeting_id).where(where).order_by(*order).limit(SHOWN)
    ).all()
    rows = session.execute(
        select(
            Opinion.id, Opinion.text, Opinion.topic, Opinion.level, Opinion.urgency, Opinion.codes,
            Opinion.reviewed_at, Opinion.meeting_id, Meeting.held_on, Meeting.host_level, Commune.name, Assessed.answer,
        )
        .join(Meeting, Meeting.id == Opinion.meeting_id)
        .join(Commune, Commune.id == Meeting.commune_id)
        .outerjoin(Assessed, Assessed.opinion_id == Opinion.id)
        .where(Opinion.id.in_(ids))
        .order_by(*order)
    ).all()  # fmt: skip
    values = settings.read(session) if rows else {}
    found = []
    for row in rows:
        answer, codes = row.answer or {}, tuple(row.codes or ())
        days = limits_for(values, row.held_on, row.host_level).conclusion.value if row.held_on is not None else None
        day = report_by(row.urgency, row.held_on, days)
        found.append(
            Up(
                row.id, _words(row.text, codes, answer), row.name, row.meeting_id, row.held_on, row.topic, row.level,
                row.urgency, codes, _addressee(row.level, answer), row.reviewed_at is not None, day,
                None if day is None else (day - today).days,
            )
        )  # fmt: skip
    return tuple(found)


def _words(text: str, codes: Sequence[str], answer: Mapping[str, Any]) -> tuple[Piece, ...]:
    """Around the words that show the first reason still held, those of all such reasons marked; else the beginning."""
    reasons = [each for each in (answer.get("escalation") or {}).get("reasons") or () if each.get("code") in codes]
    spans = [(int(start), int(end)) for start, end in (each.get("span") or (0, 0) for each in reasons)]
    spans = [(start, end) for start, end in spans if 0 <= start < end <= len(text) and end - start <= _AROUND]
    if not spans:
        return excerpt(text, most=2 * _AROUND)
    first, last = spans[0]
    left = text.rfind(" ", 0, first - _AROUND) + 1 if first > _AROUND else 0
    right = text.find(" ", last + _AROUND)
    right = len(text) if right < 0 else right
    pieces = cut_at(text[left:right], [(start - left, end - left) for start, end in spans])
    return ((Piece("… "),) if left else ()) + pieces + ((Piece(" …"),) if right < len(text) else ())


def _addressee(now: str | None, answer: Mapping[str, Any]) -> str:
    """As the model named it, while the level is still the one that it chose by."""
    up, level = answer.get("escalation") or {}, (answer.get("jurisdiction") or {}).get("level") or {}
    to = up.get("to") or {}
    return str((to.get("body") or {}).get("label") or "") if level.get("id") == now else ""

"""The sessions that the dashboard looks at: those meant, those of the year before, the latest beside the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from ydan_service.errors import NotFound
from ydan_service.office.leading.narrowing import Narrowing
from ydan_service.office.scope import meetings_in_scope
from ydan_service.person import Person
from ydan_service.store.tables import Meeting

BEFORE = timedelta(days=365)
"""How far back a topic's usual share is looked up."""
_UNREAD = ("reading", "failed")


class Held(NamedTuple):
    """A session as far as figures need it."""

    id: int
    commune_id: int
    held_on: date | None
    title: str
    meeting_type: str
    host_level: str
    attendance: int | None
    stage: str

    @property
    def order(self) -> tuple[date, int]:
        """By day, then as they were entered; without a day before all."""
        return self.held_on or date.min, self.id


class Pair(NamedTuple):
    """A commune's latest session meant and the one before it, of the same kind."""

    latest: Held
    previous: Held


@dataclass(frozen=True, slots=True)
class Sessions:
    """``now``: those meant, oldest first. ``before``: of the same communes, in the year before them. ``pairs``: one a
    commune that has both. ``undated``: in scope, but on no day, thus in no period; ``unread``: meant, but not read yet.
    ``choices``: all that may be chosen, latest first.
    """

    now: tuple[Held, ...]
    before: tuple[Held, ...]
    pairs: tuple[Pair, ...]
    undated: int
    unread: int
    choices: tuple[Held, ...]

    @property
    def communes(self) -> tuple[int, ...]:
        """Communes that held one of those meant."""
        return tuple(dict.fromkeys(each.commune_id for each in self.now))

    @property
    def latest(self) -> Held | None:
        """The last one that may be chosen."""
        return next((each for each in self.choices if each.held_on is not None), None)


def find_sessions(session: Session, person: Person, narrowing: Narrowing) -> Sessions:
    """One question, whatever is meant; the rest is told apart here.

    :raises NotFound: the session meant is none of the person's.
    """
    wanted = select(*(getattr(Meeting, name) for name in Held._fields)).where(meetings_in_scope(person))
    if narrowing.commune is not None:
        wanted = wanted.where(Meeting.commune_id == narrowing.commune)
    everything = sorted((Held(*row) for row in session.execute(wanted)), key=lambda each: each.order)
    meant = [each for each in everything if _meant(each, narrowing)]
    if narrowing.meeting is not None and not meant:
        raise NotFound("Không có hội nghị này trong địa bàn đã chọn. Hãy chọn lại trong danh sách hội nghị.")
    read = [each for each in everything if each.stage not in _UNREAD]
    now = [each for each in meant if each.stage not in _UNREAD]
    return Sessions(
        tuple(now),
        _before(read, now, narrowing),
        _pairs(read, now),
        sum(each.held_on is None for each in everything),
        len(meant) - len(now),
        tuple(reversed(everything)),
    )


def _meant(each: Held, narrowing: Narrowing) -> bool:
    if narrowing.meeting is not None:
        return each.id == narrowing.meeting
    if narrowing.undated:
        return each.held_on is None
    if narrowing.start is None and narrowing.end is None:
        return True
    day = each.held_on
    return day is not None and (narrowing.start or date.min) <= day <= (narrowing.end or date.max)


def _before(read: Sequence[Held], now: Sequence[Held], narrowing: Narrowing) -> tuple[Held, ...]:
    """None where the period has no beginning: there is no "before" then."""
    start = now[0].held_on if narrowing.meeting is not None and now else narrowing.start
    if start is None:
        return ()
    communes = {each.commune_id for each in now}
    return tuple(
        each
        for each in read
        if each.held_on is not None and start - BEFORE <= each.held_on < start and each.commune_id in communes
    )


def _pairs(read: Sequence[Held], now: Sequence[Held]) -> tuple[Pair, ...]:
    latest = {each.commune_id: each for each in now if each.held_on is not None}
    found = []
    for one in latest.values():
        alike = [each for each in read if (each.commune_id, each.meeting_type) == (one.commune_id, one.meeting_type)]
        earlier = [each for each in alike if each.held_on is not None and each.order < one.order]
        if earlier:
            found.append(Pair(one, earlier[-1]))
    return tuple(found)

"""Offices to choose from while a line is edited: those of the meeting, and those that the commune named before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ydan.documents.wording import BLANK, capital
from ydan_service.office.following.bodies import key_of
from ydan_service.office.masking import SIGN
from ydan_service.office.papers.lines import Conclusion
from ydan_service.office.papers.opening import Opened
from ydan_service.store.tables import Assignment, Dispatch, Meeting, Opinion

_MOST = 60


@dataclass(frozen=True, slots=True)
class Suggested:
    """Whom to charge, and whom to write to."""

    bodies: tuple[str, ...]
    addressees: tuple[str, ...]


def suggest(session: Session, opened: Opened, conclusion: Conclusion) -> Suggested:
    """Each office once, however it was spelled; those of this meeting first."""
    commune = opened.meeting.commune_id
    charged = (
        select(Assignment.body)
        .join(Opinion, Opinion.id == Assignment.opinion_id)
        .join(Meeting, Meeting.id == Opinion.meeting_id)
        .where(Meeting.commune_id == commune, ~Opinion.confidential)
        .distinct()
        .limit(_MOST)
    )
    sent = (
        select(Dispatch.addressee).join(Meeting, Meeting.id == Dispatch.meeting_id).where(Meeting.commune_id == commune)
    )
    here = [line.fields["charged"].printed for line in conclusion.lines]
    own = [line.body for line in conclusion.lines if line.level == opened.dossier.host_level]
    to = [line.fields["addressee"].printed for line in conclusion.lines]
    away = [line.body for line in conclusion.lines if line.list == "forwarded"]
    return Suggested(
        _once([*here, *own, *session.scalars(charged)]),
        _once([*to, *away, *session.scalars(sent.distinct().limit(_MOST))]),
    )


def _once(names: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for name in names:
        for part in name.split(";"):
            office = part.strip()
            if office and SIGN not in office and "……" not in office and not BLANK.search(office):
                found.setdefault(key_of(office), capital(office))
    return tuple(found.values())[:_MOST]

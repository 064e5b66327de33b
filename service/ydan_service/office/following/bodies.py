"""Offices that opinions wait for, as minutes and persons wrote them: one office, however it was spelled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ydan.documents.wording import BLANK, capital, clean, official
from ydan.text import fold
from ydan_service.office.following.deadlines import awaited
from ydan_service.office.following.wanted import NOBODY
from ydan_service.office.scope import meetings_in_scope, opinions_open_to
from ydan_service.person import Person
from ydan_service.store.tables import Assignment, Dispatch, Dispatched, Meeting, Opinion

USUAL = (
    "Văn phòng HĐND và UBND", "Phòng Kinh tế", "Phòng Kinh tế, Hạ tầng và Đô thị", "Phòng Văn hóa - Xã hội",
    "Trung tâm Phục vụ hành chính công", "Công an xã", "Ban Chỉ huy quân sự xã", "Trạm y tế", "Ủy ban MTTQ xã",
)  # fmt: skip
"""Offices of a commune since 1/7/2025 (NĐ 150/2025), offered while one types."""


def key_of(name: str) -> str:
    """What two spellings of one office have in common.

    >>> key_of("phòng  Kinh tế") == key_of("Phòng kinh tế") == "phong kinh te"
    True
    """
    return " ".join(fold(official(clean(name))).split())


def shown(name: str) -> str:
    """The name as a page says it: a capital first, a blank that nobody filled in left out."""
    return capital(" ".join(BLANK.sub("", clean(name)).split())) or name


def spellings(session: Session, person: Person) -> dict[str, tuple[str, ...]]:
    """Key → how the office is written, for offices that the person's opinions wait for, by name."""
    mine = select(Meeting.id).where(meetings_in_scope(person))
    charged = (
        select(Assignment.body)
        .join(Opinion, Opinion.id == Assignment.opinion_id)
        .where(Assignment.done_on.is_(None), Opinion.state == "live", opinions_open_to(person))
        .distinct()
    )
    sent = (
        select(Dispatch.addressee)
        .join(Dispatched, Dispatched.dispatch_id == Dispatch.id)
        .join(Opinion, Opinion.id == Dispatched.opinion_id)
        .where(awaited(), Opinion.state == "live")
        .distinct()
    )
    if not person.everywhere:
        charged, sent = charged.where(Opinion.meeting_id.in_(mine)), sent.where(Dispatch.meeting_id.in_(mine))
    found: dict[str, list[str]] = {}
    for name in [*session.scalars(charged), *session.scalars(sent)]:
        if name:
            found.setdefault(key_of(name), []).append(name)
    return {key: tuple(names) for key, names in sorted(found.items())}


def choices(known: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """Key and name of each, to choose from."""
    return [(key, shown(names[0])) for key, names in known.items()]


def offered(known: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Names to offer while one types: those in use, then the usual ones."""
    return offered_of(choices(known))


def offered_of(named: Sequence[tuple[str, str]]) -> list[str]:
    """The same of pairs of key and name."""
    used = {key for key, _name in named}
    return [*(name for _key, name in named), *(name for name in USUAL if key_of(name) not in used)]


def variants_of(known: Mapping[str, tuple[str, ...]], key: str) -> tuple[str, ...]:
    """How the office of a key is written; what is none finds nothing."""
    return known.get(key_of(key), ()) if key != NOBODY else ()

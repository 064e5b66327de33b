"""The documents of a meeting on one page: what can be made, what was made, whether it still says what stands now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ydan.documents.plans import KINDS, SEALED, Plan
from ydan_service.office.papers.making import NAMEABLE, Wanted, plans_of, readable
from ydan_service.office.papers.opening import Opened
from ydan_service.office.papers.titles import TITLES, name_of
from ydan_service.person import Person
from ydan_service.store.tables import (
    Account,
    AuditEvent,
    ConfidentialReader,
    Dispatch,
    Document,
    KeptFile,
    Meeting,
    Opinion,
)

_FACTS = frozenset({"meeting.change"})
_OF_THE_NOTICE = frozenset({"meeting.publish"})


@dataclass(frozen=True, slots=True)
class Kept:
    """A document that was made; ``size`` in bytes, ``changed`` when the meeting changed since."""

    id: int
    name: str
    kind: str
    named: bool
    confidential: bool
    checks: tuple[str, ...]
    revision: int
    by: str
    at: datetime
    size: int
    changed: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document: ``opinions`` it would hold now (0: the meeting calls for it no more), what was made of it, the
    latest first, and the letter that follows it up."""

    name: str
    kind: str
    named: bool
    opinions: int
    made: tuple[Kept, ...]
    dispatch: Dispatch | None = None

    @property
    def latest(self) -> Kept | None:
        """What was made last."""
        return self.made[0] if self.made else None


@dataclass(frozen=True, slots=True)
class Shelf:
    """One kind with its documents; ``nameable`` where it can have citizens' names."""

    kind: str
    title: str
    what: str
    nameable: bool
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Shelves:
    """Everything; ``sealed`` is nothing for who may read no confidential opinion, ``hidden`` how many there are."""

    shelves: tuple[Shelf, ...]
    sealed: Shelf | None
    hidden: int

    @property
    def made(self) -> int:
        """How many documents have been made."""
        return sum(bool(sheet.made) for shelf in self.shelves for sheet in shelf.sheets)

    @property
    def changed(self) -> int:
        """How many of them the meeting has left behind."""
        latest = [sheet.latest for shelf in self.shelves for sheet in shelf.sheets]
        return sum(one is not None and one.changed for one in latest)


def list_documents(session: Session, person: Person, opened: Opened | None, meeting: Meeting) -> Shelves:
    """What ``person`` gets to see; without a dossier (the minutes are not kept any more) only what was made."""
    kept = _kept(session, person, meeting)
    plans = [] if opened is None else plans_of(opened, opened.dossier, Wanted(tuple(KINDS)))
    letters = _letters(session, meeting.id)
    shelves = tuple(
        Shelf(kind, title, KINDS[kind], kind in NAMEABLE, _sheets(kind, plans, kept, letters))
        for kind, title in TITLES.items()
        if kind != SEALED
    )
    hidden = 0 if opened is None else len(opened.dossier.confidential)
    return Shelves(shelves, _sealed(session, person, opened, kept), hidden)


def may_open(session: Session, person: Person, document: Document) -> bool:
    """Whether a person may have a document: names by right, whatever is confidential in it by now by its readers."""
    if document.named and not person.may("names.read"):
        return False
    return not (set(document.opinions) & _closed_to(session, person, document.meeting_id))


def _closed_to(session: Session, person: Person, meeting_id: int) -> set[int]:
    """The confidential opinions of a meeting, live or not, that a person may not read."""
    mine = select(ConfidentialReader.opinion_id).where(ConfidentialReader.account_id == person.id)
    rows = select(Opinion.id).where(Opinion.meeting_id == meeting_id, Opinion.confidential, Opinion.id.not_in(mine))
    return set(session.scalars(rows))


def _kept(session: Session, person: Person, meeting: Meeting) -> dict[tuple[str, str, bool], list[Kept]]:
    """What was made, by kind, name and whether it has names, the latest first."""
    closed = _closed_to(session, person, meeting.id)
    facts, notice = _changed_at(session, meeting.id)
    rows = session.execute(
        select(Document, KeptFile.size, Account.display_name)
        .join(KeptFile, KeptFile.id == Document.file_id)
        .outerjoin(Account, Account.id == Document.by)
        .where(Document.meeting_id == meeting.id)
        .order_by(Document.id.desc())
    )
    found: dict[tuple[str, str, bool], list[Kept]] = {}
    for document, size, by in rows:
        if (document.named and not person.may("names.read")) or set(document.opinions) & closed:
            continue
        since = max(filter(None, (facts, notice if document.kind == "thong-bao-ket-luan" else None)), default=None)
        changed = document.revision < meeting.revision or (since is not None and since > document.at)
        found.setdefault((document.kind, document.name, document.named), []).append(
            Kept(
                document.id,
                document.name,
                document.kind,
                document.named,
                document.confidential,
                tuple(document.checks),
                document.revision,
                by or "",
                document.at,
                size,
                changed,
            )
        )
    return found


def _changed_at(session: Session, meeting_id: int) -> tuple[datetime | None, datetime | None]:
    """When the meeting's facts were set right last, and when its conclusion was published: neither is a revision."""
    rows = session.execute(
        select(AuditEvent.action, func.max(AuditEvent.at).label("at"))
        .where(
            AuditEvent.subject == "meeting",
            AuditEvent.subject_id == str(meeting_id),
            AuditEvent.action.in_(_FACTS | _OF_THE_NOTICE),
        )
        .group_by(AuditEvent.action)
    )
    found = {row.action: row.at for row in rows}
    return found.get("meeting.change"), found.get("meeting.publish")


def _letters(session: Session, meeting_id: int) -> dict[int, Dispatch]:
    rows = session.scalars(select(Dispatch).where(Dispatch.meeting_id == meeting_id, Dispatch.document_id.is_not(None)))
    return {row.document_id: row for row in rows if row.document_id is not None}


def _sheets(
    kind: str,
    plans: Iterable[Plan],
    kept: Mapping[tuple[str, str, bool], Sequence[Kept]],
    letters: Mapping[int, Dispatch],
) -> tuple[Sheet, ...]:
    """Those that can be made now, those made with names beside them, then those that are called for no more."""
    found: list[Sheet] = []
    now_ = {name_of(plan): len(plan.items) for plan in plans if plan.kind == kind}
    for name, opinions in now_.items():
        made = tuple(kept.get((kind, name, False), ()))
        found.append(Sheet(name, kind, False, opinions, made, _dispatch_of(made, letters)))
        if (kind, name, True) in kept:
            found.append(Sheet(name, kind, True, opinions, tuple(kept[kind, name, True])))
    for (one, name, named), made_before in kept.items():
        if one == kind and name not in now_:
            made = tuple(made_before)
            found.append(Sheet(name, kind, named, 0, made, _dispatch_of(made, letters)))
    return tuple(found)


def _dispatch_of(made: Collection[Kept], letters: Mapping[int, Dispatch]) -> Dispatch | None:
    return next((letters[one.id] for one in made if one.id in letters), None)


def _sealed(
    session: Session,
    person: Person,
    opened: Opened | None,
    kept: Mapping[tuple[str, str, bool], Sequence[Kept]],
) -> Shelf | None:
    """The confidential list for its readers; nothing for the others, not even that it was made."""
    plans: list[Plan] = []
    if opened is not None and opened.dossier.confidential:
        plans = plans_of(opened, readable(session, person, opened), Wanted((), sealed=True))
    sheets = _sheets(SEALED, plans, kept, {})
    return Shelf(SEALED, TITLES[SEALED], "", False, sheets) if sheets else None

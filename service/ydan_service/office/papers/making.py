"""Documents of a meeting made and kept: drawn up outside of a transaction, sealed with what a person must check."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from ydan.documents import Dossier, Plan, plan_documents, render_plan
from ydan.documents.form import FORMS
from ydan.documents.letters import SIDE, UP
from ydan.documents.plans import KINDS
from ydan.predictor import Predictor
from ydan_service.errors import Forbidden, Invalid, NotFound
from ydan_service.office.papers.hold import hold, require_right
from ydan_service.office.papers.opening import Opened, open_dossier
from ydan_service.office.papers.sending import Written, draft_letters, drop_drafts
from ydan_service.office.papers.titles import media_of, name_of
from ydan_service.office.scope import visible_meeting
from ydan_service.person import Person
from ydan_service.store import audit, files
from ydan_service.store.store import Store
from ydan_service.store.tables import ConfidentialReader, Document, Opinion

NAMEABLE = ("bieu-tong-hop", "phieu-huong-dan", "bien-ban", "so-tiep-cong-dan")
"""Kinds that the office may want with citizens' names, for its own files."""
_WAYS = {"cong-van-kien-nghi": UP, "phieu-chuyen": SIDE}
_COMMAND = " (--names full)"
"""What only the command line calls so."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to make: kinds of :data:`~ydan.documents.plans.KINDS`; only the one called ``name``, if that is given;
    with citizens' names; the confidential list; in which form (``auto``, ``state``, ``party``)."""

    kinds: tuple[str, ...]
    name: str = ""
    named: bool = False
    sealed: bool = False
    form: str = "auto"


def make(store: Store, predictor: Predictor, person: Person, meeting_id: int, wanted: Wanted) -> list[Document]:
    """Make and keep documents; what is made twice is kept twice, the page shows the later.

    :raises Forbidden: the person may not, or not with names.
    :raises Invalid: an unknown kind or form, or a kind that never has names.
    :raises NotFound: the meeting has no such document.
    """
    require_right(person)
    _check(person, wanted)
    with store.read() as session:
        meeting = visible_meeting(session, person, meeting_id)
        opened = open_dossier(session, store.keys, predictor, meeting, "full" if wanted.named else "code")
        dossier = opened.dossier
        if wanted.sealed:
            dossier = readable(session, person, opened)
            if not dossier.confidential:
                raise NotFound("Không có nội dung giữ kín nào mà tài khoản này được đọc.")
        revision = meeting.revision
    plans = [plan for plan in plans_of(opened, dossier, wanted) if not wanted.name or name_of(plan) == wanted.name]
    if not plans:
        raise NotFound("Cuộc họp này không có văn bản loại đó. Hãy tải lại trang xem danh sách.")
    drawn = [(plan, *render_plan(plan)) for plan in plans]
    with store.begin() as session:
        hold(session, person, meeting_id, grow=0)
        made = [
            _keep(session, store, person, opened, plan, data, checks, revision, wanted) for plan, data, checks in drawn
        ]
        _draft(session, person, meeting_id, wanted, list(zip(made, plans, strict=True)), opened)
        _record(session, person, meeting_id, wanted, made)
    return made


def plans_of(opened: Opened, dossier: Dossier, wanted: Wanted) -> list[Plan]:
    """What is to be made of a dossier, not made yet; the notice with its number and day where it was published."""
    meeting = opened.meeting
    return plan_documents(
        dossier,
        form=wanted.form,
        which=wanted.kinds,
        confidential=wanted.sealed,
        number=meeting.conclusion_number or "",
        signed_on=meeting.conclusion_published_on,
    )


def readable(session: Session, person: Person, opened: Opened) -> Dossier:
    """The dossier with those confidential opinions alone that the person may read."""
    mine = set(
        session.scalars(
            select(Opinion.key)
            .join(ConfidentialReader, ConfidentialReader.opinion_id == Opinion.id)
            .where(Opinion.meeting_id == opened.meeting.id, ConfidentialReader.account_id == person.id)
        )
    )
    kept = tuple(item for item in opened.dossier.items if not item.confidential or item.id in mine)
    return replace(opened.dossier, items=kept)


def _check(person: Person, wanted: Wanted) -> None:
    if set(wanted.kinds) - set(KINDS) or not (wanted.kinds or wanted.sealed):
        raise Invalid("Không có loại văn bản này. Hãy chọn trong danh sách.")
    if wanted.form not in ("auto", *FORMS):
        raise Invalid("Thể thức chỉ có: tự chọn, Nhà nước, Đảng.")
    if wanted.named and not person.may("names.read"):
        raise Forbidden("Tài khoản này không được xem họ tên công dân nên không xuất được bản có họ tên.")
    if wanted.named and set(wanted.kinds) - set(NAMEABLE):
        raise Invalid("Loại văn bản này gửi ra ngoài nên không ghi họ tên công dân. Hãy bỏ lựa chọn ghi họ tên.")


def _keep(
    session: Session,
    store: Store,
    person: Person,
    opened: Opened,
    plan: Plan,
    data: bytes,
    checks: Sequence[str],
    revision: int,
    wanted: Wanted,
) -> Document:
    name = name_of(plan)
    file = files.keep(session, store.keys, opened.meeting.id, "document", name, media_of(name), data, person.id)
    document = Document(
        meeting_id=opened.meeting.id,
        file_id=file.id,
        kind=plan.kind,
        name=name,
        checks=[check.removesuffix(_COMMAND) for check in checks],
        revision=revision,
        confidential=wanted.sealed and plan.kind not in KINDS,
        named=wanted.named and plan.kind in NAMEABLE,
        opinions=[opened.rows[key].id for key in plan.items],
        by=person.id,
    )
    session.add(document)
    session.flush()
    return document


def _draft(
    session: Session,
    person: Person,
    meeting_id: int,
    wanted: Wanted,
    made: Collection[tuple[Document, Plan]],
    opened: Opened,
) -> None:
    letters = [
        Written(document, plan.letter.way, plan.letter.addressee, tuple(opened.rows[key].id for key in plan.items))
        for document, plan in made
        if plan.letter is not None
    ]
    draft_letters(session, person, meeting_id, letters)
    for kind, way in _WAYS.items():
        if kind in wanted.kinds and not wanted.name:
            drop_drafts(session, meeting_id, way, [one.addressee for one in letters if one.way == way])


def _record(session: Session, person: Person, meeting_id: int, wanted: Wanted, made: Sequence[Document]) -> None:
    kinds = sorted({one.kind for one in made})
    audit.record(
        session, person, "document.make", "meeting", meeting_id, kinds=kinds, documents=[one.id for one in made],
        named=wanted.named, confidential=wanted.sealed,
    )  # fmt: skip

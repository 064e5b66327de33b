"""Letters and slips: the list by how far they are, and one with its opinions and what came back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from ydan_service.errors import NotFound
from ydan_service.office import settings
from ydan_service.office.following.conditions import of_meetings
from ydan_service.office.following.deadlines import awaited, due_of
from ydan_service.office.following.sending import visible_dispatch
from ydan_service.office.following.wanted import Wanted
from ydan_service.office.scope import opinions_open_to
from ydan_service.person import Person
from ydan_service.store import audit, files, personal
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import Dispatch, Dispatched, Document, KeptFile, Meeting, Opinion, Reply

STATES = ("late", "awaited", "draft", "replied")
"""``late``: the answer is overdue; ``awaited``: in time; ``draft``: not sent; ``replied``: nothing to wait for."""
PAGE = 25


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in the list; ``late`` days past the day on which the answer was due (negative: days left)."""

    dispatch: Dispatch
    meeting: Meeting
    opinions: int
    replies: int
    state: str
    due: date | None
    late: int | None


@dataclass(frozen=True, slots=True)
class Letters:
    """One page of letters in one state."""

    state: str
    counts: Mapping[str, int]
    letters: Sequence[Letter]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One letter: the opinions in it that the person may see, how many others, and the replies in full words or not."""

    letter: Letter
    opinions: Sequence[Opinion]
    hidden: int
    replies: Sequence[Reply]
    texts: Mapping[int, str]
    files: Mapping[int, KeptFile]
    document: Document | None


def list_letters(session: Session, person: Person, wanted: Wanted, state: str, page: int, today: date) -> Letters:
    """The letters of meetings in scope in one state, the most urgent first; without one the first that has any."""
    days = settings.number(session, "reply_days")
    where = Dispatch.meeting_id.in_(select(Meeting.id).where(of_meetings(person, wanted)))
    heaps: dict[str, list[tuple[date, int]]] = {each: [] for each in STATES}
    for id_, due, waits in _asked(session, where, days):
        heaps[_state(due, waits, today)].append((due or date.min, id_))
    counts = {each: len(heap) for each, heap in heaps.items()}
    if state not in STATES:
        state = next((each for each in STATES if counts[each]), "awaited")
    pages = max(1, -(-counts[state] // PAGE))
    page = min(max(page, 1), pages)
    ids = [id_ for _due, id_ in sorted(heaps[state], reverse=state in ("draft", "replied"))]
    ids = ids[(page - 1) * PAGE : page * PAGE]
    found = {one.id: one for one in session.scalars(select(Dispatch).where(Dispatch.id.in_(ids)))}
    lines = _letters(session, [found[id_] for id_ in ids], dict.fromkeys(ids, state), today)
    return Letters(state, counts, lines, page, pages)


def look_at_letter(session: Session, keys: KeyRing, person: Person, dispatch_id: int, today: date) -> Shown:
    """One letter.

    :raises NotFound: not in the person's scope.
    """
    one = visible_dispatch(session, person, dispatch_id)
    days = settings.number(session, "reply_days")
    ((_id, due, waits),) = _asked(session, Dispatch.id == one.id, days)
    state = _state(due, waits, today)
    (letter,) = _letters(session, [one], {one.id: state}, today)
    inside = (
        select(Opinion).join(Dispatched, Dispatched.opinion_id == Opinion.id)
        .where(Dispatched.dispatch_id == one.id, Opinion.state == "live")
    )  # fmt: skip
    shown = session.scalars(
        inside.options(joinedload(Opinion.meeting)).where(Opinion.confidential.is_(False), opinions_open_to(person))
        .order_by(Opinion.position)
    ).all()  # fmt: skip
    everything = session.scalar(select(func.count()).select_from(inside.subquery())) or 0
    replies = list(one.replies)
    texts = (
        personal.read(session, keys, "reply", [each.id for each in replies], "text") if person.may("names.read") else {}
    )
    file_ids = [each.file_id for each in replies if each.file_id is not None]
    kept = {file.id: file for file in session.scalars(select(KeptFile).where(KeptFile.id.in_(file_ids)))}
    document = session.get(Document, one.document_id) if one.document_id is not None else None
    words = {each.id: texts.get(each.id, each.text) for each in replies}
    return Shown(letter, shown, everything - len(shown), replies, words, kept, document)


def load_reply_file(
    session: Session, keys: KeyRing, person: Person, dispatch_id: int, reply_id: int
) -> tuple[KeptFile, bytes]:
    """The file of a reply; the look leaves a line in the audit log.

    :raises NotFound: not in the person's scope, no such reply, or one without a file.
    """
    visible_dispatch(session, person, dispatch_id)
    reply = session.scalar(select(Reply).where(Reply.id == reply_id, Reply.dispatch_id == dispatch_id))
    file = session.get(KeptFile, reply.file_id) if reply is not None and reply.file_id is not None else None
    if file is None:
        raise NotFound("Trả lời này không có tệp kèm. Hãy mở lại trang công văn.")
    data = files.load(session, keys, file.id)
    audit.record(session, person, "dispatch.read_file", "dispatch", dispatch_id, reply=reply_id, file=file.id)
    return file, data


def _asked(session: Session, where: ColumnElement[bool], reply_days: int) -> Iterator[tuple[int, date | None, bool]]:
    """Of each letter the day on which its answer is due, and whether that is still to come."""
    waiting = set(
        session.scalars(
            select(Dispatched.dispatch_id)
            .join(Opinion, Opinion.id == Dispatched.opinion_id)
            .join(Dispatch, Dispatch.id == Dispatched.dispatch_id)
            .where(awaited(), Opinion.state == "live", where)
        )
    )
    for id_, sent_on, due_on in session.execute(select(Dispatch.id, Dispatch.sent_on, Dispatch.due_on).where(where)):
        yield id_, due_of(sent_on, due_on, reply_days), id_ in waiting


def _state(due: date | None, waits: bool, today: date) -> str:
    if due is None:
        return "draft"
    if not waits:
        return "replied"
    return "late" if due < today else "awaited"


def _letters(session: Session, found: Sequence[Dispatch], states: Mapping[int, str], today: date) -> list[Letter]:
    ids = [one.id for one in found]
    days = settings.number(session, "reply_days")
    inside = session.execute(
        select(Dispatched.dispatch_id, Opinion.state)
        .join(Opinion, Opinion.id == Dispatched.opinion_id)
        .where(Dispatched.dispatch_id.in_(ids))
    )
    counts = Counter(id_ for id_, state in inside if state == "live")
    answered = session.execute(
        select(Reply.dispatch_id, func.count()).where(Reply.dispatch_id.in_(ids)).group_by(Reply.dispatch_id)
    )
    replies = {id_: count for id_, count in answered}  # noqa: C416
    held = session.scalars(
        select(Meeting).options(selectinload(Meeting.commune)).where(Meeting.id.in_({one.meeting_id for one in found}))
    )
    meetings = {one.id: one for one in held}
    lines = []
    for one in found:
        due, state = due_of(one.sent_on, one.due_on, days), states[one.id]
        late = (today - due).days if due is not None and state in ("late", "awaited") else None
        lines.append(Letter(one, meetings[one.meeting_id], counts[one.id], replies.get(one.id, 0), state, due, late))
    return lines

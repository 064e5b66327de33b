"""The public board of a commune: what was raised, answered, is open with whom, was sent up. No person in it.

It is text for the office to look through and put up; opinions that may tell who spoke are left out or shown by their
matter alone, and the preview says which and why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ydan.documents.redact import named_people
from ydan.documents.status import suspicious
from ydan.taxonomy import load_taxonomy
from ydan_service.errors import NotFound
from ydan_service.office.following.bodies import shown
from ydan_service.office.following.public_words import Public, speaks_of_own
from ydan_service.office.following.rows import Row, rows_of
from ydan_service.office.scope import visible_commune
from ydan_service.person import Person
from ydan_service.store import personal
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import Answer, AnswerTo, Commune, Meeting, Opinion

BRIEF, ANSWER = 260, 320
"""Characters of an opinion and of an answer on the board, at most."""
PARTS = {
    "answered": ("da_giai_quyet", "da_giai_thich"),
    "working": ("dang_giai_quyet",),
    "sent": ("kien_nghi_cap_tren", "chuyen_co_quan_khac"),
    "open": ("chua_tra_loi",),
}
LEFT_OUT = ("confidential", "denunciation", "complaint", "unreviewed")
"""Why an opinion is not on the board; ``matter`` beside it: shown by its matter alone."""


@dataclass(frozen=True, slots=True)
class Posted:
    """One line: ``text`` may be empty (then only the matter is shown), ``who`` is the office, never a person."""

    opinion_id: int
    topic: str | None
    matter: str | None
    status: str
    village: str
    text: str
    answer: str
    answered_on: date | None
    who: tuple[str, ...]
    due: date | None
    late: int
    sent: bool
    """Whether a letter about it went out."""


@dataclass(frozen=True, slots=True)
class Left:
    """An opinion that is left out; of a confidential one not even the id is told."""

    reason: str
    opinion_id: int
    number: int


@dataclass(frozen=True, slots=True)
class BoardPart:
    """One meeting's part of the board."""

    meeting: Meeting
    parts: Mapping[str, Sequence[Posted]]
    left: Sequence[Left]
    confidential: int
    by_matter: int

    @property
    def posted(self) -> int:
        """How many opinions the board shows."""
        return sum(len(part) for part in self.parts.values())

    @property
    def reasons(self) -> Mapping[str, int]:
        """Why how many are left out."""
        counted = Counter(one.reason for one in self.left)
        counted["confidential"] += self.confidential
        return {reason: counted[reason] for reason in LEFT_OUT if counted[reason]}


@dataclass(frozen=True, slots=True)
class Board:
    """The board of a commune; ``choices`` are its meetings, newest first."""

    commune: Commune
    sessions: Sequence[BoardPart]
    choices: Sequence[tuple[int, date | None, str]]


def make_board(
    session: Session, keys: KeyRing, person: Person, commune_id: int, meeting_id: int | None, today: date
) -> Board:
    """The board of one meeting, of the last one where none is chosen.

    :raises NotFound: not the person's commune, or not its meeting.
    """
    commune = visible_commune(session, person, commune_id)
    meetings = session.scalars(
        select(Meeting)
        .where(Meeting.commune_id == commune.id, Meeting.stage.not_in(("reading", "failed")))
        .order_by(Meeting.held_on.is_(None), Meeting.held_on.desc(), Meeting.id.desc())
    ).all()
    if meeting_id is None:
        looked_at = select(Opinion.meeting_id).where(Opinion.state == "live", Opinion.reviewed_at.is_not(None))
        ready = set(session.scalars(looked_at.where(Opinion.meeting_id.in_([one.id for one in meetings])).distinct()))
        chosen = [one for one in meetings if one.id in ready][:1] or list(meetings[:1])
    else:
        chosen = [one for one in meetings if one.id == meeting_id]
        if not chosen:
            raise NotFound("Không có hội nghị này ở xã, phường đã chọn. Hãy chọn lại trong danh sách.")
    parts = [_session(session, keys, one, today) for one in chosen]
    return Board(commune, parts, [(one.id, one.held_on, one.title) for one in meetings])


def _session(session: Session, keys: KeyRing, meeting: Meeting, today: date) -> BoardPart:
    live = session.scalars(
        select(Opinion)
        .where(Opinion.meeting_id == meeting.id, Opinion.state == "live", Opinion.confidential.is_(False))
        .order_by(Opinion.position)
    ).all()
    secret = session.scalar(
        select(func.count()).where(Opinion.meeting_id == meeting.id, Opinion.state == "live", Opinion.confidential)
    )
    left = [Left(reason, one.id, one.position + 1) for one in live if (reason := why_left_out(one))]
    out = {one.opinion_id for one in left}
    rows = rows_of(session, [one for one in live if one.id not in out], today)
    public = _public(session, keys, meeting)
    answers = _answers(session, meeting.id)
    posted = [_post(row, public, answers.get(row.opinion.id)) for row in rows]
    order = {id_: at for at, id_ in enumerate(load_taxonomy().topics)}
    posted.sort(key=lambda one: (order.get(one.topic or "", len(order)), one.opinion_id))
    parts = {name: [one for one in posted if one.status in codes] for name, codes in PARTS.items()}
    return BoardPart(meeting, parts, left, secret or 0, sum(not one.text for one in posted))


def why_left_out(opinion: Opinion) -> str:
    """One of :data:`LEFT_OUT`, or nothing: it may be put up."""
    if opinion.confidential:
        return "confidential"
    if opinion.type == "denunciation" or suspicious(opinion.text) is not None:
        return "denunciation"
    if opinion.type == "complaint" or opinion.status == "huong_dan_kn_tc":
        return "complaint"
    return "unreviewed" if opinion.reviewed_at is None else ""


def _post(row: Row, public: Public, answer: Answer | None) -> Posted:
    one = row.opinion
    own = speaks_of_own(one.text)
    went = [letter for letter in row.sent if letter.sent_on is not None]
    offices = [task.body for task in row.charged] + [letter.addressee for letter in went]
    said = "" if own or answer is None or suspicious(answer.text) else public.of(answer.text, ANSWER)
    due = one.deadline if row.late is not None else None
    return Posted(
        one.id,
        one.topic,
        one.matter,
        one.status,
        "" if own else row.village,
        "" if own else public.of(one.text, BRIEF),
        said,
        answer.given_on if answer is not None and answer.key is None else None,
        tuple(dict.fromkeys(public.of(shown(office)) for office in offices if office)),
        due,
        max(0, row.late or 0),
        bool(went),
    )


def _answers(session: Session, meeting_id: int) -> dict[int, Answer]:
    """Opinion → the last answer to it that speaks of nothing confidential."""
    secret = (
        select(AnswerTo.answer_id)
        .join(Opinion, Opinion.id == AnswerTo.opinion_id)
        .where(Opinion.meeting_id == meeting_id, Opinion.confidential)
    )
    rows = session.execute(
        select(AnswerTo.opinion_id, Answer)
        .join(Answer, Answer.id == AnswerTo.answer_id)
        .where(Answer.meeting_id == meeting_id, Answer.text != "", Answer.id.not_in(secret))
        .order_by(Answer.id)
    )
    return {id_: answer for id_, answer in rows}  # noqa: C416 (rows are no pairs)


def _public(session: Session, keys: KeyRing, meeting: Meeting) -> Public:
    """Who must not be read on the board: the speakers of every opinion, and whom any names, also confidential ones."""
    ids = session.scalars(select(Opinion.id).where(Opinion.meeting_id == meeting.id)).all()
    names = personal.read(session, keys, "opinion", ids, "name")
    addresses = personal.read(session, keys, "opinion", ids, "address")
    full = personal.read(session, keys, "opinion", ids, "text")
    officials = [*(meeting.chair or "").split(";"), *(meeting.secretary or "").split(";")]
    speakers = dict.fromkeys((name, addresses.get(id_)) for id_, name in names.items())
    homes = dict.fromkeys(("", address) for id_, address in addresses.items() if id_ not in names)
    named = dict.fromkeys(name for text in full.values() for name in named_people(text))
    return Public([*speakers, *homes], named, officials)

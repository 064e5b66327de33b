"""Letters upward and sideways: made, sent, answered; the opinions in them go along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ydan_service.errors import Conflict, Invalid, NotFound
from ydan_service.office import settings
from ydan_service.office.following.answering import write_answer
from ydan_service.office.following.conditions import ANSWERED
from ydan_service.office.following.deadlines import WAITING, settle_deadlines
from ydan_service.office.following.hold import LONGEST, Hold, on_day, require_right, words
from ydan_service.office.following.statuses import write_status
from ydan_service.office.following.uploads import check_file
from ydan_service.office.scope import meetings_in_scope, opinions_open_to
from ydan_service.person import Person
from ydan_service.store import audit, files, personal
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import DIRECTIONS, Dispatch, Dispatched, Meeting, Opinion, Reply

STATUS = {"up": "kien_nghi_cap_tren", "sideways": "chuyen_co_quan_khac"}
KEEPS_WAITING = "cho"
"""As the outcome of a reply: it is one in between, the answer is still to come."""
_GONE = "Không có công văn này, hoặc không thuộc địa bàn của anh/chị. Hãy mở lại từ danh sách công văn."


@dataclass(frozen=True, slots=True)
class Facts:
    """What a letter says on its head; without ``sent_on`` it is a draft."""

    addressee: str
    number: str = ""
    sent_on: date | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """What came back: ``outcome`` is the status of the opinions from now on, or :data:`KEEPS_WAITING`."""

    text: str
    outcome: str
    number: str = ""
    received_on: date | None = None
    due_on: date | None = None
    file: tuple[str, bytes] | None = None
    told_on: date | None = None


def visible_dispatch(session: Session, person: Person, dispatch_id: int) -> Dispatch:
    """The letter.

    :raises NotFound: there is none, or it lies outside of the person's scope.
    """
    mine = select(Meeting.id).where(meetings_in_scope(person))
    found = session.scalar(select(Dispatch).where(Dispatch.id == dispatch_id, Dispatch.meeting_id.in_(mine)))
    if found is None:
        raise NotFound(_GONE)
    return found


def add_dispatch(
    session: Session, keys: KeyRing, person: Person, ids: Sequence[int], direction: str, facts: Facts, today: date
) -> list[Dispatch]:
    """A letter about opinions; of several meetings one each. With a day of sending they wait for the answer.

    :raises Invalid: no direction or addressee, a day that cannot be, something confidential among the opinions.
    :raises NotFound: an opinion is not in the person's scope.
    """
    if direction not in DIRECTIONS:
        raise Invalid("Hãy chọn gửi lên cấp trên hay chuyển cơ quan khác.", "direction")
    to = words(facts.addressee, "nơi nhận", field="addressee")
    hold = Hold(session, keys, person)
    opinions = hold.take(ids)
    if any(one.confidential for one in opinions):
        raise Invalid(
            "Ý kiến giữ kín không đi cùng công văn ở đây. Hãy lập hồ sơ riêng theo quy trình tố cáo.", "addressee"
        )
    made = []
    for meeting_id in sorted({one.meeting_id for one in opinions}):
        mine = [one for one in opinions if one.meeting_id == meeting_id]
        letter = Dispatch(
            meeting_id=meeting_id, direction=direction, addressee=hold.cover(meeting_id, to), by=person.id
        )
        session.add(letter)
        session.flush()
        session.add_all(Dispatched(dispatch_id=letter.id, opinion_id=one.id) for one in mine)
        _send(hold, letter, mine, facts, today)
        for one in mine:
            hold.touch(one)
        audit.record(session, person, "dispatch.add", "dispatch", letter.id, meeting=meeting_id, direction=direction,
                     opinions=[one.id for one in mine], sent=facts.sent_on is not None)  # fmt: skip
        made.append(letter)
    return made


def change_dispatch(
    session: Session, keys: KeyRing, person: Person, dispatch_id: int, facts: Facts, seen: Facts, today: date
) -> Dispatch:
    """Set number, days and addressee; with a first day of sending the opinions wait from now on.

    ``seen`` is the head as the person saw it.

    :raises Conflict: another person changed it since, or it was answered already and cannot be a draft again.
    :raises Invalid: no addressee, a day that cannot be.
    :raises NotFound: not in the person's scope.
    """
    require_right(person)
    letter = visible_dispatch(session, person, dispatch_id)
    hold = Hold(session, keys, person)
    opinions = _opinions(hold, letter)
    session.refresh(letter)
    now_ = Facts(letter.addressee, letter.number or "", letter.sent_on, letter.due_on)
    if now_ != seen and now_ != facts:
        raise Conflict(f"Người khác vừa ghi “{_said(now_)}”, anh/chị ghi “{_said(facts)}”. Hãy xem lại rồi ghi lại.")
    if letter.sent_on is not None and facts.sent_on is None and letter.replies:
        raise Conflict("Công văn này đã có trả lời nên phải có ngày gửi. Hãy ghi lại ngày gửi.")
    letter.addressee = hold.cover(letter.meeting_id, words(facts.addressee, "nơi nhận", field="addressee"))
    _send(hold, letter, opinions, facts, today)
    audit.record(session, person, "dispatch.change", "dispatch", letter.id, meeting=letter.meeting_id,
                 sent=letter.sent_on is not None)  # fmt: skip
    return letter


def record_reply(
    session: Session, keys: KeyRing, person: Person, dispatch_id: int, received: Received, today: date, most_bytes: int
) -> Reply:
    """What came back; the opinions that still wait move on, or go on waiting to another day.

    :raises Conflict: the letter was not sent yet.
    :raises Invalid: no words and no file, no such outcome, a day or file that cannot be.
    :raises NotFound: not in the person's scope.
    """
    require_right(person)
    letter = visible_dispatch(session, person, dispatch_id)
    outcome = received.outcome
    if outcome not in (*ANSWERED, "dang_giai_quyet", KEEPS_WAITING):
        raise Invalid("Hãy chọn các ý kiến thế nào sau trả lời này.", "outcome")
    text = words(received.text, "nội dung trả lời", most=LONGEST, needed=received.file is None, field="text")
    number = words(received.number, "số văn bản", needed=False, most=50, field="number")
    if received.file is not None:
        media_type = check_file(*received.file, most_bytes)
    hold = Hold(session, keys, person)
    opinions = _opinions(hold, letter)
    session.refresh(letter)
    meeting = session.get_one(Meeting, letter.meeting_id)
    if letter.sent_on is None:
        raise Conflict("Công văn này chưa ghi ngày gửi. Hãy ghi số và ngày gửi trước.")
    day = received.received_on or today
    on_day(day, [meeting], today, future=False, field="received_on")
    if day < letter.sent_on:
        raise Invalid("Ngày nhận trả lời trước ngày gửi. Hãy kiểm tra lại.", "received_on")
    on_day(received.due_on, [meeting], today, future=True, field="due_on")
    on_day(received.told_on, [meeting], today, future=False, field="told_on")
    reply = Reply(dispatch_id=letter.id, received_on=day, number=number or None, by=person.id,
                  text=hold.cover(meeting.id, text))  # fmt: skip
    session.add(reply)
    session.flush()
    if text:
        personal.keep(session, keys, meeting.id, "reply", reply.id, "text", text)
    if received.file is not None:
        name, data = received.file
        kept = files.keep(session, keys, meeting.id, "reply", name, media_type, data, person.id)
        reply.file_id = kept.id
    waiting = [one for one in opinions if one.status in WAITING]
    if outcome == KEEPS_WAITING:
        letter.due_on = received.due_on or day + timedelta(days=settings.number(session, "reply_days"))
    elif waiting:
        said = f"{letter.addressee} trả lời{f' tại văn bản số {number}' if number else ''}"
        if outcome in ANSWERED:
            write_answer(hold, waiting, text or f"{said}.", letter.addressee, day, received.told_on)
        for one in waiting:
            write_status(hold, one, outcome, said, day)
    settle_deadlines(session, opinions)
    audit.record(session, person, "dispatch.reply", "dispatch", letter.id, meeting=meeting.id, reply=reply.id,
                 outcome=outcome, opinions=[one.id for one in waiting], file=reply.file_id is not None)  # fmt: skip
    return reply


def _send(hold: Hold, letter: Dispatch, opinions: Sequence[Opinion], facts: Facts, today: date) -> None:
    """Write the head; a first sending moves the opinions that nobody else works on."""
    meeting = hold.session.get_one(Meeting, letter.meeting_id)
    on_day(facts.sent_on, [meeting], today, future=False, field="sent_on")
    on_day(facts.due_on, [meeting], today, future=True, field="due_on")
    if facts.sent_on and facts.due_on and facts.due_on < facts.sent_on:
        raise Invalid("Hạn trả lời trước ngày gửi. Hãy kiểm tra lại.", "due_on")
    first = letter.sent_on is None and facts.sent_on is not None
    letter.number = words(facts.number, "số văn bản", needed=False, most=50, field="number") or None
    letter.sent_on, letter.due_on = facts.sent_on, facts.due_on
    if first and letter.due_on is None and letter.sent_on is not None:
        letter.due_on = letter.sent_on + timedelta(days=settings.number(hold.session, "reply_days"))
    status = STATUS[letter.direction]
    for one in opinions:
        if first and one.status in ("chua_tra_loi", *WAITING):
            said = f"Gửi {letter.addressee}{f', số {letter.number}' if letter.number else ''}"
            write_status(hold, one, status, said, facts.sent_on or today)
    settle_deadlines(hold.session, opinions)


def _opinions(hold: Hold, letter: Dispatch) -> list[Opinion]:
    """Those of the letter that the person may see; held."""
    ids = hold.session.scalars(
        select(Dispatched.opinion_id)
        .join(Opinion, Opinion.id == Dispatched.opinion_id)
        .where(
            Dispatched.dispatch_id == letter.id, Opinion.state == "live", Opinion.confidential.is_(False),
            opinions_open_to(hold.person),
        )
    ).all()  # fmt: skip
    return hold.take(ids) if ids else []


def _said(facts: Facts) -> str:
    return f"{facts.addressee}, số {facts.number or '…'}, gửi {_day(facts.sent_on)}, hạn {_day(facts.due_on)}"


def _day(day: date | None) -> str:
    return "chưa định" if day is None else f"{day:%d/%m/%Y}"

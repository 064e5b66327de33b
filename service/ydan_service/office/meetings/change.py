"""A meeting's facts set right, its end, and its removal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ydan.opinion import EARLIEST, HOST_LEVELS
from ydan.predictor import Predictor
from ydan_service.errors import Conflict, Forbidden, Invalid
from ydan_service.office.intake.reassess import reassess
from ydan_service.office.scope import visible_meeting
from ydan_service.person import Person
from ydan_service.store import audit
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import Dispatch, Meeting, Opinion

TYPES = ("txdt", "mixed", "txct", "tcd", "complaint_dialogue", "unclear")

_TEXTS = {"title": 300, "place": 300, "host": 200, "chair": 200, "secretary": 200, "conclusion_number": 50}
_DAYS = ("held_on", "notice_given_on", "conclusion_published_on")
_NUMBERS = ("invited", "attendance")
_MOST_PEOPLE = 100_000
_AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Changed:
    """Names of the facts that are other now, and how many opinions were assessed anew because of that."""

    facts: list[str]
    reassessed: int


def change_facts(
    session: Session, keys: KeyRing, predictor: Predictor, person: Person, meeting_id: int,
    entries: Mapping[str, str], today: date,
) -> Changed:  # fmt: skip
    """Set the facts that the form has; another date or host level asks the model again in the same transaction.

    :raises NotFound: not in the person's scope.
    :raises Forbidden: the person may only look.
    :raises Invalid: a date or number that cannot be.
    """
    meeting = _mine(session, person, meeting_id)
    wanted = {name: _parsed(name, raw, today) for name, raw in entries.items() if name in FACTS}
    facts = [name for name, value in wanted.items() if getattr(meeting, name) != value]
    for name in facts:
        setattr(meeting, name, wanted[name])
    if not facts:
        return Changed([], 0)
    if "held_on" in facts and meeting.held_on is not None:
        _forget(meeting, "no_date")
    if "title" in facts and meeting.title:
        _forget(meeting, "no_title")
    session.flush()
    again = bool({"held_on", "host_level"} & set(facts))
    count = reassess(session, keys, predictor, meeting, person) if again else 0
    audit.record(session, person, "meeting.change", "meeting", meeting.id, facts=sorted(facts))
    return Changed(facts, count)


def close(session: Session, person: Person, meeting_id: int, *, closed: bool) -> Meeting:
    """Close a meeting once every opinion was reviewed, or open it again.

    :raises Conflict: opinions are left to review, or the meeting is not read.
    """
    meeting = _mine(session, person, meeting_id)
    if meeting.stage in ("reading", "failed"):
        raise Conflict("Biên bản chưa đọc xong nên chưa kết thúc được. Hãy đợi, hoặc đọc lại tệp.")
    left = session.scalar(
        select(func.count()).where(
            Opinion.meeting_id == meeting.id, Opinion.state == "live", Opinion.reviewed_at.is_(None)
        )
    )
    if closed and left:
        raise Conflict(f"Còn {left} ý kiến chưa soát. Hãy soát hết rồi kết thúc.")
    meeting.stage = "closed" if closed else "concluded" if meeting.conclusion_published_on else "review"
    audit.record(session, person, "meeting.close" if closed else "meeting.reopen", "meeting", meeting.id)
    return meeting


def remove(session: Session, person: Person, meeting_id: int) -> None:
    """Remove a meeting with all that came of it: files, opinions, decisions. The audit log keeps that it was.

    :raises Conflict: something was sent out or published, which others rest on.
    """
    meeting = _mine(session, person, meeting_id)
    sent = session.scalar(select(func.count()).where(Dispatch.meeting_id == meeting.id, Dispatch.sent_on.is_not(None)))
    if sent or meeting.conclusion_published_on is not None:
        raise Conflict(
            "Cuộc họp này đã ban hành thông báo kết luận hoặc đã gửi văn bản đi, nên không xóa được. "
            "Nếu cần, hãy sửa thông tin hoặc kết thúc cuộc họp."
        )
    commune, stage = meeting.commune_id, meeting.stage
    session.delete(meeting)
    session.flush()
    audit.record(session, person, "meeting.remove", "meeting", meeting_id, commune=commune, stage=stage)


FACTS = (*_TEXTS, *_DAYS, *_NUMBERS, "meeting_type", "host_level")
"""What the form may hold."""


def _mine(session: Session, person: Person, meeting_id: int) -> Meeting:
    meeting = visible_meeting(session, person, meeting_id)
    if not person.may("meetings.write"):
        raise Forbidden("Tài khoản này chỉ được xem. Hãy nhờ thư ký của đơn vị sửa.")
    return meeting


def _parsed(name: str, raw: str, today: date) -> Any:
    clean = " ".join(raw.replace("\0", "").split())
    if name in _TEXTS:
        if len(clean) > _TEXTS[name]:
            raise Invalid(f"Mục này dài {len(clean)} ký tự, tối đa {_TEXTS[name]}. Hãy rút gọn.", name)
        return clean if name == "title" else clean or None
    if name in ("meeting_type", "host_level"):
        if clean not in (TYPES if name == "meeting_type" else HOST_LEVELS):
            raise Invalid("Không có lựa chọn này. Hãy chọn trong danh sách.", name)
        return clean
    if not clean:
        return None
    if name in _NUMBERS:
        if not (clean.isascii() and clean.isdigit()) or int(clean[:7]) > _MOST_PEOPLE:
            raise Invalid("Số người phải là số nguyên, ví dụ 85. Hãy sửa lại.", name)
        return int(clean)
    try:
        day = date.fromisoformat(clean)
    except ValueError:
        raise Invalid("Ngày không đọc được. Hãy nhập theo mẫu 2026-03-05 hoặc chọn trên lịch.", name) from None
    if not EARLIEST <= day <= today + _AHEAD or (name == "held_on" and day > today):
        raise Invalid("Ngày này không hợp lý (quá xa, hoặc cuộc họp chưa diễn ra). Hãy kiểm tra lại năm.", name)
    return day


def _forget(meeting: Meeting, code: str) -> None:
    meeting.warnings = [each for each in meeting.warnings if each.get("code") != code]

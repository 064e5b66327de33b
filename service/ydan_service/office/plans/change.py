"""Planned sessions added, put off, given up with a reason, and joined to the meetings that were held for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ydan.opinion import EARLIEST
from ydan_service.errors import Conflict, Forbidden, Invalid, NotFound
from ydan_service.office.scope import communes_in_scope, visible_commune, visible_meeting
from ydan_service.person import Person
from ydan_service.store import audit
from ydan_service.store.tables import Commune, Meeting, Plan

_AHEAD = timedelta(days=3 * 366)
_LONGEST = {"title": 300, "note": 1000, "moved_because": 300, "because": 300}


def add(session: Session, person: Person, commune_id: int, entries: Mapping[str, str], today: date) -> Plan:
    """A new session in the plan.

    :raises NotFound: the commune is not in the person's scope.
    :raises Invalid: no day, or one that cannot be.
    :raises Conflict: the same session is planned already.
    """
    _require_writer(person)
    place = visible_commune(session, person, commune_id)
    day = _day(entries, "planned_on", today, "Ngày dự kiến")
    plan = Plan(commune_id=place.id, planned_on=day, title=_text(entries, "title"), note=_text(entries, "note"))
    _require_new(session, plan)
    session.add(plan)
    session.flush()
    audit.record(session, person, "plan.add", "plan", plan.id, commune=place.id, day=day.isoformat())
    return plan


def change(session: Session, person: Person, plan_id: int, entries: Mapping[str, str], today: date) -> list[str]:
    """Set what the form has; another day wants a reason and keeps the first one. Names of what is other now.

    :raises Invalid: a day without a reason, or one that cannot be.
    :raises Conflict: it is cancelled.
    """
    plan = _mine(session, person, plan_id)
    if plan.cancelled_because is not None:
        raise Conflict("Cuộc này đã hủy nên không sửa được. Hãy đưa lại vào kế hoạch rồi sửa.")
    day = _day(entries, "planned_on", today, "Ngày dự kiến")
    told = _told_on(entries, today)
    wanted = {"title": _text(entries, "title"), "note": _text(entries, "note"), "notice_given_on": told}
    if day != plan.planned_on:
        because = _text(entries, "moved_because")
        if not because:
            raise Invalid("Đổi ngày thì phải nêu lý do dời. Hãy ghi ngắn gọn, ví dụ: mưa bão.", "moved_because")
        first = plan.moved_from or plan.planned_on
        wanted |= {"planned_on": day, "moved_from": None if first == day else first, "moved_because": because}
    changed = [name for name, value in wanted.items() if getattr(plan, name) != value]
    for name in changed:
        setattr(plan, name, wanted[name])
    if changed:
        if "planned_on" in changed:
            _require_new(session, plan)
        session.flush()
        audit.record(session, person, "plan.change", "plan", plan.id, facts=sorted(changed), day=day.isoformat())
    return changed


def cancel(session: Session, person: Person, plan_id: int, because: str) -> Plan:
    """Give a planned session up.

    :raises Invalid: without a reason.
    :raises Conflict: a meeting was held for it.
    """
    plan = _mine(session, person, plan_id)
    reason = _text({"because": because}, "because")
    if not reason:
        raise Invalid("Hủy thì phải nêu lý do. Hãy ghi ngắn gọn lý do hủy.", "because")
    if _meetings(session, plan):
        raise Conflict("Cuộc này đã gắn với cuộc họp đã tổ chức nên không hủy được. Hãy bỏ gắn cuộc họp trước.")
    plan.cancelled_because = reason
    audit.record(session, person, "plan.cancel", "plan", plan.id)
    return plan


def restore(session: Session, person: Person, plan_id: int) -> Plan:
    """Take a cancelled session back into the plan."""
    plan = _mine(session, person, plan_id)
    plan.cancelled_because = None
    audit.record(session, person, "plan.restore", "plan", plan.id)
    return plan


def remove(session: Session, person: Person, plan_id: int) -> None:
    """Take out a session that was entered by mistake.

    :raises Conflict: it was cancelled or put off or a meeting was held: the plan must show that.
    """
    plan = _mine(session, person, plan_id)
    if _meetings(session, plan) or plan.cancelled_because is not None or plan.moved_from is not None:
        raise Conflict(
            "Chỉ xóa được cuộc nhập nhầm; cuộc đã tổ chức, đã dời hoặc đã hủy phải còn trong kế hoạch. "
            "Nếu không tổ chức nữa, hãy hủy và nêu lý do."
        )
    session.delete(plan)
    session.flush()
    audit.record(session, person, "plan.remove", "plan", plan_id, commune=plan.commune_id)


def link(session: Session, person: Person, plan_id: int, meeting_id: int) -> Meeting:
    """Say that a meeting was held for this plan.

    :raises Invalid: the meeting is another commune's.
    :raises Conflict: the plan is cancelled.
    """
    plan = _mine(session, person, plan_id)
    meeting = visible_meeting(session, person, meeting_id)
    if meeting.commune_id != plan.commune_id:
        raise Invalid("Cuộc họp và kế hoạch không cùng một xã, phường. Hãy chọn cuộc họp khác.", "meeting")
    if plan.cancelled_because is not None:
        raise Conflict("Cuộc này đã hủy. Hãy đưa lại vào kế hoạch rồi gắn cuộc họp.")
    meeting.plan_id = plan.id
    audit.record(session, person, "plan.link", "plan", plan.id, meeting=meeting.id)
    return meeting


def unlink(session: Session, person: Person, plan_id: int, meeting_id: int) -> None:
    """Take that back."""
    plan = _mine(session, person, plan_id)
    meeting = visible_meeting(session, person, meeting_id)
    if meeting.plan_id == plan.id:
        meeting.plan_id = None
        audit.record(session, person, "plan.unlink", "plan", plan.id, meeting=meeting.id)


def visible_plan(session: Session, person: Person, plan_id: int) -> Plan:
    """The plan.

    :raises NotFound: there is none, or it is another commune's.
    """
    found = session.scalar(
        select(Plan).join(Commune, Commune.id == Plan.commune_id).where(Plan.id == plan_id, communes_in_scope(person))
    )
    if found is None:
        raise NotFound(
            "Không có cuộc này trong kế hoạch, hoặc không thuộc địa bàn của anh/chị. Hãy mở lại kế hoạch năm."
        )
    return found


def _require_writer(person: Person) -> None:
    if not person.may("meetings.write"):
        raise Forbidden("Tài khoản này chỉ được xem kế hoạch. Hãy nhờ thư ký của đơn vị sửa.")


def _mine(session: Session, person: Person, plan_id: int) -> Plan:
    _require_writer(person)
    return visible_plan(session, person, plan_id)


def _meetings(session: Session, plan: Plan) -> list[int]:
    return list(session.scalars(select(Meeting.id).where(Meeting.plan_id == plan.id)))


def _require_new(session: Session, plan: Plan) -> None:
    with session.no_autoflush:
        twin = session.scalar(
            select(Plan.id).where(
                Plan.commune_id == plan.commune_id, Plan.planned_on == plan.planned_on, Plan.title == plan.title,
                Plan.id != (plan.id or 0),
            )
        )  # fmt: skip
    if twin is not None:
        raise Conflict("Kế hoạch đã có cuộc này (cùng ngày, cùng tên). Nếu chia theo cụm thôn, hãy đặt tên khác nhau.")


def _text(entries: Mapping[str, str], name: str) -> str:
    clean = " ".join(entries.get(name, "").replace("\0", "").split())
    if len(clean) > _LONGEST[name]:
        raise Invalid(f"Mục này dài {len(clean)} ký tự, tối đa {_LONGEST[name]}. Hãy rút gọn.", name)
    return clean


def _day(entries: Mapping[str, str], name: str, today: date, label: str) -> date:
    raw = entries.get(name, "").strip()
    if not raw:
        raise Invalid(f"Chưa chọn “{label}”. Hãy chọn ngày.", name)
    try:
        day = date.fromisoformat(raw)
    except ValueError:
        raise Invalid("Ngày không đọc được. Hãy nhập theo mẫu 2026-03-05 hoặc chọn trên lịch.", name) from None
    if not EARLIEST <= day <= today + _AHEAD:
        raise Invalid("Ngày này quá xa. Hãy kiểm tra lại năm.", name)
    return day


def _told_on(entries: Mapping[str, str], today: date) -> date | None:
    if not entries.get("notice_given_on", "").strip():
        return None
    day = _day(entries, "notice_given_on", today, "Ngày đã thông báo")
    if day > today:
        raise Invalid("Ngày đã thông báo không thể sau hôm nay. Hãy ghi khi đã thông báo.", "notice_given_on")
    return day

"""One session against its limits.

A rule is only judged when its day has come; a fact that nobody entered is unknown, never a fault – save that a
conclusion without a day of publication counts as not published once its term is over, since publishing it is the duty.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ydan_service.office.supervision.checks import EXEMPT, FAULT, NAMES, OK, UNKNOWN, WAITING, Check, Plain
from ydan_service.office.supervision.faults import N_
from ydan_service.office.supervision.limits import Limits
from ydan_service.office.supervision.workdays import after_workdays

DIALOGUE = ("txdt", "mixed", "unclear")
"""Kinds of meeting that are counted as dialogue: one that is mixed is held, and faulty."""
CONFUSION = N_("Kết luận số 156-KL/TU")
_WITHIN = 10
"""Days after a session in which its opinions should be sorted, where no law says when to publish."""
_SIGNS = {"voter_meeting": "txct", "citizen_reception": "tcd", "complaint_dialogue": "complaint_dialogue"}
_KINDS = {
    "txct": N_("tiếp xúc cử tri"),
    "tcd": N_("tiếp công dân"),
    "complaint_dialogue": N_("đối thoại giải quyết khiếu nại"),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a session. Counts are of live opinions; all but ``opinions`` and ``reviewed`` leave out
    confidential ones. ``signs`` are the reader's warnings about its kind, ``lists_on`` when the notice of conclusion
    was last made here, ``uncharged`` those in work without a body or a deadline, ``unsaid`` reviewed ones unanswered.
    """

    id: int
    commune_id: int
    held_on: date
    title: str = ""
    host_level: str = "commune"
    meeting_type: str = "txdt"
    signs: tuple[str, ...] = ()
    invited: int | None = None
    attendance: int | None = None
    notice_on: date | None = None
    conclusion_on: date | None = None
    conclusion_number: str = ""
    plan_id: int | None = None
    planned_on: date | None = None
    moved_from: date | None = None
    moved_because: str = ""
    opinions: int = 0
    reviewed: int = 0
    working: int = 0
    uncharged: int = 0
    unanswered: int = 0
    unsaid: int = 0
    late: int = 0
    lists_on: date | None = None
    letters: int = 0
    letters_late: int = 0

    @property
    def is_dialogue(self) -> bool:
        """Whether it counts as a session of the year; one that took a planned session's place is told as a fault."""
        return self.meeting_type in DIALOGUE

    @property
    def share(self) -> float | None:
        """Present of invited; None where one of the two is unknown."""
        return None if self.attendance is None or not self.invited else self.attendance / self.invited


@dataclass(frozen=True, slots=True)
class Checked:
    """A session with what became of each rule, in the order of ``checks.NAMES``."""

    facts: Facts
    checks: tuple[Check, ...]

    @property
    def faults(self) -> list[Check]:
        """What was found wrong."""
        return [check for check in self.checks if check.state == FAULT]

    @property
    def unknown(self) -> list[Check]:
        """What nobody entered."""
        return [check for check in self.checks if check.state == UNKNOWN]

    def of(self, name: str) -> Check:
        """The check of that name."""
        return next(check for check in self.checks if check.name == name)


def check_meeting(facts: Facts, limits: Limits, today: date) -> Checked:
    """Judge a session that was held on or before ``today``; one of another kind only by its kind and its plan."""
    due = facts.held_on + timedelta(days=limits.conclusion.value or _WITHIN)
    done = today > due
    if not facts.is_dialogue:
        said = N_("Không xét vì không phải cuộc tiếp xúc, đối thoại.")
        rest = (Check(name, EXEMPT, said) for name in NAMES if name not in ("plan", "kind"))
        return Checked(facts, (_plan(facts), _kind(facts), *rest))
    checks = (
        _plan(facts), _kind(facts), _notice(facts, limits), _attendance(facts, limits),
        _conclusion(facts, limits, today), _lists(facts, done), _charges(facts, done), _told(facts, limits, today),
        _answers(facts), _review(facts, done), _replies(facts),
    )  # fmt: skip
    return Checked(facts, checks)


def _plan(facts: Facts) -> Check:
    if facts.planned_on is None:
        return Check("plan", EXEMPT, N_("Cuộc này không có trong kế hoạch năm."))
    values: dict[str, Plain] = {"day": facts.planned_on}
    behind = (facts.held_on - facts.planned_on).days
    if facts.moved_from is not None and behind <= 0:
        said = N_("Kế hoạch dời từ %(old)s sang %(day)s: %(why)s")
        return Check("plan", OK, said, {**values, "old": facts.moved_from, "why": facts.moved_because})
    if behind > 0:
        said = N_("Tổ chức chậm %(days)s ngày so với kế hoạch (%(day)s), không nêu lý do.")
        return Check("plan", FAULT, said, {**values, "days": behind}, fault_id="held_late")
    return Check("plan", OK, N_("Đúng kế hoạch (%(day)s)."), values)


def _kind(facts: Facts) -> Check:
    other = _KINDS.get(facts.meeting_type)
    if facts.meeting_type == "mixed":
        other = next((_KINDS[_SIGNS[sign]] for sign in facts.signs if sign in _SIGNS), _KINDS["txct"])
        voters = other == _KINDS["txct"]
        said = N_("Tên là tiếp xúc, đối thoại nhưng nội dung giống %(kind)s.")
    elif other is not None:
        voters = facts.meeting_type == "txct"
        said = N_("Cuộc trong kế hoạch tiếp xúc, đối thoại đã tổ chức thành %(kind)s.")
    elif facts.meeting_type == "unclear":
        return Check("kind", UNKNOWN, N_("Chưa rõ loại hội nghị."))
    else:
        return Check("kind", OK, N_("Là cuộc tiếp xúc, đối thoại."))
    return Check("kind", FAULT, said, {"kind": other}, CONFUSION, "voter_meeting" if voters else "other_meeting")


def _notice(facts: Facts, limits: Limits) -> Check:
    value, basis = limits.notice
    if facts.notice_on is None:
        return Check("notice", UNKNOWN, N_("Chưa ghi ngày thông báo họp."), basis=basis)
    days = (facts.held_on - facts.notice_on).days
    values: dict[str, Plain] = {"days": days, "day": facts.notice_on, "limit": value or 0}
    if days <= 0 and value:
        said = N_("Không thông báo trước: ngày thông báo là %(day)s.")
        return Check("notice", FAULT, said, values, basis, "notice_late")
    if value and days < value:
        said = N_("Thông báo trước %(days)s ngày (%(day)s), ít hơn %(limit)s ngày theo quy định.")
        return Check("notice", FAULT, said, values, basis, "notice_late")
    said = N_("Thông báo trước %(days)s ngày (%(day)s).")
    return Check("notice", OK if value else EXEMPT, said, values, basis)


def _attendance(facts: Facts, limits: Limits) -> Check:
    if facts.attendance is None or not facts.invited:
        if facts.attendance is None:
            return Check("attendance", UNKNOWN, N_("Chưa ghi số người dự."))
        said = N_("Có %(present)s người dự; chưa ghi số người được mời.")
        return Check("attendance", UNKNOWN, said, {"present": facts.attendance})
    percent = facts.attendance * 100 // facts.invited
    limit = limits.attendance.value
    values = {"present": facts.attendance, "invited": facts.invited, "percent": percent, "limit": limit or 0}
    if limit and facts.attendance * 100 < limit * facts.invited:
        said = N_("Có %(present)s/%(invited)s người được mời đến dự (%(percent)s%%), thấp hơn mức %(limit)s%%.")
        return Check("attendance", FAULT, said, values, limits.attendance.basis, "attendance_low")
    said = N_("Có %(present)s/%(invited)s người được mời đến dự (%(percent)s%%).")
    return Check("attendance", OK if limit else EXEMPT, said, values, limits.attendance.basis if limit else "")


def _conclusion(facts: Facts, limits: Limits, today: date) -> Check:
    value, basis = limits.conclusion
    values: dict[str, Plain] = {}
    if value:
        values = {"limit": value, "due": facts.held_on + timedelta(days=value)}
    if facts.conclusion_on is not None:
        days = (facts.conclusion_on - facts.held_on).days
        values |= {"days": days, "day": facts.conclusion_on}
        if value and days > value:
            said = N_("Công bố sau hội nghị %(days)s ngày (%(day)s), chậm %(late)s ngày so với hạn %(limit)s ngày.")
            return Check("conclusion", FAULT, said, {**values, "late": days - value}, basis, "conclusion_late")
        said = N_("Công bố sau hội nghị %(days)s ngày (%(day)s).")
        return Check("conclusion", OK if value else EXEMPT, said, values, basis)
    if not value:
        return Check("conclusion", UNKNOWN, N_("Chưa ghi ngày công bố kết luận."))
    over = (today - facts.held_on).days - value
    if over > 0:
        said = N_("Chưa công bố kết luận, đã quá hạn %(late)s ngày (hạn %(due)s).")
        return Check("conclusion", FAULT, said, {**values, "late": over}, basis, "conclusion_missing")
    return Check("conclusion", WAITING, N_("Phải công bố kết luận chậm nhất ngày %(due)s."), values, basis)


def _lists(facts: Facts, done: bool) -> Check:
    if facts.lists_on is not None:
        said = N_("Thông báo kết luận có ba danh mục lập ngày %(day)s.")
        return Check("lists", OK, said, {"day": facts.lists_on})
    if facts.opinions and facts.reviewed == facts.opinions and not facts.unanswered:
        return Check("lists", OK, N_("Mọi ý kiến đã xếp vào ba danh mục."))
    if not done:
        return Check("lists", WAITING, N_("Kết luận chưa lập."))
    if not facts.opinions:
        return Check("lists", UNKNOWN, N_("Chưa có ý kiến nào được đọc từ biên bản."))
    if facts.conclusion_on is not None:
        said = N_("Kết luận đã công bố nhưng không lập ở đây, nên chưa rõ có đủ ba danh mục.")
        return Check("lists", UNKNOWN, said)
    said = N_("Chưa lập ba danh mục: việc đã giải quyết, việc đang giải quyết, việc kiến nghị cấp trên, cơ quan khác.")
    return Check("lists", FAULT, said, fault_id="lists_missing")


def _charges(facts: Facts, done: bool) -> Check:
    if not facts.opinions:
        return Check("charges", UNKNOWN, N_("Chưa có ý kiến nào được đọc từ biên bản."))
    values = {"count": facts.uncharged, "total": facts.working}
    if facts.uncharged:
        said = N_("%(count)s/%(total)s việc đang giải quyết chưa ghi cơ quan được giao hoặc thời hạn.")
        return Check("charges", FAULT if done else WAITING, said, values, fault_id="charges_missing" if done else "")
    if facts.working:
        return Check("charges", OK, N_("%(total)s việc đang giải quyết đều có nơi được giao và thời hạn."), values)
    return Check("charges", EXEMPT, N_("Không có việc nào đang giải quyết."))


def _told(facts: Facts, limits: Limits, today: date) -> Check:
    value, basis = limits.answers
    if not facts.opinions:
        return Check("told", UNKNOWN, N_("Chưa có ý kiến nào được đọc từ biên bản."), basis=basis)
    values = {"count": facts.unsaid, "limit": value or 0}
    if facts.unsaid:
        if value and today > after_workdays(facts.held_on, value):
            said = N_("%(count)s ý kiến chưa được trả lời sau %(limit)s ngày làm việc.")
            return Check("told", FAULT, said, values, basis, "unanswered")
        return Check("told", WAITING if value else EXEMPT, N_("%(count)s ý kiến chưa được trả lời."), values, basis)
    if facts.unanswered:
        said = N_("%(count)s ý kiến có lẽ chưa được trả lời; chưa soát nên chưa chắc.")
        return Check("told", UNKNOWN, said, {"count": facts.unanswered}, basis)
    return Check("told", OK, N_("Mọi ý kiến đã được trả lời hoặc giao xử lý."), basis=basis)


def _answers(facts: Facts) -> Check:
    if not facts.opinions:
        return Check("answers", UNKNOWN, N_("Chưa có ý kiến nào được đọc từ biên bản."))
    if facts.late:
        said = N_("%(count)s ý kiến quá thời hạn giải quyết đã hẹn.")
        return Check("answers", FAULT, said, {"count": facts.late}, fault_id="answers_overdue")
    return Check("answers", OK, N_("Không có ý kiến nào quá hạn giải quyết."))


def _review(facts: Facts, done: bool) -> Check:
    if not facts.opinions:
        return Check("review", UNKNOWN, N_("Chưa có ý kiến nào được đọc từ biên bản."))
    left = facts.opinions - facts.reviewed
    values = {"count": left, "total": facts.opinions}
    if left:
        said = N_("%(count)s/%(total)s ý kiến trong biên bản chưa được soát, phân loại.")
        return Check("review", FAULT if done else WAITING, said, values, fault_id="not_reviewed" if done else "")
    return Check("review", OK, N_("Đã soát cả %(total)s ý kiến."), values)


def _replies(facts: Facts) -> Check:
    values = {"count": facts.letters_late, "total": facts.letters}
    if facts.letters_late:
        said = N_("%(count)s/%(total)s văn bản gửi cấp trên, cơ quan khác quá hạn chưa có trả lời.")
        return Check("replies", FAULT, said, values, fault_id="replies_overdue")
    if facts.letters:
        return Check("replies", OK, N_("%(total)s văn bản đã gửi, không có văn bản nào quá hạn trả lời."), values)
    return Check("replies", EXEMPT, N_("Chưa gửi văn bản nào cho cấp trên, cơ quan khác."))

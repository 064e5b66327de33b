"""The conclusion published: its number and day, and from then on the meeting counts as concluded."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from ydan.documents.wording import clean
from ydan.predictor import Predictor
from ydan_service.errors import Conflict, Invalid
from ydan_service.office import settings
from ydan_service.office.papers.checking import BLOCK, WARN, look_over
from ydan_service.office.papers.hold import hold
from ydan_service.office.papers.opening import open_dossier
from ydan_service.person import Person
from ydan_service.store import audit
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import Meeting

_LONGEST = 50


def publish(
    session: Session,
    keys: KeyRing,
    predictor: Predictor,
    person: Person,
    meeting_id: int,
    number: str,
    published_on: date | None,
    today: date,
    *,
    anyway: bool = False,
) -> Meeting:
    """Give the notice its number and day. The list does not change, so that documents made of it stay as good as new.

    :raises Invalid: no number, or a day that cannot be.
    :raises Conflict: something stops it, or is to be looked at and the person did not say ``anyway``.
    """
    meeting = hold(session, person, meeting_id, grow=0)
    if meeting.stage == "closed":
        raise Conflict("Cuộc họp đã kết thúc. Hãy mở lại cuộc họp rồi công bố kết luận.")
    given = clean(number)
    if not given or len(given) > _LONGEST or not any(sign.isdigit() for sign in given):
        raise Invalid(f"Số thông báo phải có chữ số, tối đa {_LONGEST} ký tự, ví dụ 12/TB-UBND.", "number")
    checks = look_over(open_dossier(session, keys, predictor, meeting), today, days_of(session))
    stopping = [check for check in checks if check.grade == BLOCK]
    if stopping:
        raise Conflict(stopping[0].message)
    if published_on is None or published_on > today or published_on < (meeting.held_on or date.min):
        raise Invalid("Ngày công bố phải từ ngày họp đến hôm nay. Hãy kiểm tra lại.", "published_on")
    left = [check for check in checks if check.grade == WARN]
    if left and not anyway:
        raise Conflict(f"Còn {len(left)} điểm cần xem trước khi công bố. Hãy xử lý, hoặc đánh dấu “Vẫn công bố”.")
    meeting.conclusion_number, meeting.conclusion_published_on, meeting.stage = given, published_on, "concluded"
    audit.record(
        session, person, "meeting.publish", "meeting", meeting.id, number=given, day=published_on.isoformat(),
        left=[check.code for check in left],
    )  # fmt: skip
    return meeting


def days_of(session: Session) -> int:
    """In how many days after the meeting its result must be published."""
    return settings.number(session, "conclusion_days")

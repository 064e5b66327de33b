"""A conclusion taken for a change: the right asked, the scope, the meeting held so that two do not write at once."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ydan_service.errors import Conflict, Forbidden, NotFound
from ydan_service.office.scope import opinions_open_to, visible_meeting
from ydan_service.person import Person
from ydan_service.store.tables import Meeting, Opinion


def require_right(person: Person) -> None:
    """Whether the person writes conclusions and documents at all.

    :raises Forbidden: the person may only look.
    """
    if not person.may("meetings.write"):
        raise Forbidden("Tài khoản này chỉ được xem kết luận và văn bản. Hãy nhờ thư ký của đơn vị.")


def hold(session: Session, person: Person, meeting_id: int, *, grow: int = 1) -> Meeting:
    """The meeting, held to the end of the transaction, its revision grown by ``grow``.

    :raises Forbidden, NotFound: as :func:`require_right` and :func:`visible_meeting`.
    :raises Conflict: it is not read, or closed.
    """
    require_right(person)
    meeting = visible_meeting(session, person, meeting_id)
    session.execute(
        update(Meeting).where(Meeting.id == meeting_id).values(revision=Meeting.revision + grow),
        execution_options={"synchronize_session": False},
    )
    session.refresh(meeting)
    if meeting.stage in ("reading", "failed"):
        raise Conflict("Biên bản này chưa đọc xong nên chưa lập kết luận, văn bản được. Hãy xem ở trang cuộc họp.")
    if grow and meeting.stage == "closed":
        raise Conflict("Cuộc họp đã kết thúc nên kết luận không sửa được. Hãy mở lại cuộc họp rồi sửa.")
    return meeting


def find_line(session: Session, person: Person, meeting_id: int, key: str) -> Opinion:
    """The live opinion of a key that stands in a list of the conclusion.

    :raises NotFound: there is none; one that is confidential stands in none, and is not told apart.
    """
    found = session.scalar(
        select(Opinion).where(
            Opinion.meeting_id == meeting_id,
            Opinion.key == key,
            Opinion.state == "live",
            ~Opinion.confidential,
            opinions_open_to(person),
        )
    )
    if found is None:
        raise NotFound("Không còn ý kiến này trong kết luận. Có thể đã được tách, gộp hoặc xóa; hãy tải lại trang.")
    return found

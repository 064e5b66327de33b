"""A person puts the lines of a list in another order."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ydan.documents.item import Item
from ydan.documents.ruled import LISTS, list_of
from ydan.predictor import Predictor
from ydan_service.errors import Invalid, NotFound
from ydan_service.office.papers.hold import find_line, hold
from ydan_service.office.papers.opening import Opened, open_dossier
from ydan_service.person import Person
from ydan_service.store import audit
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import ConclusionLine, now


def items_of(opened: Opened, name: str) -> tuple[Item, ...]:
    """The lines of one list, in order."""
    lists = {
        "settled": opened.dossier.settled,
        "open": opened.dossier.open,
        "forwarded": opened.dossier.forwarded,
        "guided": opened.dossier.guided,
    }
    return lists[name]


def move(
    session: Session, keys: KeyRing, predictor: Predictor, person: Person, meeting_id: int, key: str, by: int
) -> bool:
    """Move a line ``by`` places down (negative: up) in its list; whether it moved. Everybody's place is kept then.

    :raises Invalid: further than any list is long.
    """
    if not 0 < abs(by) < 10_000:
        raise Invalid("Chỉ chuyển lên hoặc xuống được. Hãy tải lại trang rồi làm lại.")
    meeting = hold(session, person, meeting_id)
    opinion = find_line(session, person, meeting_id, key)
    opened = open_dossier(session, keys, predictor, meeting)
    name = list_of(opinion.status)
    order = [item.id for item in items_of(opened, name)]
    if name not in LISTS or key not in order:
        raise NotFound("Không còn ý kiến này trong kết luận. Hãy tải lại trang.")
    at = order.index(key)
    to = min(max(at + by, 0), len(order) - 1)
    if to == at:
        return False
    order.insert(to, order.pop(at))
    for place, one in enumerate(order, 1):
        session.merge(ConclusionLine(opinion_id=opened.rows[one].id, place=place, by=person.id, at=now()))
    opinion.version = meeting.revision
    audit.record(
        session, person, "conclusion.order", "opinion", opinion.id, meeting=meeting_id, list=name, place=to + 1
    )
    return True

"""A document handed out: to whom may have it, with a line in the audit log."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from ydan_service.errors import NotFound
from ydan_service.office.papers.facts import unit_name
from ydan_service.office.papers.listing import may_open
from ydan_service.office.papers.titles import file_name, media_of
from ydan_service.office.scope import visible_meeting
from ydan_service.person import Person
from ydan_service.store import audit, files
from ydan_service.store.store import Store
from ydan_service.store.tables import Document


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document's bytes and the name under which a browser keeps it."""

    name: str
    media_type: str
    data: bytes


def fetch(store: Store, person: Person, meeting_id: int, document_id: int) -> Fetched:
    """A document of a meeting in the person's scope.

    :raises NotFound: there is none, or the person may not have it; the two are not told apart.
    """
    with store.begin() as session:
        meeting = visible_meeting(session, person, meeting_id)
        document = session.scalar(select(Document).where(Document.id == document_id, Document.meeting_id == meeting.id))
        if document is None or not may_open(session, person, document):
            raise NotFound("Không có văn bản này, hoặc có nội dung nay được giữ kín. Hãy xuất lại ở trang văn bản.")
        data = files.load(session, store.keys, document.file_id)
        audit.record(
            session, person, "document.download", "document", document.id, meeting=meeting.id, kind=document.kind,
            named=document.named, confidential=document.confidential,
        )  # fmt: skip
        name = file_name(document.name, unit_name(meeting.commune), meeting.held_on, named=document.named)
    return Fetched(name, media_of(document.name), data)

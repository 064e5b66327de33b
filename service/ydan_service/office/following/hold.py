"""Opinions taken for a change: the right asked, the scope, the meeting held so that two do not write at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from ydan.documents.redact import named_people
from ydan.documents.wording import clean
from ydan.text import fold
from ydan_service.errors import Forbidden, Invalid, NotFound
from ydan_service.office.intake.kept import load_minutes
from ydan_service.office.masking import cover
from ydan_service.office.scope import meetings_in_scope, opinions_open_to
from ydan_service.person import Person
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import Meeting, Opinion

LONGEST = 4_000
"""Characters of an answer, at most; those of the minutes are shorter."""
LINE = 300
"""Characters of a body, a task, a reason, at most."""
_LAST = date(2100, 1, 1)
_GONE = "Không có ý kiến này, hoặc không thuộc địa bàn của anh/chị. Hãy mở lại từ trang theo dõi."


def require_right(person: Person) -> None:
    """Whether the person follows opinions up at all.

    :raises Forbidden: the person may only look.
    """
    if not person.may("follow.write"):
        raise Forbidden("Tài khoản này chỉ được xem. Hãy nhờ người theo dõi hoặc thư ký của đơn vị ghi.")


@dataclass
class Hold:
    """One change under way: whose, on what, and who must be covered in the words that come in."""

    session: Session
    keys: KeyRing
    person: Person
    _people: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)

    def take(self, ids: Collection[int]) -> list[Opinion]:
        """The opinions, in the order of ``ids``, their meetings held to the end of the transaction.

        :raises Forbidden: the person may only look.
        :raises NotFound: one of them is not live, out of scope or confidential to others; it is not told which.
        """
        require_right(self.person)
        wanted = list(dict.fromkeys(ids))
        mine = (
            Opinion.id.in_(wanted),
            Opinion.state == "live",
            opinions_open_to(self.person),
            Opinion.meeting_id.in_(select(Meeting.id).where(meetings_in_scope(self.person))),
        )
        meetings = sorted(set(self.session.scalars(select(Opinion.meeting_id).where(*mine))))
        for id_ in meetings:  # one after the other, always in the same order: two never wait for each other
            self.session.execute(
                update(Meeting).where(Meeting.id == id_).values(revision=Meeting.revision + 1),
                execution_options={"synchronize_session": False},
            )
        rows = self.session.scalars(
            select(Opinion).options(joinedload(Opinion.meeting)).where(*mine).execution_options(populate_existing=True)
        )
        found = {row.id: row for row in rows}
        if not wanted or len(found) < len(wanted):
            raise NotFound(_GONE)
        return [found[id_] for id_ in wanted]

    def touch(self, opinion: Opinion) -> None:
        """Let whoever has the opinion open see that it changed."""
        opinion.version = opinion.meeting.revision

    def cover(self, meeting_id: int, text: str) -> str:
        """``text`` with numbers, the meeting's people and whom the text itself names covered; those in office stay."""
        if meeting_id not in self._people:
            self._people[meeting_id] = _people_of(self.session, self.keys, meeting_id)
        people, acting = self._people[meeting_id]
        named = [name for name in named_people(text) if not _ends_any(name, acting)]
        return cover(text, [*people, *named])


def words(raw: str, what: str, *, most: int = LINE, needed: bool = True, field: str = "") -> str:
    """A line that a person typed.

    :raises Invalid: it is empty though ``needed``, or longer than ``most`` characters.
    """
    text = clean(raw)
    if needed and len(text) < 2:
        raise Invalid(f"Chưa ghi {what}. Hãy ghi ngắn gọn rồi lưu lại.", field)
    if len(text) > most:
        raise Invalid(f"Mục {what} dài {len(text)} ký tự, tối đa {most}. Hãy rút gọn.", field)
    return text


def on_day(day: date | None, meetings: Iterable[Meeting], today: date, *, future: bool, field: str) -> None:
    """Whether a day can be: not before the meeting, and not yet to come unless ``future``.

    :raises Invalid: it cannot.
    """
    if day is None:
        return
    held = max((meeting.held_on for meeting in meetings if meeting.held_on is not None), default=None)
    if held is not None and day < held:
        raise Invalid(f"Ngày {day:%d/%m/%Y} trước ngày họp {held:%d/%m/%Y}. Hãy kiểm tra lại.", field)
    if (day > today and not future) or day > _LAST:
        raise Invalid(f"Ngày {day:%d/%m/%Y} chưa tới hoặc quá xa. Hãy kiểm tra lại.", field)


def _people_of(session: Session, keys: KeyRing, meeting_id: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Whom to cover, and who acts in office (the last names that a text may call them by included)."""
    kept = load_minutes(session, keys, meeting_id)
    meeting = session.get_one(Meeting, meeting_id)
    acting = [meeting.chair or "", meeting.secretary or ""]
    if kept is not None:
        acting += [answer.speaker or "" for answer in kept.minutes.answers]
    names = tuple(" ".join(fold(part).split()) for each in acting for part in each.split(";") if part.strip())
    return (() if kept is None else kept.people), names


def _ends_any(name: str, acting: Iterable[str]) -> bool:
    low = " ".join(fold(name).split())
    return any(f" {each}".endswith(f" {low}") for each in acting)

"""A meeting's dossier out of the store: the minutes with the list as it stands, assessments, persons' words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ydan.documents import Dossier, Ruled, build_dossier
from ydan.documents.item import deadline_of
from ydan.documents.ruled import list_of
from ydan.documents.status import Status
from ydan.documents.status import labels as status_labels
from ydan.minutes.records import Task
from ydan.predictor import Predictor
from ydan_service.errors import Conflict
from ydan_service.office.intake.kept import load_minutes
from ydan_service.office.intake.labels import session_of
from ydan_service.office.papers.assessments import assessments_of
from ydan_service.office.papers.facts import province_of, with_facts
from ydan_service.office.papers.words import read_words
from ydan_service.office.review.lists import replay
from ydan_service.office.review.standing import Standing, standing
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import (
    AlikeGroup,
    AlikeMember,
    Assignment,
    ConclusionLine,
    Meeting,
    Opinion,
    StatusChange,
)

_LAST = 1_000_000
"""Behind every place that a person gave."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A dossier with what stands behind it. ``rows`` are the live opinions by key, ``changes`` the last status line
    of each, ``tasks`` who is charged; all by opinion id. ``people`` are those to be covered."""

    meeting: Meeting
    dossier: Dossier
    rows: Mapping[str, Opinion]
    decided: Mapping[int, Standing]
    words: Mapping[int, Mapping[str, str]]
    changes: Mapping[int, StatusChange]
    tasks: Mapping[int, Sequence[Assignment]]
    people: tuple[str, ...]


def open_dossier(
    session: Session, keys: KeyRing, predictor: Predictor, meeting: Meeting, names: str = "code"
) -> Opened:
    """The dossier of a meeting that was read; ``names`` as in :func:`ydan.documents.build_dossier`.

    :raises Conflict: the minutes are not read yet, or are not kept any more.
    """
    if meeting.stage in ("reading", "failed"):
        raise Conflict("Biên bản này chưa đọc xong nên chưa lập kết luận, văn bản được. Hãy xem ở trang cuộc họp.")
    kept = load_minutes(session, keys, meeting.id)
    if kept is None:
        raise Conflict(
            "Nội dung biên bản không còn lưu (đã xóa theo thời hạn lưu), nên không lập được kết luận, văn bản mới."
        )
    minutes = with_facts(replay(session, keys, meeting.id, kept.minutes).minutes(), meeting)
    live = select(Opinion).where(Opinion.meeting_id == meeting.id, Opinion.state == "live").order_by(Opinion.position)
    rows = {row.key: row for row in session.scalars(live)}
    ids = [row.id for row in rows.values()]
    decided = standing(session, ids)
    texts = {raised.id: raised.text for raised in minutes.opinions}
    held = session_of(meeting)
    judged = assessments_of(session, keys, list(rows.values()), texts, decided, held, predictor.competence)
    words = read_words(session, keys, decided)
    changes, tasks = _last_changes(session, meeting.id), _tasks(session, meeting.id)
    places = _places(session, meeting.id, list(rows.values()))
    ruled = {
        row.key: _ruled(row, decided[row.id], words[row.id], changes.get(row.id), tasks.get(row.id, ()), places)
        for row in rows.values()
    }
    dossier = build_dossier(minutes, judged, names, _groups(session, meeting.id), ruled, province_of(meeting))
    return Opened(meeting, dossier, rows, decided, words, changes, tasks, kept.people)


def _ruled(
    row: Opinion,
    decided: Standing,
    words: Mapping[str, str],
    last: StatusChange | None,
    tasks: Sequence[Assignment],
    places: Mapping[int, float],
) -> Ruled:
    """What persons said of one opinion; a status that nobody decided is the office's draft."""
    by_person = "status" in decided or (last is not None and last.by is not None)
    because = "" if last is None else last.because
    entered = any(not task.from_minutes for task in tasks)
    return Ruled(
        status=row.status if by_person else None,
        drafted=None if by_person else Status(row.status, status_labels()[row.status], because),
        charged="; ".join(dict.fromkeys(t.body for t in tasks if t.body)) if entered or "charged" in decided else None,
        deadline=_deadline(tasks) if entered or "deadline" in decided else None,
        addressee=words.get("addressee"),
        wording=words.get("wording"),
        reply=words.get("reply"),
        order=places.get(row.id),
        confidential=row.confidential if row.confidential or "confidential" in decided else None,
        confirmed=row.reviewed_by is not None,
    )


def _deadline(tasks: Sequence[Assignment]) -> date | str:
    """One day as a day; of several what each says, once."""
    said = dict.fromkeys(said_deadline(task) for task in tasks)
    days = {task.deadline for task in tasks}
    if len(days) == 1 and not any(task.deadline_text for task in tasks):
        return days.pop() or ""
    return "; ".join(each for each in said if each)


def said_deadline(task: Assignment) -> str:
    """A deadline as a document writes it: a person's own words, else the day where it is known."""
    words = task.deadline_text or ""
    if words and not task.from_minutes:
        return words
    return deadline_of(Task(task.body, task.what, task.deadline_text, task.deadline, (0, 0)))


def _last_changes(session: Session, meeting_id: int) -> dict[int, StatusChange]:
    rows = session.scalars(
        select(StatusChange).join(Opinion).where(Opinion.meeting_id == meeting_id).order_by(StatusChange.id)
    )
    return {row.opinion_id: row for row in rows}


def _tasks(session: Session, meeting_id: int) -> dict[int, list[Assignment]]:
    found: dict[int, list[Assignment]] = {}
    rows = session.scalars(
        select(Assignment).join(Opinion).where(Opinion.meeting_id == meeting_id).order_by(Assignment.id)
    )
    for row in rows:
        found.setdefault(row.opinion_id, []).append(row)
    return found


def _places(session: Session, meeting_id: int, rows: Sequence[Opinion]) -> dict[int, float]:
    """In a list in which a person gave places, every opinion has one: new ones stand behind, in their order."""
    given = session.execute(
        select(ConclusionLine.opinion_id, ConclusionLine.place).join(Opinion).where(Opinion.meeting_id == meeting_id)
    )
    placed = {row.opinion_id: float(row.place) for row in given}
    ordered = {list_of(row.status) for row in rows if row.id in placed}
    return placed | {
        row.id: _LAST + row.position for row in rows if row.id not in placed and list_of(row.status) in ordered
    }


def _groups(session: Session, meeting_id: int) -> list[list[str]]:
    rows = session.execute(
        select(AlikeMember.group_id, Opinion.key)
        .join(AlikeGroup, AlikeGroup.id == AlikeMember.group_id)
        .join(Opinion, Opinion.id == AlikeMember.opinion_id)
        .where(AlikeGroup.meeting_id == meeting_id, Opinion.state == "live")
    )
    groups: dict[int, list[str]] = {}
    for row in rows:
        groups.setdefault(row.group_id, []).append(row.key)
    return list(groups.values())

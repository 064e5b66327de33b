"""A draft into the store, whole or not at all."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ydan.competence.names import show_day
from ydan.minutes.records import Minutes
from ydan.opinion import DISTRICTS_ENDED, EARLIEST
from ydan.opinion import Session as Held
from ydan.predictor import Predictor
from ydan.text import fold
from ydan_service.office.intake.draft import Draft
from ydan_service.office.intake.kept import keep_minutes
from ydan_service.office.intake.rows import Setting, add_opinion, add_tasks, set_status
from ydan_service.office.intake.sealing import show_answers
from ydan_service.office.intake.villages import Villages
from ydan_service.office.masking import cover
from ydan_service.store import personal
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import (
    AlikeGroup,
    AlikeMember,
    Answer,
    AnswerTo,
    Meeting,
    Operation,
    Opinion,
    PersonalData,
    RaisedBefore,
    Village,
)

_FACTS = ("title", "host", "chair", "secretary", "place", "invited", "attendance")


def name_of(title: str) -> str:
    """The meeting's name from the title of its minutes: a list of meetings is no list of minutes.

    >>> name_of("BIÊN BẢN Hội nghị đối thoại"), name_of("Biên bản"), name_of("BIEN BAN HOI NGHI DOI THOAI")
    ('Hội nghị đối thoại', 'Biên bản', 'HOI NGHI DOI THOAI')
    """
    words = title.split()
    rest = " ".join(words[2:]) if fold(" ".join(words[:2])) == "bien ban" else ""
    return rest[0].upper() + rest[1:] if rest else title


def write_draft(
    session: Session, keys: KeyRing, predictor: Predictor, meeting: Meeting, draft: Draft, held: Held
) -> None:
    """Write opinions, answers, tasks, statuses, groups; an earlier reading of the same meeting goes."""
    clear(session, meeting.id)
    minutes = draft.minutes
    kept = keep_minutes(session, keys, meeting.id, minutes, meeting.created_by)
    meeting.title = name_of(cover(meeting.title, kept.people))  # "Tiếp công dân Nguyễn Văn A"
    meeting.revision += 1
    villages = session.scalars(select(Village).where(Village.commune_id == meeting.commune_id))
    setting = Setting(keys, meeting, held, predictor, kept.people, Villages(villages), [meeting.created_by])
    rows: dict[str, Opinion] = {}
    for place, (raised, answer, item) in enumerate(
        zip(minutes.opinions, draft.answers, draft.dossier.items, strict=True)
    ):
        opinion, _labels = add_opinion(session, setting, raised, place, answer, _code(draft, raised.id))
        set_status(session, opinion, item.status)
        add_tasks(session, opinion, item.tasks, kept.people)
        rows[raised.id] = opinion
    _write_answers(session, keys, meeting.id, minutes, rows)
    show_answers(session, keys, meeting.id, minutes, _secret(rows), kept.people)
    _write_alike(session, meeting.id, draft, rows)
    meeting.stage = "review"


def set_facts(session: Session, meeting: Meeting, minutes: Minutes) -> None:
    """What the minutes say of the meeting where nobody has said it yet, and what somebody should look at."""
    read = minutes.meeting
    for name in _FACTS:
        if getattr(meeting, name) in (None, "") and getattr(read, name) is not None:
            setattr(meeting, name, getattr(read, name))
    if meeting.meeting_type == "unclear":
        meeting.meeting_type = read.meeting_type
    if meeting.host_level == "commune" and read.host_level is not None:
        meeting.host_level = read.host_level
    if meeting.held_on is None and read.date is not None and read.date >= EARLIEST:
        meeting.held_on = read.date
    meeting.agenda = list(read.agenda)
    files = [warning for warning in meeting.warnings if warning["code"] == "duplicate_file"]
    meeting.warnings = [*(notice.to_json() for notice in read.warnings), *files, *_look_at(session, meeting, minutes)]


def clear(session: Session, meeting_id: int) -> None:
    """Take out what an earlier reading wrote."""
    for table in (Operation, AlikeGroup, Answer, Opinion):
        session.execute(delete(table).where(table.meeting_id == meeting_id))
    session.execute(delete(PersonalData).where(PersonalData.meeting_id == meeting_id))
    session.flush()


def _code(draft: Draft, key: str) -> str:
    person = draft.speakers[key]
    return person.code if person.name else ""


def _secret(rows: dict[str, Opinion]) -> set[str]:
    return {key for key, opinion in rows.items() if opinion.confidential}


def _write_answers(
    session: Session, keys: KeyRing, meeting_id: int, minutes: Minutes, rows: dict[str, Opinion]
) -> None:
    for answer in minutes.answers:
        row = Answer(
            meeting_id=meeting_id,
            key=answer.id,
            kind=answer.kind,
            text="",
            speaker=answer.speaker,
            span=[answer.source.start, answer.source.end],
            given_on=minutes.meeting.date,
        )
        session.add(row)
        session.flush()
        personal.keep(session, keys, meeting_id, "answer", row.id, "text", answer.text)
        for key in dict.fromkeys(answer.opinions):
            if key in rows:
                session.add(AnswerTo(answer_id=row.id, opinion_id=rows[key].id))


def _write_alike(session: Session, meeting_id: int, draft: Draft, rows: dict[str, Opinion]) -> None:
    for group in draft.groups:
        members = [AlikeMember(opinion_id=rows[one.id].id) for one in group.members if not rows[one.id].confidential]
        if len(members) > 1:
            session.add(
                AlikeGroup(
                    meeting_id=meeting_id,
                    representative=group.representative,
                    people=group.people,
                    places=group.places,
                    members=members,
                )
            )
    keys = [raised.id for raised in draft.minutes.opinions]
    for one in draft.before:
        opinion = rows[keys[one.place]]
        if not opinion.confidential:
            session.add(RaisedBefore(opinion_id=opinion.id, earlier_id=one.earlier_id, probability=one.probability))


def _look_at(session: Session, meeting: Meeting, minutes: Minutes) -> list[dict[str, Any]]:
    """What the machine is not sure of, or what looks like a mistake; none of it stops anybody."""
    found: list[tuple[str, str]] = []
    if not meeting.title:
        found.append(("no_title", "Biên bản không có tên hội nghị. Hãy điền tên ở trang thông tin cuộc họp."))
    if meeting.held_on is None:
        found.append(
            ("no_date", "Biên bản không ghi ngày họp; đang tính thẩm quyền theo ngày nhập. Hãy điền ngày họp.")
        )
    elif meeting.host_level == "district" and meeting.held_on >= DISTRICTS_ENDED:
        day = show_day(meeting.held_on)
        found.append(("district_abolished", f"Ngày {day} không còn cấp huyện. Hãy sửa ngày họp hoặc cấp chủ trì."))
    if not minutes.opinions:
        found.append(("no_opinions", "Không tìm thấy ý kiến nào. Hãy chọn đoạn văn bản rồi thêm ý kiến bằng tay."))
    host, commune = fold(meeting.host or ""), fold(meeting.commune.name)
    if meeting.host and meeting.host_level == "commune" and commune not in host and _named(host):
        text = (
            f"Biên bản ghi đơn vị chủ trì là {meeting.host}, khác với {meeting.commune.name}. Hãy xem có nhập nhầm nơi."
        )
        found.append(("other_commune", text))
    warnings: list[dict[str, Any]] = [{"code": code, "message": text, "span": None} for code, text in found]
    for other in _same_day(session, meeting):
        message = f"Đã có cuộc họp số {other} cùng ngày ở đơn vị này. Nếu là nhập trùng, hãy xóa một trong hai."
        warnings.append({"code": "duplicate_day", "message": message, "span": None, "meeting_id": other})
    return warnings


def _named(host: str) -> bool:
    return any(kind in host for kind in ("xa ", "phuong ", "dac khu ", "thi tran "))


def _same_day(session: Session, meeting: Meeting) -> list[int]:
    if meeting.held_on is None:
        return []
    rows = select(Meeting.id).where(
        Meeting.commune_id == meeting.commune_id, Meeting.held_on == meeting.held_on, Meeting.id != meeting.id
    )
    return sorted(session.scalars(rows))

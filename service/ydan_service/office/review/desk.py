"""Where one operation is done: the meeting, locked, with what a change of it needs at hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ydan.assessment import Assessment, Failure
from ydan.documents.status import derive
from ydan.documents.wording import clean
from ydan.minutes.edits import OpinionList
from ydan.opinion import Session as Held
from ydan.predictor import Predictor
from ydan_service.errors import Invalid, NotFound
from ydan_service.office.intake.answers import parse_answer
from ydan_service.office.intake.kept import KeptMinutes, load_minutes
from ydan_service.office.intake.labels import Labels, labels_of, lay_on, session_of
from ydan_service.office.intake.rows import Setting, set_status
from ydan_service.office.intake.sealing import add_readers, read_assessed, seal, show_answers
from ydan_service.office.intake.villages import Villages
from ydan_service.office.masking import cover
from ydan_service.office.review.lists import replay
from ydan_service.office.review.standing import standing, values_of
from ydan_service.office.scope import opinions_open_to
from ydan_service.person import Person
from ydan_service.store import audit, personal
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import (
    AnswerTo,
    Assignment,
    Decision,
    Meeting,
    Operation,
    Opinion,
    StatusChange,
    Village,
    now,
)

_LONGEST_REASON = 1_000
_KEY = re.compile(r"[0-9A-Za-z_.-]{1,20}")


@dataclass
class Desk:
    """One operation under way. ``operation`` is its row; everything is in one transaction."""

    session: Session
    keys: KeyRing
    predictor: Predictor
    person: Person
    meeting: Meeting
    operation: Operation
    held: Held = field(init=False)

    def __post_init__(self) -> None:
        self.held = session_of(self.meeting)

    @cached_property
    def kept(self) -> KeptMinutes:
        """The minutes as they were read."""
        found = load_minutes(self.session, self.keys, self.meeting.id)
        if found is None:
            raise NotFound("Biên bản này chưa đọc xong. Hãy đợi rồi tải lại trang.")
        return found

    @cached_property
    def opinions(self) -> OpinionList:
        """The list as it stands before the operation."""
        return replay(self.session, self.keys, self.meeting.id, self.kept.minutes)

    @cached_property
    def setting(self) -> Setting:
        """For new opinions; what is confidential may be read by who does this and who handed the minutes in."""
        villages = self.session.scalars(select(Village).where(Village.commune_id == self.meeting.commune_id))
        return Setting(
            self.keys,
            self.meeting,
            self.held,
            self.predictor,
            self.kept.people,
            Villages(villages),
            [self.person.id, self.meeting.created_by],
        )

    def find(self, keys: Iterable[str]) -> list[Opinion]:
        """The live opinions of these keys that the person may read, in the order of ``keys``.

        :raises NotFound: there is none of a key; a confidential one is not told apart.
        """
        wanted = list(dict.fromkeys(keys))
        rows = self.session.scalars(
            select(Opinion).where(
                Opinion.meeting_id == self.meeting.id,
                Opinion.key.in_(wanted),
                Opinion.state == "live",
                opinions_open_to(self.person),
            )
        )
        found = {row.key: row for row in rows}
        missing = [key for key in wanted if key not in found]
        if missing or not wanted:
            shown = ", ".join(missing) or "nào được chọn"
            raise NotFound(f"Không còn ý kiến {shown} trong danh sách. Có thể đã được tách, gộp hoặc xóa; hãy tải lại.")
        return [found[key] for key in wanted]

    def decide(self, opinion: Opinion, name: str, value: Any, before: Any, **more: Any) -> Decision:
        """Write a decision of this operation."""
        row = Decision(
            opinion_id=opinion.id,
            field=name,
            value={"value": value, "before": before, "version": self.meeting.revision, **more},
            operation_id=self.operation.id,
            by=self.person.id,
        )
        self.session.add(row)
        return row

    def touch(self, opinion: Opinion) -> None:
        """Let the others see that the opinion changed."""
        opinion.version = self.meeting.revision

    def review(self, opinion: Opinion, done: bool = True) -> None:
        """Mark as looked at, or not."""
        opinion.reviewed_by = self.person.id if done else None
        opinion.reviewed_at = now() if done else None

    def settle(self, opinion: Opinion) -> Labels:
        """Compute every label anew from what the model said and what people decided, and the drafted status."""
        self.session.flush()
        text = self.text_of(opinion)
        decided = values_of(standing(self.session, [opinion.id])[opinion.id])
        labels = labels_of(self.answer_of(opinion, text), text, decided, self.held, self.predictor.competence)
        lay_on(opinion, labels, decided)
        self.touch(opinion)
        if labels.secret and not opinion.confidential and decided.get("confidential") is not False:
            seal(self.session, self.keys, opinion, self.setting.readers, self.person.id)
            self.cover_answers()
        if "status" not in decided:
            self.draft_status(opinion, labels)
        return labels

    def text_of(self, opinion: Opinion) -> str:
        """The words in full."""
        return personal.read(self.session, self.keys, "opinion", [opinion.id], "text").get(opinion.id, "")

    def answer_of(self, opinion: Opinion, text: str) -> Assessment | Failure:
        """What the model said."""
        raw = read_assessed(self.session, self.keys, [opinion]).get(opinion.id)
        if raw is None:
            return Failure(opinion.key, "not_assessed", "Chưa được phân loại")
        return parse_answer(raw, opinion.key, text)

    def draft_status(self, opinion: Opinion, labels: Labels) -> None:
        """Draft where the opinion stands, unless the last word on it was a person's."""
        last = self.session.execute(
            select(StatusChange.by)
            .where(StatusChange.opinion_id == opinion.id)
            .order_by(StatusChange.id.desc())
            .limit(1)
        ).first()
        if last is not None and last.by is not None:
            return
        answers = select(AnswerTo.answer_id).where(AnswerTo.opinion_id == opinion.id)
        ids = list(self.session.scalars(answers))
        replies = personal.read(self.session, self.keys, "answer", ids, "text") if ids else {}
        tasks = self.session.execute(
            select(Assignment.deadline_text, Assignment.deadline).where(Assignment.opinion_id == opinion.id)
        ).all()
        status = derive(
            labels.judged,
            [replies[id_] for id_ in ids if id_ in replies],
            charged=bool(tasks),
            dated=any(task.deadline_text or task.deadline for task in tasks),
            host_level=self.held.host_level,
        )
        if last is None or opinion.status != status.code:
            set_status(self.session, opinion, status)

    def cover_answers(self) -> None:
        """What may be seen of the answers follows what is confidential."""
        self.session.flush()
        secret = select(Opinion.key).where(
            Opinion.meeting_id == self.meeting.id, Opinion.state == "live", Opinion.confidential
        )
        minutes = self.opinions.minutes()
        keys = set(self.session.scalars(secret))
        show_answers(self.session, self.keys, self.meeting.id, minutes, keys, self.kept.people)

    def has_secrets(self) -> bool:
        """Whether any live opinion of the meeting is confidential."""
        found = select(Opinion.id).where(
            Opinion.meeting_id == self.meeting.id, Opinion.state == "live", Opinion.confidential
        )
        return self.session.execute(found.limit(1)).first() is not None

    def keep_reason(self, opinion: Opinion, reason: str) -> str:
        """The reason as a decision keeps it: without names, and of a confidential opinion sealed elsewhere."""
        if not opinion.confidential:
            return cover(reason, self.kept.people)
        kind = f"reason {self.operation.id}"
        personal.keep(self.session, self.keys, self.meeting.id, "opinion", opinion.id, kind, reason)
        return ""

    def record(self, action: str, opinion: Opinion | None = None, **detail: Any) -> None:
        """A line of the audit log; ids and labels only."""
        subject, id_ = ("meeting", self.meeting.id) if opinion is None else ("opinion", opinion.id)
        detail["operation"] = self.operation.id
        if opinion is not None:
            detail["meeting"] = self.meeting.id
        audit.record(self.session, self.person, action, subject, id_, **detail)

    def let_read(self, opinion: Opinion, accounts: Iterable[int | None]) -> None:
        """Let accounts read a confidential opinion."""
        add_readers(self.session, opinion, accounts, self.person.id)


def key_of(op: Mapping[str, Any], name: str = "key") -> str:
    """A key out of what the browser sent.

    :raises Invalid: it is none.
    """
    value = op.get(name)
    if not is_key(value):
        raise Invalid(f"Thao tác thiếu {name}. Hãy tải lại trang rồi làm lại.")
    return str(value)


def is_key(value: object) -> bool:
    """Whether it may be an opinion's key at all; a database refuses some characters, and what else was sent."""
    return isinstance(value, str) and _KEY.fullmatch(value) is not None


def keys_of(op: Mapping[str, Any], name: str = "keys", most: int = 1_000) -> list[str]:
    """Keys out of what the browser sent.

    :raises Invalid: they are none.
    """
    values = op.get(name)
    if not isinstance(values, list) or not 0 < len(values) <= most or not all(map(is_key, values)):
        raise Invalid(f"Thao tác thiếu {name} (danh sách mã ý kiến, tối đa {most}). Hãy tải lại trang rồi làm lại.")
    return list(dict.fromkeys(values))


def number_of(op: Mapping[str, Any], name: str) -> int:
    """A number out of what the browser sent.

    :raises Invalid: it is none.
    """
    value = op.get(name)
    if type(value) is not int or not -1 < value < 2**31:
        raise Invalid(f"Thao tác thiếu {name} (số nguyên). Hãy tải lại trang rồi làm lại.")
    return value


def reason_of(op: Mapping[str, Any]) -> str:
    """The reason that a person gave, or an empty one."""
    value = op.get("reason")
    return clean(value)[:_LONGEST_REASON] if isinstance(value, str) else ""

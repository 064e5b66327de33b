"""Splitting, merging, moving, correcting, removing, adding: a person changes the list of opinions itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from ydan.documents.wording import clean
from ydan.minutes.records import Raised
from ydan_service.errors import Invalid
from ydan_service.office.intake.draft import assess
from ydan_service.office.intake.rows import add_opinion
from ydan_service.office.masking import SIGN
from ydan_service.office.review.decide import COLUMNS
from ydan_service.office.review.desk import Desk, key_of, keys_of, number_of
from ydan_service.office.review.hiding import touches_hidden
from ydan_service.office.review.lists import without_words
from ydan_service.office.review.secret import hidden_from
from ydan_service.office.review.standing import standing, values_of
from ydan_service.store.tables import (
    AlikeMember,
    AnswerTo,
    Assignment,
    ConfidentialReader,
    Decision,
    Dispatched,
    Opinion,
    RaisedBefore,
    StatusChange,
)

KINDS = ("split", "merge", "move", "retext", "remove", "add")
LONGEST = 20_000
"""Characters of corrected words, at most."""


def change(desk: Desk, op: Mapping[str, Any]) -> None:
    """Do one structural change, write the rows that come of it, and keep it in the log.

    :raises Invalid, NotFound, EditError: it cannot be done; the message says why.
    """
    parents = _do(desk, op)
    edit = desk.opinions.log[-1]
    desk.operation.kind, desk.operation.detail = "edit", without_words(edit)
    made = [raised for raised in desk.opinions if raised.id in edit.after and edit.kind != "move"]
    for parent in parents if edit.kind != "move" else ():
        parent.state = "replaced" if made else "removed"
        desk.touch(parent)
    places = {raised.id: place for place, raised in enumerate(desk.opinions)}
    if made:
        _write_heirs(desk, edit.kind, parents, made, places)
    place_rows(desk, places)
    if any(parent.confidential for parent in parents) or (made and desk.has_secrets()):
        desk.cover_answers()
    subject = parents[0] if len(parents) == 1 else None
    desk.record(f"opinion.{edit.kind}", subject, before=list(edit.before), after=list(edit.after))


def place_rows(desk: Desk, places: Mapping[str, int]) -> None:
    """Write the order; every opinion of the list is live again if it was not.

    The others learn of it by the ``order`` of the changes, so an opinion that only moved up is not sent again.
    """
    rows = desk.session.scalars(
        select(Opinion).where(Opinion.meeting_id == desk.meeting.id, Opinion.key.in_(list(places)))
    )
    for row in rows:
        if row.position != places[row.key]:
            row.position = places[row.key]


def _do(desk: Desk, op: Mapping[str, Any]) -> list[Opinion]:
    """Change the list; the rows of the opinions that it takes the place of."""
    kind, opinions = op["kind"], desk.opinions
    if kind == "add":
        _add(desk, op)
        return []
    keys = keys_of(op, most=50) if kind == "merge" else [key_of(op)]
    rows = desk.find(keys)
    if kind == "split":
        at = op.get("at")
        if not isinstance(at, list) or not 0 < len(at) <= 100 or not all(type(offset) is int for offset in at):
            raise Invalid("Thao tác tách thiếu vị trí. Hãy đặt con trỏ vào chỗ muốn tách.")
        opinions.split(keys[0], at)
    elif kind == "merge":
        opinions.merge(keys)
        rows.sort(key=lambda row: row.position)
    elif kind == "move":
        opinions.move(keys[0], _place(desk, keys[0], number_of(op, "to")))
    elif kind == "retext":
        opinions.retext(keys[0], _words(op))
    else:
        opinions.remove(keys[0])
    return rows


def _words(op: Mapping[str, Any]) -> str:
    text = op.get("text")
    if not isinstance(text, str) or len(text) > LONGEST:
        raise Invalid(f"Nội dung mới phải là chữ, tối đa {LONGEST} ký tự.")
    if SIGN in text:
        raise Invalid("Nội dung mới còn chỗ bị che (▇). Hãy gõ lại đủ chữ ở những chỗ đó.")
    # no sign that cannot be seen: a phone number with one inside would pass the cover
    return "\n".join(clean(line) for line in text.splitlines())


def _place(desk: Desk, key: str, to: int) -> int:
    """The place in the whole list of a place among the opinions that this person sees."""
    others = [raised.id for raised in desk.opinions if raised.id != key]
    hidden = hidden_from(desk).keys
    seen = [other for other in others if other not in hidden]
    if to > len(seen):
        raise Invalid(f"Chỉ có vị trí từ 0 đến {len(seen)}.")
    return len(others) if to == len(seen) else others.index(seen[to])


def _add(desk: Desk, op: Mapping[str, Any]) -> None:
    start, end = number_of(op, "start"), number_of(op, "end")
    hidden = hidden_from(desk)
    if touches_hidden(desk.kept.minutes.extract, hidden.spans, hidden.shown, hidden.names, (start, end)):
        raise Invalid("Đoạn này có phần được giữ kín nên không thêm được. Hãy chọn đoạn khác.")
    if end - start > LONGEST:
        raise Invalid(f"Đoạn được chọn dài {end - start} ký tự, tối đa {LONGEST}. Hãy chọn đoạn ngắn hơn.")
    desk.opinions.add(start, end)


def _write_heirs(
    desk: Desk, kind: str, parents: Sequence[Opinion], made: Sequence[Raised], places: Mapping[str, int]
) -> None:
    carried = _carried(desk, kind, parents)
    answers = assess(made, desk.held, desk.predictor)
    secret = True if any(parent.confidential for parent in parents) else None
    code = _code(parents)
    for raised, answer in zip(made, answers, strict=True):
        values = values_of(carried)
        heir, labels = add_opinion(
            desk.session, desk.setting, raised, places[raised.id], answer, code, values, secret=secret
        )
        if heir.confidential:
            heir.speaker_code = ""
            _carry_readers(desk, parents, heir)
        for name, decision in carried.items():
            desk.session.add(_copy(desk, decision, heir))
            if name == "reviewed":
                heir.reviewed_by, heir.reviewed_at = decision.by, decision.at
        if "village" not in carried and heir.village_id is None and not heir.confidential:
            heir.village_id = _common([parent.village_id for parent in parents])
        _carry_following(desk, kind, parents, heir)
        desk.session.flush()
        _carry_status(desk, parents, heir, labels, values)


def _carried(desk: Desk, kind: str, parents: Sequence[Opinion]) -> dict[str, Decision]:
    """The decisions that the heirs take over: of corrected words all, else those in which all parents agree.

    Whoever splits or merges has not seen the labels of what comes of it: that it was reviewed is not taken over.
    """
    if not parents:
        return {}
    all_decided = standing(desk.session, [parent.id for parent in parents])
    found = {}
    for name in dict.fromkeys(name for parent in parents for name in all_decided[parent.id]):
        if name == "confidential" or (name == "reviewed" and kind != "retext"):
            continue
        values = [_value(parent, all_decided[parent.id], name) for parent in parents]
        if all(value == values[0] for value in values):
            found[name] = next(all_decided[p.id][name] for p in parents if name in all_decided[p.id])
    return found


def _value(opinion: Opinion, decided: Mapping[str, Decision], name: str) -> Any:
    return decided[name].value["value"] if name in decided else getattr(opinion, COLUMNS.get(name, name), None)


def _copy(desk: Desk, decision: Decision, heir: Opinion) -> Decision:
    value = {**decision.value, "carried": decision.id, "before_decided": False, "version": desk.meeting.revision}
    return Decision(
        opinion_id=heir.id,
        field=decision.field,
        value=value,
        operation_id=desk.operation.id,
        by=decision.by,
        at=decision.at,
    )


def _carry_readers(desk: Desk, parents: Sequence[Opinion], heir: Opinion) -> None:
    """Who may read all confidential parents may read the heir; whoever makes it is one of them."""
    allowed: set[int] | None = None
    for parent in parents:
        if parent.confidential:
            rows = select(ConfidentialReader.account_id).where(ConfidentialReader.opinion_id == parent.id)
            readers = set(desk.session.scalars(rows))
            allowed = readers if allowed is None else allowed & readers
    if allowed is not None:
        rows_now = select(ConfidentialReader).where(ConfidentialReader.opinion_id == heir.id)
        for row in desk.session.scalars(rows_now).all():
            if row.account_id not in allowed:
                desk.session.delete(row)
        desk.session.flush()
        desk.let_read(heir, allowed)


def _carry_following(desk: Desk, kind: str, parents: Sequence[Opinion], heir: Opinion) -> None:
    """Answers, tasks and letters of the parents are the heir's too; likeness, where it still is the same matter."""
    session, ids = desk.session, [parent.id for parent in parents]
    told = func.min(AnswerTo.told_on)
    answers = select(AnswerTo.answer_id, told).where(AnswerTo.opinion_id.in_(ids)).group_by(AnswerTo.answer_id)
    for answer_id, told_on in session.execute(answers.order_by(AnswerTo.answer_id)).all():
        session.add(AnswerTo(answer_id=answer_id, opinion_id=heir.id, told_on=told_on))
        heir.answered = True
    letters = session.scalars(select(Dispatched.dispatch_id).where(Dispatched.opinion_id.in_(ids)))
    for dispatch_id in sorted(set(letters)):
        session.add(Dispatched(dispatch_id=dispatch_id, opinion_id=heir.id))
    if heir.confidential:
        return
    for task in session.scalars(select(Assignment).where(Assignment.opinion_id.in_(ids)).order_by(Assignment.id)).all():
        session.add(_task(task, heir))
    heir.deadline = min((parent.deadline for parent in parents if parent.deadline is not None), default=None)
    if kind == "split":
        return
    groups = session.scalars(select(AlikeMember.group_id).where(AlikeMember.opinion_id.in_(ids)))
    for group_id in sorted(set(groups))[:1]:
        session.add(AlikeMember(group_id=group_id, opinion_id=heir.id))
    earlier: dict[int, RaisedBefore] = {}
    for row in session.scalars(select(RaisedBefore).where(RaisedBefore.opinion_id.in_(ids))):
        earlier.setdefault(row.earlier_id, row)
    for earlier_id, row in earlier.items():
        copy = RaisedBefore(
            opinion_id=heir.id, earlier_id=earlier_id, probability=row.probability, confirmed_by=row.confirmed_by
        )
        session.add(copy)


def _task(task: Assignment, heir: Opinion) -> Assignment:
    return Assignment(
        opinion_id=heir.id,
        body=task.body,
        what=task.what,
        deadline=task.deadline,
        deadline_text=task.deadline_text,
        from_minutes=task.from_minutes,
        done_on=task.done_on,
        by=task.by,
        at=task.at,
    )


def _carry_status(
    desk: Desk, parents: Sequence[Opinion], heir: Opinion, labels: Any, decided: Mapping[str, Any]
) -> None:
    """A status that a person gave to all parents stays; else it is drafted anew."""
    lasts = [
        desk.session.scalars(
            select(StatusChange).where(StatusChange.opinion_id == parent.id).order_by(StatusChange.id.desc()).limit(1)
        ).first()
        for parent in parents
    ]
    given = {last.status for last in lasts if last is not None and last.by is not None}
    if len(given) == 1 and all(last is not None and last.by is not None for last in lasts):
        last = lasts[0]
        if last is not None:
            copy = StatusChange(opinion_id=heir.id, status=last.status, because=last.because, on=last.on)
            copy.by, copy.at = last.by, last.at
            desk.session.add(copy)
            heir.status = last.status
            return
    if "status" not in decided:
        desk.draft_status(heir, labels)


def _code(parents: Iterable[Opinion]) -> str:
    codes = dict.fromkeys(parent.speaker_code for parent in parents if parent.speaker_code)
    return "; ".join(codes)


def _common(values: Sequence[int | None]) -> int | None:
    return values[0] if values and all(value == values[0] for value in values) else None

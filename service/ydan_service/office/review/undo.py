"""Taking back: one's own operation, or the last one; never under something that rests on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from ydan.documents.status import Status
from ydan.errors import EditError
from ydan.minutes.edit import Edit
from ydan_service.errors import Conflict, Invalid, NotFound
from ydan_service.office.intake.rows import set_status
from ydan_service.office.review import likeness
from ydan_service.office.review.decide import COLUMNS
from ydan_service.office.review.desk import Desk
from ydan_service.office.review.lists import replay
from ydan_service.office.review.secret import readers_of, set_secret
from ydan_service.office.review.standing import standing
from ydan_service.office.review.structure import place_rows
from ydan_service.store.tables import Assignment, Decision, Dispatched, Operation, Opinion, StatusChange

_LATER = "Sau thao tác này đã có thao tác khác dựa vào nó{}. Hãy hoàn tác thao tác sau trước."


def undo(desk: Desk, op: Mapping[str, Any]) -> None:
    """Take back ``of``, or the person's last operation.

    :raises NotFound: there is nothing to take back.
    :raises Conflict: another person's that is not the last, or later work rests on it.
    """
    target = _target(desk, op.get("of"))
    {"edit": _edit, "decide": _decisions, "accept": _decisions, "confidential": _secret, "alike": _alike}[target.kind](
        desk, target
    )
    target.undone_by = desk.operation.id
    desk.operation.detail = {"of": target.id, "keys": _keys(target)}
    desk.record("review.undo", of=target.id, kind=target.kind)


def _target(desk: Desk, of: object) -> Operation:
    standing_ = (
        Operation.meeting_id == desk.meeting.id,
        Operation.kind != "undo",
        Operation.undone_by.is_(None),
        Operation.id != desk.operation.id,
    )
    latest = select(Operation).where(*standing_).order_by(Operation.number.desc()).limit(1)
    if of is None:
        found = desk.session.scalar(latest.where(Operation.by == desk.person.id))
        if found is None:
            raise NotFound("Anh/chị không còn thao tác nào để hoàn tác.")
        return found
    if not isinstance(of, str) or not of.isascii() or not of.isprintable():
        raise Invalid("of phải là mã của thao tác muốn hoàn tác.")
    found = desk.session.scalar(select(Operation).where(*standing_, Operation.id == of))
    if found is None:
        raise NotFound("Thao tác này không còn, hoặc đã được hoàn tác. Hãy tải lại trang.")
    last = desk.session.scalar(latest)
    if found.by != desk.person.id and (last is None or last.id != found.id):
        raise Conflict("Chỉ hoàn tác được thao tác của mình, hoặc thao tác sau cùng.")
    return found


def _decisions(desk: Desk, target: Operation) -> None:
    """Each field back to what it was, as a new decision; what nobody had decided is the model's again."""
    rows = desk.session.scalars(select(Decision).where(Decision.operation_id == target.id).order_by(Decision.id)).all()
    opinions = {row.key: row for row in _rows(desk, _keys(target))}
    if any(row.state != "live" for row in opinions.values()):
        raise Conflict(_LATER.format(": ý kiến đã được tách, gộp, sửa hoặc xóa"))
    desk.find(opinions)
    by_id = {row.id: row for row in opinions.values()}
    latest = _latest(desk, list(by_id))
    for row in rows:
        if latest[row.opinion_id, row.field].id != row.id:
            raise Conflict(_LATER.format(": có quyết định mới hơn"))
    for row in rows:
        opinion, before = by_id[row.opinion_id], row.value["before"]
        more: dict[str, Any] = {} if row.value.get("before_decided") else {"released": True}
        desk.decide(opinion, row.field, before, row.value["value"], before_decided=True, undo=target.id, **more)
        if row.field == "reviewed":
            desk.review(opinion, done=bool(before))
        elif row.field == "status":
            set_status(desk.session, opinion, Status(before, "", ""), None if more else desk.person.id)
        elif row.field == "village":
            setattr(opinion, COLUMNS["village"], before)
    for opinion in by_id.values():
        desk.settle(opinion)


def _latest(desk: Desk, ids: list[int]) -> dict[tuple[int, str], Decision]:
    rows = desk.session.scalars(select(Decision).where(Decision.opinion_id.in_(ids)).order_by(Decision.id))
    return {(row.opinion_id, row.field): row for row in rows}


def _edit(desk: Desk, target: Operation) -> None:
    """The list without one change, if the later ones do not need it."""
    edit = Edit.from_json(target.detail)
    heirs = _rows(desk, edit.after) if edit.kind != "move" else []
    if heirs:
        _check_nothing_rests(desk, target, heirs)
    _check_places(desk, target)
    try:
        opinions = replay(desk.session, desk.keys, desk.meeting.id, desk.kept.minutes, without=target.id)
    except EditError as error:
        raise Conflict(_LATER.format("")) from error
    if any(row.confidential and desk.person.id not in readers_of(desk, row) for row in _rows(desk, _keys(target))):
        raise Conflict("Thao tác này không hoàn tác được từ tài khoản này.")
    for row in heirs:
        row.state = "removed"
        desk.touch(row)
    if edit.kind != "move":
        for row in _rows(desk, edit.before):
            row.state = "live"
            desk.touch(row)
    target.undone_by = desk.operation.id
    desk.opinions = opinions
    place_rows(desk, {raised.id: place for place, raised in enumerate(opinions)})
    if desk.has_secrets():
        desk.cover_answers()


def _check_nothing_rests(desk: Desk, target: Operation, heirs: list[Opinion]) -> None:
    """Later decisions, groups and letters on what came of the change."""
    keys, ids = {row.key for row in heirs}, [row.id for row in heirs]
    later = desk.session.scalars(
        select(Operation).where(
            Operation.meeting_id == desk.meeting.id,
            Operation.number > target.number,
            Operation.kind != "undo",
            Operation.undone_by.is_(None),
            Operation.id != desk.operation.id,
        )
    )
    if any(keys.intersection(_keys(one)) for one in later):
        raise Conflict(_LATER.format(": ý kiến mới đã được xem hoặc sửa"))
    parents = [row.id for row in _rows(desk, Edit.from_json(target.detail).before)]
    for table in (StatusChange, Assignment):
        rows = select(table.id).where(table.opinion_id.in_(ids), table.by.is_not(None), table.at > target.at)
        if desk.session.execute(rows.limit(1)).first() is not None:
            raise Conflict(_LATER.format(": việc giải quyết ý kiến mới đã được ghi"))
    inherited = select(Dispatched.dispatch_id).where(Dispatched.opinion_id.in_(parents))
    sent = select(Dispatched.dispatch_id).where(
        Dispatched.opinion_id.in_(ids), Dispatched.dispatch_id.not_in(inherited)
    )
    if desk.session.execute(sent.limit(1)).first() is not None:
        raise Conflict(_LATER.format(": ý kiến mới đã được chuyển đi"))


def _check_places(desk: Desk, target: Operation) -> None:
    """A later change that counts places was made in the list as this one left it."""
    later = desk.session.scalars(
        select(Operation.detail).where(
            Operation.meeting_id == desk.meeting.id,
            Operation.number > target.number,
            Operation.kind == "edit",
            Operation.undone_by.is_(None),
        )
    )
    if any(detail["kind"] in ("move", "add") for detail in later):
        raise Conflict(_LATER.format(": thứ tự các ý kiến đã được đổi"))


def _secret(desk: Desk, target: Operation) -> None:
    (opinion,) = desk.find(_keys(target))
    last = standing(desk.session, [opinion.id])[opinion.id].get("confidential")
    if last is None or last.operation_id != target.id:
        raise Conflict(_LATER.format(""))
    value = not target.detail["value"]
    earlier = desk.session.scalars(
        select(Decision.id).where(
            Decision.opinion_id == opinion.id, Decision.field == "confidential", Decision.id < last.id
        )
    ).first()
    more: dict[str, Any] = {"released": True} if earlier is None else {}
    desk.decide(opinion, "confidential", value, not value, undo=target.id, **more)
    readers = target.detail["readers"] if value else []
    set_secret(desk, opinion, value, [*readers, desk.person.id] if value else [])


def _alike(desk: Desk, target: Operation) -> None:
    likeness.restore(desk, target.detail)


def _rows(desk: Desk, keys: Iterable[str]) -> list[Opinion]:
    wanted = list(keys)
    rows = desk.session.scalars(select(Opinion).where(Opinion.meeting_id == desk.meeting.id, Opinion.key.in_(wanted)))
    found = {row.key: row for row in rows}
    return [found[key] for key in wanted if key in found]


def _keys(operation: Operation) -> list[str]:
    """The keys that an operation was about, before and after."""
    detail = operation.detail
    if operation.kind == "edit":
        return [*detail["before"], *detail["after"]]
    return list(detail.get("keys", ()))

"""What the page sends: operations, each done whole or not at all, each once however often it comes."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from ydan.errors import YDanError
from ydan.predictor import Predictor
from ydan_service.errors import Conflict, Forbidden, Invalid
from ydan_service.office.review import decide, likeness, secret, structure, undo
from ydan_service.office.review.desk import Desk
from ydan_service.office.review.looking import changes_after
from ydan_service.office.review.state import read_opinion
from ydan_service.office.scope import visible_meeting
from ydan_service.person import Person
from ydan_service.store.store import Store
from ydan_service.store.tables import Meeting, Operation, now

Json = dict[str, Any]
MOST = 200
"""Operations in one post, at most."""
_ID = re.compile(r"[0-9A-Za-z_-]{8,64}")
_TRIES = 6
_LOG = logging.getLogger(__name__)

_DO: Mapping[str, Callable[[Desk, Mapping[str, Any]], None]] = {
    "decide": decide.decide,
    "accept": decide.accept,
    **dict.fromkeys(structure.KINDS, structure.change),
    "confirm_alike": likeness.confirm,
    "separate_alike": likeness.separate,
    "undo": undo.undo,
    "mark_confidential": secret.mark,
}


def operate(
    store: Store, predictor: Predictor, person: Person, meeting_id: int, operations: Sequence[Any], since: int
) -> Json:
    """Do operations one after the other; the answer says of each whether it was done, then what changed since.

    What is answered as done is in the database. One that cannot be done stops none of the others.

    :raises NotFound: no such meeting in the person's scope.
    :raises Forbidden: the person may not change meetings.
    :raises Invalid: more than :data:`MOST`.
    """
    if not person.may("meetings.write"):
        raise Forbidden("Tài khoản này chỉ xem được, không sửa được. Hãy nhờ thư ký.")
    if len(operations) > MOST:
        raise Invalid(f"Một lần gửi nhận tối đa {MOST} thao tác. Hãy gửi nhiều lần.")
    with store.read() as session:
        visible_meeting(session, person, meeting_id)
    results = [_answer(store, predictor, person, meeting_id, op) for op in operations]
    return {"results": results, **changes_after(store, person, meeting_id, since, now())}


def _answer(store: Store, predictor: Predictor, person: Person, meeting_id: int, op: Any) -> Json:
    id_ = op.get("id") if isinstance(op, dict) else None
    try:
        if not isinstance(op, dict) or not isinstance(id_, str) or not _ID.fullmatch(id_):
            raise Invalid("Mỗi thao tác phải có id (8 đến 64 chữ, số, gạch).")
        if not isinstance(op.get("kind"), str) or op["kind"] not in _DO:
            raise Invalid(f"Không có thao tác này. Các thao tác: {', '.join(_DO)}.")
        _do_once(store, predictor, person, meeting_id, op)
    except decide.Overtaken as error:
        with store.read() as session:
            found = read_opinion(session, store.keys, person, meeting_id, error.key)
        return {"id": id_, "ok": False, "error": _error(error), "conflict": found}
    except YDanError as error:
        return {"id": id_, "ok": False, "error": _error(error), "conflict": None}
    return {"id": id_, "ok": True}


def _error(error: YDanError) -> Json:
    return {"code": error.code, "message": str(error)}


def _do_once(store: Store, predictor: Predictor, person: Person, meeting_id: int, op: Mapping[str, Any]) -> None:
    """One transaction; begun again where the database could not serve two at once."""
    for turn in range(_TRIES):
        try:
            with store.begin() as session:
                if not _was_done(session, person, meeting_id, op["id"]):
                    _do(session, store, predictor, person, meeting_id, op)
            return
        except (IntegrityError, OperationalError):
            if turn == _TRIES - 1:
                raise
            _LOG.info("operation %s is tried again", op["id"])
            time.sleep(0.02 * 2**turn)


def _was_done(session: Session, person: Person, meeting_id: int, id_: str) -> bool:
    """Take the meeting for this transaction alone, and see whether the operation came before."""
    session.execute(update(Meeting).where(Meeting.id == meeting_id).values(revision=Meeting.revision))
    found = session.get(Operation, id_)
    if found is None:
        return False
    if found.meeting_id != meeting_id or found.by != person.id:
        raise Conflict("Mã thao tác này đã dùng cho việc khác. Hãy tải lại trang.")
    return True


def _do(
    session: Session, store: Store, predictor: Predictor, person: Person, meeting_id: int, op: Mapping[str, Any]
) -> None:
    meeting = visible_meeting(session, person, meeting_id)
    if meeting.stage in ("reading", "failed"):
        raise Conflict("Biên bản này chưa đọc xong. Hãy đợi rồi tải lại trang.")
    meeting.revision += 1
    last = session.scalar(select(func.max(Operation.number)).where(Operation.meeting_id == meeting_id))
    operation = Operation(
        id=op["id"], meeting_id=meeting_id, number=(last or 0) + 1, kind=op["kind"], detail={}, by=person.id
    )
    session.add(operation)
    session.flush()
    _DO[op["kind"]](Desk(session, store.keys, predictor, person, meeting, operation), op)
    session.flush()

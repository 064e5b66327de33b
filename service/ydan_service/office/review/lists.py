"""The opinion list of a meeting, replayed from what was read and from what people changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from ydan.minutes.edit import Edit
from ydan.minutes.edits import OpinionList
from ydan.minutes.records import Minutes
from ydan_service.store import personal
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import Operation, Opinion


def read_log(session: Session, keys: KeyRing, meeting_id: int, without: str | None = None) -> list[Edit]:
    """The changes that hold, in order; corrected words come from where they are sealed.

    ``without`` leaves out one operation, to see whether the others would do without it.
    """
    rows = session.execute(
        select(Operation.id, Operation.detail)
        .where(Operation.meeting_id == meeting_id, Operation.kind == "edit", Operation.undone_by.is_(None))
        .order_by(Operation.number)
    )
    log = [Edit.from_json(row.detail) for row in rows if row.id != without]
    retexts = [edit.after[0] for edit in log if edit.kind == "retext"]
    return _with_words(session, keys, meeting_id, log, retexts) if retexts else log


def replay(
    session: Session, keys: KeyRing, meeting_id: int, minutes: Minutes, without: str | None = None
) -> OpinionList:
    """The list as it stands; keys of changes that were taken back are not given again.

    :raises EditError: the log does not fit, which can only be where one operation is left out.
    """
    used = session.scalars(select(Opinion.key).where(Opinion.meeting_id == meeting_id))
    return OpinionList.replay(minutes, read_log(session, keys, meeting_id, without), used)


def without_words(edit: Edit) -> dict[str, object]:
    """An edit as :class:`Operation` keeps it: corrected words are the new opinion's, sealed with it."""
    return replace(edit, text=None).to_json()


def _with_words(
    session: Session, keys: KeyRing, meeting_id: int, log: Sequence[Edit], wanted: Sequence[str]
) -> list[Edit]:
    rows = session.execute(
        select(Opinion.key, Opinion.id).where(Opinion.meeting_id == meeting_id, Opinion.key.in_(wanted))
    )
    ids = {row.key: row.id for row in rows}
    words = personal.read(session, keys, "opinion", list(ids.values()), "text")
    return [replace(edit, text=words.get(ids[edit.after[0]])) if edit.kind == "retext" else edit for edit in log]

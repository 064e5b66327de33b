"""The audit log: every line holds the hash of the one before, so that a changed or missing line shows."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select, text
from sqlalchemy.orm import Session

from ydan_service.person import Person
from ydan_service.store.engine import READS
from ydan_service.store.errors import AuditError
from ydan_service.store.tables import AuditEvent, now

LONGEST_VALUE = 300
"""Characters of one value: ids and labels are short, an opinion's words are not."""
LONGEST_DETAIL = 20_000
_FIRST = "0" * 64
_LOCK = 0x59_44_41_4E_02
"""Advisory lock of PostgreSQL: lines are added one after another, to the end of the transaction."""
_COLUMNS = (
    AuditEvent.id, AuditEvent.at, AuditEvent.account_id, AuditEvent.username, AuditEvent.action, AuditEvent.subject,
    AuditEvent.subject_id, AuditEvent.detail, AuditEvent.previous_hash, AuditEvent.hash,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """What :func:`verify` found. ``broken`` is the first line that is not as it was written, ``why`` one of
    ``hash`` (its words were changed), ``link`` (the line before is another), ``gap`` (lines are missing before it),
    ``end`` (lines that were there are missing at the end)."""

    count: int
    hash: str
    broken: int | None = None
    why: str = ""

    @property
    def head(self) -> str:
        """``count:hash``, for an auditor to note down: handed in later, it shows a log that was cut or begun anew."""
        return f"{self.count}:{self.hash}"


def record(
    session: Session, by: Person | None, action: str, subject: str, subject_id: object, **detail: Any
) -> AuditEvent:
    """Add a line in the transaction at hand; ``detail`` holds ids and labels, never words of an opinion or names.

    Call it near the end of the transaction: on PostgreSQL the next one's line waits for this one's commit.

    :raises AuditError: the session only reads (the line would be lost), or ``detail`` holds more than ids and labels.
    """
    if session.connection().get_execution_options().get(READS):
        raise AuditError("Nhật ký chỉ ghi được trong Store.begin(); phiên chỉ đọc sẽ làm mất dòng này.")
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    kept = _checked(detail)
    last = session.execute(select(AuditEvent.id, AuditEvent.hash).order_by(AuditEvent.id.desc()).limit(1)).first()
    event = AuditEvent(
        id=1 if last is None else last.id + 1,
        at=now(),
        account_id=None if by is None else by.id,
        username="" if by is None else by.username,
        action=action,
        subject=subject,
        subject_id=str(subject_id),
        detail=kept,
        previous_hash=_FIRST if last is None else last.hash,
    )
    event.hash = hash_of(event)
    session.add(event)
    session.flush()
    return event


def verify(session: Session, head: str | None = None) -> Verdict:
    """Read the whole log and say whether every line is as it was written; with an earlier ``head``, that it is in it.

    :raises AuditError: ``head`` is not of the form ``count:hash``.
    """
    noted = _noted(head)
    try:
        return _walk(session, noted, 1000)
    except ValueError:  # a time or a detail that cannot even be read: once more, line by line, up to it
        return _walk(session, noted, 1)


def _walk(session: Session, noted: tuple[int, str], at_once: int) -> Verdict:
    count, previous = 0, _FIRST
    lines = select(*_COLUMNS).order_by(AuditEvent.id).execution_options(yield_per=at_once)
    with session.execute(lines) as rows:
        try:
            for row in rows:
                why = ""
                if row.id != count + 1:
                    why = "gap"
                elif row.previous_hash != previous:
                    why = "link"
                elif row.hash != hash_of(row) or (row.id == noted[0] and row.hash != noted[1]):
                    why = "hash"
                if why:
                    return Verdict(count, previous, row.id, why)
                count, previous = row.id, row.hash
        except ValueError:
            if at_once > 1:
                raise
            return Verdict(count, previous, count + 1, "hash")
    if noted[0] > count:
        return Verdict(count, previous, count + 1, "end")
    return Verdict(count, previous)


def hash_of(event: AuditEvent | Row[Any]) -> str:
    """SHA-256 of everything that the line says and of the hash before it."""
    said = [event.id, event.at.isoformat(), event.account_id, event.username, event.action, event.subject]
    said += [event.subject_id, event.detail, event.previous_hash]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _checked(detail: dict[str, Any]) -> dict[str, Any]:
    """The detail as the database gives it back, so that its hash is the same then."""
    try:
        written = json.dumps(detail, ensure_ascii=False, allow_nan=False)
        written.encode()
    except (TypeError, ValueError) as error:
        raise AuditError(f"Nhật ký chỉ nhận mã, số và nhãn: {error}") from error
    if len(written) > LONGEST_DETAIL:
        raise AuditError(f"Một dòng nhật ký dài {len(written)} ký tự, nhiều nhất {LONGEST_DETAIL}. Hãy ghi mã và số.")
    kept: dict[str, Any] = json.loads(written)
    for value in _texts(kept):
        if len(value) > LONGEST_VALUE or "\0" in value:
            raise AuditError(
                f"Một giá trị nhật ký dài {len(value)} ký tự, nhiều nhất {LONGEST_VALUE}: nhật ký chỉ giữ mã và nhãn, "
                "không giữ lời ý kiến hay tên người."
            )
    return kept


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [*value, *(text for each in value.values() for text in _texts(each))]
    return [text for each in value for text in _texts(each)] if isinstance(value, list) else []


def _noted(head: str | None) -> tuple[int, str]:
    if head is None:
        return 0, ""
    count, _, hash_ = head.strip().partition(":")
    if not count.isdecimal() or len(hash_) != 64:
        raise AuditError("Số đối chiếu phải có dạng SỐ-DÒNG:MÃ-BĂM như lệnh verify-audit đã in.")
    return int(count), hash_.lower()

"""Changing the key: a new one seals from now on, what the old ones sealed is sealed again, then they can go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from ydan_service.store import audit, files, personal, program_data
from ydan_service.store.errors import SealError
from ydan_service.store.keyfile import KeyFile
from ydan_service.store.keys import KeyRing, Sealed
from ydan_service.store.store import Store
from ydan_service.store.tables import SEALED, KeptFile, PersonalData, ProgramData

REST = timedelta(minutes=10)
"""How long a new key must be in use before the old ones may go: work that began before may still seal with them."""

Progress = Callable[[int, int], None]


def reseal(store: Store, batch: int = 100, progress: Progress = lambda done, total: None) -> int:
    """Seal with the newest key whatever another one sealed, ``batch`` rows a transaction; how many rows it were.

    May be broken off at any time and called again: what is done stays done, the rest still opens with its old key.

    :raises SealError: a row that no key of the ring opens; those before it are done.
    """
    with store.read() as session:
        total = sum(count for id_, count in sealed_with(session).items() if id_ != store.keys.newest)
    done = 0
    while True:
        with store.begin() as session:
            count = (
                _some_personal(session, store.keys, batch)
                or _some_files(session, store.keys, max(1, batch // 10))
                or _some_of_programs(session, store.keys, max(1, batch // 10))
            )
            if count == 0:
                if done:
                    audit.record(session, None, "key.rotate", "key", store.keys.newest, rows=done)
                return done
        done += count
        progress(done, max(total, done))


def sealed_with(session: Session) -> dict[str, int]:
    """How many rows each key sealed."""
    counts: dict[str, int] = {}
    for table in SEALED:
        for id_, count in session.execute(select(table.key_id, func.count()).group_by(table.key_id)):
            counts[id_] = counts.get(id_, 0) + count
    return counts


def drop_old(store: Store, file: KeyFile, at: datetime) -> list[str]:
    """Take all keys but the newest out of the file; their ids.

    :raises SealError: something is still sealed with one of them, or the newest is in use for less than :data:`REST`.
    """
    if at - file.made_at() < REST:
        raise SealError(
            f"Khóa mới dùng chưa đủ {REST.seconds // 60} phút; việc đang làm dở có thể còn dùng khóa cũ. "
            "Hãy chờ rồi chạy lại."
        )
    with store.begin() as session:  # nobody else writes meanwhile (SQLite)
        left = {id_: count for id_, count in sealed_with(session).items() if id_ != store.keys.newest}
        if left:
            raise SealError(
                f"Còn {sum(left.values())} mục mã hóa bằng khóa cũ. "
                "Hãy chạy ydan-serve rotate-key trước, rồi mới bỏ khóa cũ."
            )
        dropped = [id_ for id_ in file.read() if id_ != store.keys.newest]
        audit.record(session, None, "key.drop", "key", store.keys.newest, dropped=dropped)
        file.drop_old()
    return dropped


def _some_personal(session: Session, keys: KeyRing, batch: int) -> int:
    rows = session.scalars(
        select(PersonalData).where(PersonalData.key_id != keys.newest).limit(batch).with_for_update()
    ).all()
    for row in rows:
        context = personal.context(row.owner, row.owner_id, row.kind)
        row.key_id, row.sealed = keys.seal(keys.open(Sealed(row.key_id, row.sealed), context), context)
    return len(rows)


def _some_files(session: Session, keys: KeyRing, batch: int) -> int:
    rows = session.scalars(
        select(KeptFile)
        .where(KeptFile.key_id != keys.newest)
        .limit(batch)
        .options(undefer(KeptFile.sealed))
        .with_for_update()
    ).all()
    for row in rows:
        context = files.context(row.id)
        row.key_id, row.sealed = keys.seal(keys.open(Sealed(row.key_id, row.sealed), context), context)
    return len(rows)


def _some_of_programs(session: Session, keys: KeyRing, batch: int) -> int:
    rows = session.scalars(
        select(ProgramData).where(ProgramData.key_id != keys.newest).limit(batch).with_for_update()
    ).all()
    for row in rows:
        context = program_data.context(row.owner, row.owner_id, row.kind)
        row.key_id, row.sealed = keys.seal(keys.open(Sealed(row.key_id, row.sealed), context), context)
    return len(rows)

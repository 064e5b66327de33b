"""A row in every table, each column filled by its type, so that no column is forgotten when one is added."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Connection, Date, DateTime, Float, Integer, LargeBinary, select
from sqlalchemy.orm import Session

from ydan_service.store import audit, files, personal, program_data
from ydan_service.store.store import Store
from ydan_service.store.tables import SEALED, Base

WORDS = "Đường thôn 6 lầy lội ▇▇▇ 🌧 “dấu\n\ttab” \\ \u2028 a\u0301"
AT = datetime(2026, 3, 1, 23, 59, 59, 123456, tzinfo=UTC)
_APART = {"audit_event", "personal_data", "kept_file", "program_data"}


def fill(store: Store) -> None:
    """Two rows in each table, the second with nothing where nothing may be; sealed ones that open; audit lines."""
    with store.begin() as session:
        for table in Base.metadata.sorted_tables:
            if table.name not in _APART:
                for number in (1, 2):
                    values = {column.name: _value(column, number) for column in table.columns if _given(column, number)}
                    session.execute(table.insert().values(values))
            elif table.name == "kept_file":
                for number in (1, 2):
                    files.keep(session, store.keys, number, "source", f"biên bản {number}.docx", "x/y", bytes(300), 1)
        personal.keep(session, store.keys, 1, "opinion", 1, "name", "Tạ Văn Mão")
        personal.keep(session, store.keys, 1, "opinion", 1, "text", WORDS)
        program_data.keep(session, store.keys, "bulk_part", "1", "input", WORDS.encode())
        for number in range(3):
            audit.record(session, None, "meeting.upload", "meeting", number, topics=["giao_thong"], share=0.25)


def contents(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    return {
        table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
        for table in Base.metadata.sorted_tables
    }


def sealed_keys(session: Session) -> set[str]:
    """The keys that sealed something."""
    return {id_ for table in SEALED for id_ in session.scalars(select(table.key_id))}


def _given(column: Column[Any], number: int) -> bool:
    counted = column.primary_key and isinstance(column.type, Integer) and not column.foreign_keys
    return not counted and (number == 1 or not column.nullable)


def _value(column: Column[Any], number: int) -> Any:
    if column.foreign_keys:
        target = next(iter(column.foreign_keys)).column
        return _value(target, number) if not isinstance(target.type, Integer) else number
    kind = column.type
    if isinstance(kind, Boolean):
        return number == 1
    if isinstance(kind, JSON):
        return {"value": [number, None, True, 0.1, {"chữ": WORDS}]}
    if isinstance(kind, LargeBinary):
        return bytes(range(256))
    if isinstance(kind, Integer):
        return number
    if isinstance(kind, Float):
        return 1 / 3 + number
    if isinstance(kind, Date):
        return date(2026, 2, 28) + timedelta(days=number)
    return (
        AT + timedelta(seconds=number)
        if isinstance(kind, DateTime) or "Moment" in type(kind).__name__
        else f"{WORDS} {number}"
    )

"""Procrastinate's tables, in a schema of their own, brought up to the version that is installed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from procrastinate.schema import SchemaManager
from sqlalchemy import Engine, text

SCHEMA = "ydan_queue"
_LOCK = 0x59_44_41_4E_02
"""Advisory lock of PostgreSQL that one program holds while it makes or changes the tables."""


def ensure(engine: Engine) -> list[str]:
    """Make the tables, or bring them up to date; what was applied.

    Each step that Procrastinate ships is written down in ``ydan_queue.applied``: a newer version adds its steps.
    """
    steps = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    with engine.begin() as connection:
        if connection.scalar(text("SELECT to_regclass(:name)"), {"name": f"{SCHEMA}.applied"}) is not None:
            done = set(connection.scalars(text(f"SELECT step FROM {SCHEMA}.applied")))
            if all(step.name in done for step in steps):
                return []
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
        connection.execute(text(f"SET LOCAL search_path TO {SCHEMA}"))
        connection.execute(text("CREATE TABLE IF NOT EXISTS applied (step text PRIMARY KEY)"))
        done = set(connection.scalars(text("SELECT step FROM applied")))
        raw: Any = connection.connection.driver_connection
        fresh = not done
        missing = [step for step in steps if step.name not in done]
        if fresh:
            raw.execute(SchemaManager.get_schema())
        for step in missing:
            if not fresh:
                raw.execute(step.read_text(encoding="utf-8"))
            connection.execute(text("INSERT INTO applied (step) VALUES (:step)"), {"step": step.name})
        return [step.name for step in missing]

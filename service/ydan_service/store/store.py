"""The database as the rest of the service sees it: transactions, and the keys that open what is sealed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from ydan_service.store.engine import READS
from ydan_service.store.keys import KeyRing


class Store:
    """An open database. Safe to share between threads: every transaction has a session of its own."""

    def __init__(self, engine: Engine, keys: KeyRing) -> None:
        self.engine = engine
        self.keys = keys
        self._sessions = sessionmaker(engine, expire_on_commit=False)
        self._readers = sessionmaker(engine.execution_options(**{READS: True}), expire_on_commit=False)

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """A transaction that is committed at the end, or undone whole when anything is raised inside."""
        with self._sessions.begin() as session:
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that only looks; what is changed inside is thrown away, what was loaded stays readable after."""
        with self._readers() as session:
            yield session

"""Who does the parts: a thread of the server, or Procrastinate's workers where the database is PostgreSQL."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy.orm import Session

from ydan_service.programs.assessing.crew import Crew
from ydan_service.store.store import Store


class Queue(Protocol):
    """What a queue must do. The table of parts is the truth; a queue only says who does which part when."""

    def announce(self, session: Session, parts: list[tuple[int, int]]) -> None:
        """Take in the parts ``(id, number)`` of a job, in the transaction that queues it."""

    def wake(self) -> None:
        """Something was announced and committed."""

    def start(self) -> None:
        """Begin to do parts, in threads of this process."""

    def stop(self) -> None:
        """End; parts at hand go back unharmed."""


def queue_of(store: Store, crew: Crew, days: int, concurrency: int | None = None) -> Queue:
    """The queue that suits the database; ``days`` are how long answers stay."""
    if store.engine.dialect.name == "postgresql":
        try:
            from ydan_service.programs.bulk.procrastinated import ProcrastinateQueue
        except ImportError:  # the driver without the rest of the extra: works, with one server
            pass
        else:
            return ProcrastinateQueue(store, crew, days, concurrency)
    from ydan_service.programs.bulk.embedded import EmbeddedQueue

    return EmbeddedQueue(store, crew, days, concurrency)

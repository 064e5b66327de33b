"""How many questions a year costs."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from sqlalchemy import event

from tests.service.conftest import APerson
from tests.service.filling import fill
from ydan_service.office.supervision.year import supervise
from ydan_service.store.store import Store

TODAY = date(2026, 11, 20)


def test_the_questions_do_not_grow_with_the_sessions(sqlite_store: Store, a_person: APerson) -> None:
    """A dozen, for four sessions as for forty."""
    person = a_person("leader", everywhere=True)
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    counts = []
    for sessions in (4, 40):
        with sqlite_store.begin() as session:
            if sessions == 40:
                fill(session, Random(1), TODAY, communes=5, sessions=40, opinions=300)
        asked.clear()
        event.listen(sqlite_store.engine, "before_cursor_execute", note)
        with sqlite_store.read() as session:
            supervise(session, person, 2026, TODAY)
        event.remove(sqlite_store.engine, "before_cursor_execute", note)
        counts.append(len([each for each in asked if each.startswith("SELECT")]))
    assert counts[0] == counts[1] <= 12

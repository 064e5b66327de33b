"""Quick enough for somebody who works by keyboard."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import event

from tests.service.office.reading import Office, sixty_lines
from ydan_service.office.review.looking import open_review, poll
from ydan_service.person import Person
from ydan_service.store.tables import now

SLACK = 3
"""Other tests may run beside this one."""


def _best(ask: Callable[[], Any], turns: int = 5) -> float:
    times = []
    for _turn in range(turns):
        begun = time.perf_counter()
        ask()
        times.append(time.perf_counter() - begun)
    return min(times)


def test_a_meeting_of_sixty_opinions(office: Office, lan: Person) -> None:
    meeting = office.read(lan, min(lan.communes), sixty_lines())
    assert len(office.opinions(meeting)) == 60
    keys = iter(list(office.opinions(meeting)))
    asked = 0

    def count(*_args: object) -> None:
        nonlocal asked
        asked += 1

    event.listen(office.store.engine, "before_cursor_execute", count)
    open_review(office.store, lan, meeting, now())
    of_state = asked
    event.remove(office.store.engine, "before_cursor_execute", count)
    state = _best(lambda: open_review(office.store, lan, meeting, now()))
    quiet = _best(lambda: poll(office.store, lan, meeting, 10**6, None, now()))
    since = open_review(office.store, lan, meeting, now())["meeting"]["revision"]

    def decide() -> None:
        fields = {"topic": "health_food"}
        assert office.do(lan, meeting, "decide", since=since, key=next(keys), fields=fields, version=1)["result"]["ok"]

    def split() -> None:
        assert office.do(lan, meeting, "split", since=10**6, key=next(keys), at=[12])["result"]["ok"]

    operation, structure = _best(decide), _best(split)
    undo = _best(lambda: office.do(lan, meeting, "undo", since=10**6))
    print(
        f"\nstate {state * 1000:.0f} ms ({of_state} statements), changes {quiet * 1000:.0f} ms, "
        f"decide {operation * 1000:.0f} ms, split {structure * 1000:.0f} ms, undo {undo * 1000:.0f} ms"
    )
    assert of_state < 60
    assert state < 0.1 * SLACK
    assert quiet < 0.1 * SLACK
    assert operation < 0.05 * SLACK
    assert structure < 0.05 * SLACK * 2

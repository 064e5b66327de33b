"""How long the pages take with a long meeting, and how often they ask the database."""

from __future__ import annotations

import time
from datetime import date

import pytest
from sqlalchemy import event

from tests.service.office.papers.conftest import Desk
from tests.service.office.reading import Office, sixty_lines
from ydan_service.office.papers.checking import look_over
from ydan_service.office.papers.lines import read_conclusion
from ydan_service.office.papers.listing import list_documents
from ydan_service.office.papers.publishing import days_of
from ydan_service.office.papers.suggesting import suggest
from ydan_service.person import Person
from ydan_service.store.tables import Commune

TODAY = date(2026, 3, 20)


def test_the_number_of_questions_does_not_grow_with_the_meeting(
    office: Office, lan: Person, commune: Commune, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """Five opinions or sixty: the same questions."""
    long = Desk(office, office.read(lan, commune.id, sixty_lines(), "dai.txt"))
    counts = []
    for one in (desk, long):
        asked: list[str] = []
        event.listen(office.store.engine, "before_cursor_execute", lambda *a, to=asked: to.append(a[2]))
        began = time.perf_counter()
        with one.opened(lan) as (session, opened):
            conclusion = read_conclusion(session, lan, opened)
            suggest(session, opened, conclusion)
            look_over(opened, TODAY, days_of(session))
            list_documents(session, lan, opened, opened.meeting)
        took = time.perf_counter() - began
        counts.append(len(asked))
        with capsys.disabled():
            print(f"\n{len(conclusion.lines)} lines: {took * 1000:.0f} ms, {len(asked)} statements", end="")
    assert counts[1] <= counts[0] + 1
    assert counts[1] < 40
